import type { Scenario } from '../contract.ts';
import { emptyRefusal, inbound } from '../sample-backend.ts';

const basic = '<authentication-basic username="gateway" password="made-up-value" />';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the credential is in the policy of a product, and the key is for all APIs',
    paste: emptyRefusal.replace('{key:mobile-app}', '{key:all-apis}'),
    given: { 'products/starter/policies/policy': inbound(basic) },
    expect: {
      confirmed: ['backend-credential-in-one-scope', 'product-policy-needs-product-key'],
      headline: 'product-policy-needs-product-key',
    },
    fix: null,
  },
  {
    name: 'the credential is in the policy of another operation',
    paste: emptyRefusal,
    given: { 'apis/echo/operations/create/policies/policy': inbound(basic) },
    expect: { confirmed: ['backend-credential-in-one-scope'] },
  },
  {
    name: "the healthy twin: the same policy, and the key is the product's own",
    paste: emptyRefusal,
    given: { 'products/starter/policies/policy': inbound(basic) },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a backend that no policy signs in at, in no scope',
    paste: emptyRefusal,
    given: { 'products/starter/policies/policy': inbound('<rate-limit calls="10" renewal-period="60" />') },
    expect: { confirmed: [], headline: null },
  },
];
