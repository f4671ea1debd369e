import type { Scenario } from '../contract.ts';
import { policy, refused, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the pasted body is that of the on-error section',
    paste: refused('{"fault":"Something went overboard"}'),
    given: {
      'apis/echo/policies/policy': policy('<base />', {
        onError: '<base /><set-status code="401" reason="No" /><set-body>{"fault":"Something went overboard"}</set-body>',
      }),
    },
    expect: { confirmed: ['on-error-rewrites-response'], headline: 'on-error-rewrites-response' },
  },
  {
    name: 'an answer that the on-error section builds at run time is suspected',
    paste: refused('{"fault":"Something went overboard"}'),
    given: { 'apis/echo/policies/policy': policy('<base />', { onError: '<base /><set-body>@(context.LastError.Message)</set-body>' }) },
    expect: { confirmed: [], suspected: ['on-error-rewrites-response'] },
  },
  {
    name: 'the healthy twin: the on-error section leaves the answer alone',
    paste: refused('{"fault":"Something went overboard"}'),
    given: { 'apis/echo/policies/policy': policy('<base />') },
    expect: { confirmed: [] },
  },
  {
    name: "the gateway's own words are not blamed on the on-error section",
    paste: refused('JWT not present.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt(), { onError: '<set-body>{"fault":"Something went overboard"}</set-body>' }) },
    expect: { confirmed: ['token-not-sent'] },
  },
];
