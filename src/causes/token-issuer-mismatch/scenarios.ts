import type { Scenario } from '../contract.ts';
import { audience, logged, policy, refusedToken, tenant, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a token of version 1 where the policy takes version 2',
    paste: refusedToken('Invalid JWT.', { iss: `https://sts.windows.net/${tenant}/`, ver: '1.0' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-issuer-mismatch'], headline: 'token-issuer-mismatch' },
  },
  {
    name: 'a token of another tenant where the policy names one',
    paste: refusedToken('Invalid Azure AD JWT', { tid: '55555555-5555-4555-8555-555555555555' }),
    given: {
      'apis/echo/policies/policy': policy(
        `<base /><validate-azure-ad-token tenant-id="${tenant}"><audiences><audience>${audience}</audience></audiences></validate-azure-ad-token>`,
      ),
    },
    expect: { confirmed: ['token-issuer-mismatch'], headline: 'token-issuer-mismatch' },
  },
  {
    name: 'the log names the issuer',
    paste: logged('TokenIssuerNotAllowed'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['token-issuer-mismatch'] },
  },
  {
    name: 'the healthy twin: both issuers of the tenant are listed',
    paste: refusedToken('Invalid JWT.', { iss: `https://sts.windows.net/${tenant}/`, ver: '1.0' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt(`<issuers><issuer>https://sts.windows.net/${tenant}/</issuer></issuers>`)) },
    expect: { confirmed: [] },
  },
  {
    name: 'a tenant named by its domain is not compared with an id',
    paste: refusedToken('Invalid JWT.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt().replace(`/${tenant}/`, '/contoso.onmicrosoft.com/')) },
    expect: { confirmed: [], unknown: ['token-issuer-mismatch'] },
  },
];
