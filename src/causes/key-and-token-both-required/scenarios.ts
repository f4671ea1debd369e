import type { Scenario } from '../contract.ts';
import { policy, refused, token, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the key alone where a token is asked for too',
    paste: refused('JWT not present.', ['Ocp-Apim-Subscription-Key: {key:mobile-app}']),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['key-and-token-both-required', 'token-not-sent'] },
  },
  {
    name: 'the token alone where a key is asked for too',
    paste: refused('Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.', [
      `Authorization: Bearer ${token()}`,
    ]),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['key-and-token-both-required', 'key-not-sent'] },
  },
  {
    name: 'the healthy twin: the API asks for no key',
    paste: refused('JWT not present.', ['Ocp-Apim-Subscription-Key: {key:mobile-app}']),
    given: { 'apis/echo/policies/policy': policy(validateJwt()), 'apis/echo': { properties: { subscriptionRequired: false } } },
    expect: { confirmed: ['token-not-sent'] },
  },
];
