// Each card that the bot can send, by a name of its own, with believable data.
import { diagnosisCard } from '../../src/cards/diagnosis-card.ts';
import { pressCard, strangeButtonCard } from '../../src/cards/press-card.ts';
import { previewCard } from '../../src/cards/preview-card.ts';
import { errorCard, forgottenCard, guideCard, helpCard, nothingWaitsCard, welcomeCard, workingCard } from '../../src/cards/talk-cards.ts';
import { waitingCard } from '../../src/cards/waiting-card.ts';
import type { Card } from '../../src/conversation/ports.ts';
import type { Impact } from '../../src/remediation/impact.ts';
import type { PressResult } from '../../src/remediation/plan-record.ts';
import {
  activate,
  alex,
  answerWith,
  appliedPlan,
  diagnosisWith,
  megan,
  planWith,
  service,
  suspended,
  symptomOf,
  verdict,
} from './diagnoses.ts';

const ask = 'ask-1';
const fixes = [{ cause: activate.cause, label: activate.label, plan: 'plan-1' }];
const key = '0123456789abcdef0123456789abcdef';

const whole: Impact = {
  affects: ['Whoever holds a key of the subscription Mobile app can call 2 APIs (Echo and Orders) of the product Starter.'],
  wider: 'The keys of the subscription Mobile app work from then on; in the state "suspended" they open nothing.',
  noWayBack: null,
  asCode: null,
};

const policy = `<policies>
  <inbound>
    <base />
    <validate-jwt header-name="Authorization" failed-validation-httpcode="401">
      <openid-config url="https://login.microsoftonline.com/00000000-0000-4000-8000-000000000002/v2.0/.well-known/openid-configuration" />
      <audiences>
        <audience>api://5f1c1f6e-0000-4000-8000-000000000001</audience>
      </audiences>
    </validate-jwt>
  </inbound>
</policies>`;
const policyWithAudience = policy.replace('</audience>', '</audience>\n        <audience>5f1c1f6e-0000-4000-8000-000000000001</audience>');

function press(result: PressResult): Card {
  return pressCard({ result, ask, next: null });
}

