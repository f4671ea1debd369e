// 429: a rate-limit policy, an AI model's limit, Azure's own limit for its management API, or the gateway protecting itself
// (field guide, a.2, a.3 and a.4). The text says which; a bare 429 does not.
import { type Cause, confirmed, defineRule, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { runningNamed, statementEvidence, tagOf } from '../policy-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'rate-limited',
  code: 'N02',
  stage: 'policy',
  title: 'Too many calls in a short time',
  best: 'confirmed',
  needs: [],
  wants: ['policies'],
  applies: (symptom) => symptom.status === 429 || signOf(symptom, 'rate-limit', 'ai-throttled', 'arm-throttled') !== null,

  check({ symptom, policies }) {
    const expected = 'fewer calls in the time window';
    const sign = signOf(symptom, 'ai-throttled', 'arm-throttled', 'rate-limit');
    if (sign?.sign === 'ai-throttled')
      return confirmed(
        'The AI model behind the call has reached its limit of calls or tokens per minute; the gateway only passes that on. Wait as long as the answer says, spread the calls, or raise the quota of the deployment.',
        signEvidence(sign, expected),
      );
    if (sign?.sign === 'arm-throttled')
      return confirmed(
        "Azure's management API limits how fast it may be asked. Wait as long as Retry-After says, and ask less often or in fewer calls.",
        signEvidence(sign, expected),
      );
    const limits = policies.status === 'read' ? runningNamed(policies.value, ['rate-limit', 'rate-limit-by-key'], ['inbound']) : [];
    const statements = limits.slice(0, 3).map((step) => statementEvidence(step, tagOf(step.statement), expected));
    if (sign !== null) {
      const seconds = /in (\d{1,7}) seconds?/i.exec(symptom.message ?? sign.text)?.[1];
      const wait = seconds === undefined ? 'Wait as long as Retry-After says' : `Wait ${seconds} seconds`;
      return confirmed(
        `A rate-limit policy of the gateway counted too many calls. ${wait}, spread the calls, or ask the owner of the API for a higher limit; with rate-limit each subscription key is counted by itself.`,
        signEvidence(sign, expected),
        ...statements,
      );
    }
    if (policies.status === 'read' && limits.length === 0 && policies.value.operationKnown && policies.value.unread.length === 0)
      return suspected(
        'A 429 without the words of a policy, and no rate-limit policy runs for this call: the backend limits calls, or the gateway protects itself when it is full. Look at Capacity of the service and at backendResponseCode in the gateway log.',
        complaint(symptom, expected),
      );
    if (symptom.status !== 429) return ruledOut('The paste shows no limit that was reached.', complaint(symptom, '429'));
    return suspected(
      'A 429 says that too many calls came in a short time. A policy, the backend or a full gateway can send it; LastErrorReason in the gateway log tells them apart. Wait as long as Retry-After says.',
      complaint(symptom, expected),
      ...statements,
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
