import type { Scenario } from '../contract.ts';
import { policy, refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the pasted body is that of a return-response',
    paste: refused('{"reason":"no seat on this boat"}'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><choose><when condition="@(!context.Request.Headers.ContainsKey("x-app"))"><return-response><set-status code="401" reason="Unauthorized" /><set-body>{"reason":"no seat on this boat"}</set-body></return-response></when></choose>',
      ),
    },
    expect: { confirmed: ['policy-returns-401'], headline: 'policy-returns-401' },
  },
  {
    name: 'the pasted message is that of a return-response in a fragment',
    paste: refused('Ask the harbour master first'),
    given: {
      'apis/echo/policies/policy': policy('<base /><include-fragment fragment-id="gate" />'),
      'policyFragments/gate': {
        properties: {
          format: 'rawxml',
          value:
            '<fragment><return-response><set-status code="401" /><set-body>{ "statusCode": 401, "message": "Ask the harbour master first" }</set-body></return-response></fragment>',
        },
      },
    },
    expect: { confirmed: ['policy-returns-401'], headline: 'policy-returns-401' },
  },
  {
    name: 'an empty 401 that a policy without a body can have sent is suspected',
    paste: refused(''),
    given: { 'apis/echo/policies/policy': policy('<base /><return-response><set-status code="401" /></return-response>') },
    expect: { confirmed: [], suspected: ['policy-returns-401'] },
  },
  {
    name: 'the healthy twin: the pasted text is not that of the policy',
    paste: refused('{"reason":"the engine is cold"}'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><choose><when condition="@(!context.Request.Headers.ContainsKey("x-app"))"><return-response><set-status code="401" reason="Unauthorized" /><set-body>{"reason":"no seat on this boat"}</set-body></return-response></when></choose>',
      ),
    },
    expect: { confirmed: [] },
  },
];
