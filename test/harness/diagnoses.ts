// Diagnoses and plans for tests of cards and conversation, made like the real ones. No key in here is anybody's.

import type { Evidence } from '../../src/causes/contract.ts';
import type { AnswerKind, CauseVerdict, Diagnosis, Offer } from '../../src/diagnosis/diagnosis.ts';
import { emptyRecord } from '../../src/remediation/empty-record.ts';
import type { Person, PlanRecord } from '../../src/remediation/plan-record.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';
import type { Symptom } from '../../src/symptom/symptom.ts';

export const service =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';

export const invalidKey = [
  'GET https://contoso.azure-api.net/orders/open HTTP/1.1',
  'Host: contoso.azure-api.net',
  '',
  'HTTP/1.1 401 Access Denied',
  'WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net/orders",name="Ocp-Apim-Subscription-Key",type="header"',
  '',
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }',
].join('\n');

export const alex: Person = { id: 'alex', name: 'Alex', tenant: 'contoso' };
export const megan: Person = { id: 'megan', name: 'Megan', tenant: 'contoso' };

export function symptomOf(paste: string): Symptom {
  return parsePaste(paste, (text) => `#${text.length}`).symptom;
}

export const activate: Offer = {
  cause: 'subscription-suspended',
  label: 'Activate the subscription',
  consequence:
    'Everyone who holds a key of Mobile app can call again. Somebody suspended it on purpose: ask them first. It was suspended with the comment: "Unpaid since October".',
  permission: 'Microsoft.ApiManagement/service/subscriptions/write',
  undo: 'Suspends the subscription again.',
  secondPerson: true,
  changes: [{ on: `${service}/subscriptions/mobile-app`, field: 'properties.state', before: 'suspended', after: 'active' }],
};

export function verdict(over: Partial<CauseVerdict> & Pick<CauseVerdict, 'cause' | 'outcome'>): CauseVerdict {
  const evidence: readonly Evidence[] =
    over.outcome === 'not-applicable'
      ? []
      : [{ at: `${service}/apis/orders#/properties/subscriptionRequired`, observed: 'true', expected: 'true' }];
  return {
    code: 'K00',
    title: `Something about ${over.cause}`,
    stage: 'key',
    says: 'It is as it should be.',
    evidence,
    fix: null,
    otherFixes: [],
    copy: null,
    ...over,
  };
}

export const suspended: CauseVerdict = verdict({
  cause: 'subscription-suspended',
  outcome: 'confirmed',
  title: 'The subscription is suspended',
  says: 'The key belongs to Mobile app, which is suspended, so every call with it gets a 401. The comment on it: "Unpaid since October".',
  evidence: [{ at: `${service}/subscriptions/mobile-app#/properties/state`, observed: 'suspended', expected: 'active' }],
  fix: activate,
});

const otherVerdicts: readonly CauseVerdict[] = [
  verdict({
    cause: 'hard-coded-key-in-operation-header',
    outcome: 'unknown',
    title: 'The operation has a key written into its definition',
    says: 'I may not read the operations.',
  }),
  verdict({
    cause: 'key-not-propagated',
    outcome: 'suspected',
    title: 'The gateway does not know the key yet',
    says: 'The subscription was made 4 minutes before the call; the gateway can need ten.',
  }),
  ...[
    'api-not-in-product',
    'key-for-another-product',
    'subscription-scope-malformed',
    'not-a-subscription-key',
    'key-parameter-renamed',
    'key-not-sent',
  ].map((cause) => verdict({ cause, outcome: 'ruled-out' })),
];

export function diagnosisWith(over: Partial<Diagnosis> = {}): Diagnosis {
  return {
    symptom: symptomOf(invalidKey),
    service,
    answer: { kind: 'cause', says: suspended.says, next: ['Press "Activate the subscription" to see exactly what would change.'] },
    headline: 'subscription-suspended',
    verdicts: [suspended, ...otherVerdicts],
    rotation: null,
    scanned: { subscriptions: 12, of: 12 },
    partial: false,
    arm: { reads: 7, writes: 0, listSecrets: 12, throttled: 0 },
    ms: 412,
    ...over,
  };
}

/** A diagnosis without a cause, of any other kind. */
export function answerWith(
  kind: AnswerKind,
  says: string,
  next: readonly string[] = ['Paste the whole response with its headers.'],
): Diagnosis {
  return diagnosisWith({
    answer: { kind, says, next },
    headline: null,
    verdicts: otherVerdicts.filter(({ outcome }) => outcome !== 'suspected'),
  });
}

export function planWith(over: Partial<PlanRecord> = {}): PlanRecord {
  const { changes, ...offer } = activate;
  return {
    ...emptyRecord,
    ...offer,
    id: 'plan-1',
    digest: 'd1g357',
    state: 'offered',
    symptom: symptomOf(invalidKey),
    service,
    shown: changes,
    askedBy: alex,
    conversation: 'room-1',
    createdAt: '2026-11-20T09:00:00.000Z',
    expiresAt: '2026-11-20T09:15:00.000Z',
    ...over,
  };
}

export const appliedPlan: PlanRecord = planWith({
  state: 'applied',
  confirmedBy: megan,
  appliedAt: '2026-11-20T09:02:00.000Z',
  undoUntil: '2026-11-21T09:02:00.000Z',
  verified: 'ruled-out',
  says: 'Megan applied it. Asked again: The subscription Mobile app is not suspended; its state is active.',
});
