import type { Scenario } from '../contract.ts';
import { logged, policy, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'none of the roles that the policy asks for',
    paste: refusedToken('Invalid JWT.'),
    given: {
      'apis/echo/policies/policy': policy(
        validateJwt('<required-claims><claim name="roles" match="any"><value>Writer</value><value>Admin</value></claim></required-claims>'),
      ),
    },
    expect: { confirmed: ['required-claim-missing'], headline: 'required-claim-missing' },
  },
  {
    name: 'a claim that the token does not have at all',
    paste: refusedToken('Invalid JWT.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt('<required-claims><claim name="department" /></required-claims>')) },
    expect: { confirmed: ['required-claim-missing'] },
  },
  {
    name: 'the log misses a claim',
    paste: logged('TokenClaimNotFound'),
    given: {
      'apis/echo/policies/policy': policy(
        validateJwt('<required-claims><claim name="roles" match="any"><value>Writer</value><value>Admin</value></claim></required-claims>'),
      ),
    },
    expect: { confirmed: [], suspected: ['required-claim-missing'] },
  },
  {
    name: 'a scp that the policy splits at its blanks holds both scopes',
    paste: refusedToken('Invalid JWT.', { scp: 'orders.read profile orders.write' }),
    given: {
      'apis/echo/policies/policy': policy(
        validateJwt(
          '<required-claims><claim name="scp" match="all" separator=" "><value>orders.read</value><value>orders.write</value></claim></required-claims>',
        ),
      ),
    },
    expect: { confirmed: [] },
  },
  {
    name: 'the healthy twin: one of the roles is enough',
    paste: refusedToken('Invalid JWT.', { roles: ['Admin'] }),
    given: {
      'apis/echo/policies/policy': policy(
        validateJwt('<required-claims><claim name="roles" match="any"><value>Writer</value><value>Admin</value></claim></required-claims>'),
      ),
    },
    expect: { confirmed: [] },
  },
  {
    name: 'a claim whose value is not kept of the token is not judged',
    paste: refusedToken('Invalid JWT.', { department: 'sales' }),
    given: {
      'apis/echo/policies/policy': policy(
        validateJwt('<required-claims><claim name="department"><value>it</value></claim></required-claims>'),
      ),
    },
    expect: { confirmed: [], unknown: ['required-claim-missing'] },
  },
];