export const cardsOfEveryMoment: Readonly<Record<string, Card>> = {
  working: workingCard(),
  help: helpCard(),
  welcome: welcomeCard(),
  'nothing-waits': nothingWaitsCard(false),
  'nothing-waits-in-a-post': nothingWaitsCard(true),
  'waits-with-others': waitingCard(
    planWith({ state: 'waiting', secondPerson: true, requestedBy: alex, approvalUntil: '2026-11-20T10:02:00.000Z' }),
    { at: 1, of: 3 },
  ),
  verdict: diagnosisCard({ diagnosis: diagnosisWith(), fixes, ask }),
  'verdict-with-a-whole-key': diagnosisCard({
    diagnosis: diagnosisWith({
      symptom: symptomOf(`curl -H "Ocp-Apim-Subscription-Key: ${key}" https://contoso.azure-api.net/orders\n401`),
    }),
    fixes,
    ask,
  }),
  'verdict-suspected': diagnosisCard({
    diagnosis: diagnosisWith({
      headline: 'key-not-propagated',
      verdicts: [
        verdict({
          cause: 'key-not-propagated',
          outcome: 'suspected',
          title: 'The gateway does not know the key yet',
          says: 'Everything about Partner portal is right, and it was made 4 minutes before the call. The gateway can need ten minutes to learn a new key.',
          evidence: [
            {
              at: `${service}/subscriptions/partner#/properties/createdDate`,
              observed: '2026-11-20T08:56:00Z',
              expected: 'ten minutes before the call',
            },
          ],
        }),
        ...diagnosisWith().verdicts.filter(({ outcome }) => outcome === 'ruled-out'),
      ],
      answer: { kind: 'cause', says: '', next: ['Press "Re-save the subscription" to see exactly what would change.'] },
    }),
    fixes: [{ cause: 'key-not-propagated', label: 'Re-save the subscription', plan: 'plan-2' }],
    ask,
  }),
  'verdict-without-a-button': diagnosisCard({
    diagnosis: diagnosisWith({
      headline: 'key-not-sent',
      partial: true,
      verdicts: [
        {
          ...suspended,
          cause: 'key-not-sent',
          title: 'No key was sent',
          says: 'The API wants a key in the header Ocp-Apim-Subscription-Key, and the request has none.',
          fix: null,
          evidence: [{ at: 'paste#/line/3', observed: 'GET /orders/open', expected: 'Ocp-Apim-Subscription-Key: …' }],
        },
      ],
      answer: {
        kind: 'cause',
        says: '',
        next: ['Send the key of your subscription in the header Ocp-Apim-Subscription-Key, then call again.'],
      },
    }),
    fixes: [],
    ask,
  }),
  'no-cause': diagnosisCard({
    diagnosis: answerWith('no-cause', 'I found no cause: what I could read is in order.', [
      'Give the first characters of the key that was sent, at least four: "the key starts with 4f2a".',
      'If the key or its scope was changed in the last minutes, wait ten minutes and call again.',
    ]),
    fixes: [],
    ask,
  }),
  'ambiguous-key': diagnosisCard({
    diagnosis: answerWith(
      'ambiguous-key',
      '3 subscriptions have a key that starts with 4f2a…: Mobile app, Partner portal, Nightly export. Which one was used decides the answer.',
      ['Give more of the first characters of the key.'],
    ),
    fixes: [],
    ask,
  }),
  'not-from-api-management': diagnosisCard({
    diagnosis: answerWith(
      'not-from-api-management',
      'This 401 comes from an Azure AI service (westeurope.api.cognitive.microsoft.com), not from your API Management. Its keys are those of the AI account, and each works only with the endpoint of its own region and kind.',
      [
        'Compare the key and the endpoint with "Keys and Endpoint" of the AI account.',
        'If the call went through your gateway, look at the key that a policy or backend sends on.',
      ],
    ),
    fixes: [],
    ask,
  }),
  policy: diagnosisCard({
    diagnosis: answerWith(
      'policy',
      'The gateway (contoso.azure-api.net) sent this by a policy, not by its key check: a token, certificate or header was looked at and refused.',
      [
        'Look at the policies of the API, its product and the service for the statement with this message.',
        'The gateway log has the reason under LastErrorReason.',
      ],
    ),
    fixes: [],
    ask,
  }),
  'unknown-service': diagnosisCard({
    diagnosis: {
      ...answerWith(
        'unknown-service',
        'The host fabrikam.azure-api.net belongs to none of the configured services. So its configuration could not be looked at.',
        ['Check the host for a typing error.', 'Ask whoever runs this bot to add the service to its configuration.'],
      ),
      service: null,
      verdicts: [],
      arm: { reads: 0, writes: 0, listSecrets: 0, throttled: 0 },
    },
    fixes: [],
    ask,
  }),
  'not-a-401': diagnosisCard({ diagnosis: answerWith('not-a-401', 'This is a 404, not a 401.'), fixes: [], ask }),
  guide: guideCard({ says: 'I see no 401 in this text, so there is nothing to look up yet.' }),
  forgotten: forgottenCard(),
  preview: previewCard(planWith({ state: 'prepared', digest: 'd1', impact: whole })),
  'preview-waiting': previewCard(
    planWith({ state: 'waiting', digest: 'd1', impact: whole, requestedBy: alex, approvalUntil: '2026-11-20T10:00:00.000Z' }),
  ),
  'preview-undo': previewCard(
    planWith({
      kind: 'undo',
      state: 'prepared',
      label: 'Undo: Activate the subscription',
      consequence: 'Suspends the subscription again.',
      undo: null,
      secondPerson: false,
      shown: activate.changes.map((change) => ({ ...change, before: change.after, after: change.before })),
      impact: {
        ...whole,
        affects: [
          'Whoever holds a key of the subscription Mobile app gets a 401 from then on. Until now these keys open 2 APIs (Echo and Orders) of the product Starter.',
        ],
        wider: null,
      },
    }),
  ),
  'preview-policy': previewCard(
    planWith({
      state: 'prepared',
      label: 'Accept this audience',
      permission: 'Microsoft.ApiManagement/service/apis/policies/write',
      consequence:
        'Tokens made for "5f1c1f6e-0000-4000-8000-000000000001" are accepted as well by the policy of API orders, line 4. That is the other spelling of an audience that it accepts already, so no other application gets in.',
      undo: 'Takes the audience out again.',
      shown: [{ on: `${service}/apis/orders/policies/policy`, field: 'properties.value', before: policy, after: policyWithAudience }],
      impact: {
        affects: [
          'Every call of 12 operations (List orders, Get an order, Create an order and 9 more) of the API Orders goes through this document, except where a document below it leaves out <base />.',
        ],
        wider: 'Tokens made for 5f1c1f6e-0000-4000-8000-000000000001 are accepted from then on.',
        noWayBack: null,
        asCode: null,
      },
    }),
  ),
  'preview-as-code': previewCard(
    planWith({
      state: 'prepared',
      digest: 'd1',
      impact: {
        ...whole,
        asCode: {
          says: 'contoso seems to be managed as code: it has the tag managed-by: terraform. The next publish takes this change back, unless the same is committed there.',
          patch: [
            'Microsoft.ApiManagement/service/subscriptions contoso/mobile-app',
            'APIOps: subscriptions/mobile-app/subscriptionInformation.json',
            '- "state": "suspended"',
            '+ "state": "active"',
          ].join('\n'),
        },
      },
    }),
  ),
  'preview-add-api': previewCard(
    planWith({
      state: 'prepared',
      label: 'Add the API to the product',
      secondPerson: false,
      permission: 'Microsoft.ApiManagement/service/products/apis/write',
      consequence: 'All 14 subscriptions of the product Starter can call the Orders API.',
      undo: 'Takes the API out of the product again.',
      shown: [{ on: `${service}/products/starter/apis/orders`, field: '', before: null, after: {} }],
    }),
  ),
  'preview-re-save': previewCard(
    planWith({
      state: 'prepared',
      label: 'Re-save the subscription',
      secondPerson: false,
      consequence: 'Nothing about Mobile app changes; saving it makes the gateway load it again. There is nothing to undo.',
      undo: null,
      impact: {
        affects: ['Nobody: what is saved is what is there already, and it only makes the gateway load it again.'],
        wider: null,
        noWayBack: 'Saving again changes no value, so there is nothing to take back.',
        asCode: null,
      },
      shown: [{ on: `${service}/subscriptions/mobile-app`, field: 'properties.displayName', before: 'Mobile app', after: 'Mobile app' }],
    }),
  ),
  'preview-header': previewCard(
    planWith({
      state: 'prepared',
      label: 'Remove the header from the operation',
      secondPerson: false,
      permission: 'Microsoft.ApiManagement/service/apis/operations/write',
      consequence:
        'Consoles no longer send the fixed value for Ocp-Apim-Subscription-Key with this operation; they fill in the key of the person who tests. All other parameters stay as they are.',
      undo: 'Puts the header with its value back.',
      shown: [
        {
          on: `${service}/apis/orders/operations/list-open`,
          field: 'properties.request',
          before: {
            description: 'Open orders',
            headers: [
              { name: 'Ocp-Apim-Subscription-Key', type: 'string', defaultValue: '4f2a…' },
              { name: 'Accept', type: 'string' },
            ],
          },
          after: { description: 'Open orders', headers: [{ name: 'Accept', type: 'string' }] },
        },
      ],
    }),
  ),
  applied: press({ kind: 'applied', plan: appliedPlan, says: appliedPlan.says }),
  'applied-pending': press({
    kind: 'applied',
    plan: { ...appliedPlan, verified: 'pending' },
    says: 'Megan applied it. Azure does not publish whether the gateway has it already. Make the call again in a moment to be sure.',
  }),
  'already-applied': press({
    kind: 'already',
    plan: appliedPlan,
    says: `It was applied before. This press changed nothing. ${appliedPlan.says}`,
  }),
  'already-applying': press({
    kind: 'already',
    plan: planWith({ state: 'applying', confirmedBy: megan }),
    says: 'It is being applied at this moment. This press changed nothing.',
  }),
  undone: press({
    kind: 'undone',
    plan: { ...appliedPlan, state: 'undone', undoneBy: megan, undoneAt: '2026-11-20T09:05:00.000Z' },
    says: 'Megan undid it. Everything is as it was before.',
  }),
  cancelled: press({ kind: 'cancelled', plan: planWith({ state: 'cancelled' }), says: 'Alex cancelled it. Nothing was changed.' }),
  expired: press({
    kind: 'expired',
    plan: planWith({ state: 'refused' }),
    says: 'This offer has expired. Nothing was changed; look again to get a fresh one.',
  }),
  stale: press({
    kind: 'stale',
    plan: planWith({ state: 'refused' }),
    says: 'Somebody changed the resource since this plan was shown, so nothing was changed. Look again.',
  }),
  'not-allowed': press({ kind: 'not-allowed', plan: planWith({ state: 'prepared' }), says: 'You may look here, but not change anything.' }),
  failed: press({
    kind: 'failed',
    plan: planWith({ state: 'offered' }),
    says: 'The plan could not be made: Azure did not answer in time. Nothing was changed.',
  }),
  'unknown-button': strangeButtonCard(),
  error: errorCard(ask),
};
