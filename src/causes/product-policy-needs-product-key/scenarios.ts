import type { Scenario } from '../contract.ts';
import { policy, refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of all APIs passes by the policy of the product',
    paste: refused('', ['Ocp-Apim-Subscription-Key: {key:all-apis}']),
    given: { 'products/starter/policies/policy': policy('<base /><authentication-basic username="a" password="{{backend-password}}" />') },
    expect: {
      confirmed: ['backend-credential-in-one-scope', 'product-policy-needs-product-key'],
      headline: 'product-policy-needs-product-key',
    },
  },
  {
    name: 'the healthy twin: the key of the product itself',
    paste: refused('', ['Ocp-Apim-Subscription-Key: {key:mobile-app}']),
    given: { 'products/starter/policies/policy': policy('<base /><authentication-basic username="a" password="{{backend-password}}" />') },
    expect: { confirmed: [] },
  },
  {
    name: 'the policy of the API brings the credential as well',
    paste: refused('', ['Ocp-Apim-Subscription-Key: {key:all-apis}']),
    given: {
      'products/starter/policies/policy': policy('<base /><authentication-basic username="a" password="{{backend-password}}" />'),
      'apis/echo/policies/policy': policy('<base /><authentication-basic username="a" password="{{backend-password}}" />'),
    },
    expect: { confirmed: [] },
  },
];
