import type { Scenario } from '../contract.ts';
import { audience, logged, policy, refused, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the audience in the other spelling',
    paste: refusedToken('Invalid JWT.', { aud: `api://${audience}` }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    fix: [`apis/echo/policies/policy properties.value: + <audience>api://${audience}</audience>`],
    expect: { confirmed: ['token-audience-mismatch'], headline: 'token-audience-mismatch' },
  },
  {
    name: 'an audience that has nothing to do with the API',
    paste: refusedToken('Invalid JWT.', { aud: 'api://somebody-else' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    fix: null,
    expect: { confirmed: ['token-audience-mismatch'], headline: 'token-audience-mismatch' },
  },
  {
    name: 'the log names the audience, and the token is not shown',
    paste: logged('TokenAudienceNotAllowed'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['token-audience-mismatch'], headline: 'token-audience-mismatch' },
  },
  {
    name: 'an audience that only some calls are checked for is suspected, with the condition',
    paste: refusedToken('Invalid JWT.', { aud: 'api://somebody-else' }),
    given: {
      'apis/echo/policies/policy': policy(
        `<base /><choose><when condition="@(context.Request.Headers.ContainsKey("x-partner"))">${validateJwt().replace('<base />', '')}</when></choose>`,
      ),
    },
    expect: { confirmed: [], suspected: ['token-audience-mismatch'], headline: 'token-audience-mismatch' },
  },
  {
    name: 'the audience of a named value is filled in before it is compared',
    paste: refusedToken('Invalid JWT.'),
    given: {
      'apis/echo/policies/policy': policy(validateJwt('<audiences><audience>{{api-audience}}</audience></audiences>')),
      'namedValues/nv1': { properties: { displayName: 'api-audience', value: 'api://orders', secret: false } },
    },
    expect: { confirmed: ['token-audience-mismatch'] },
  },
  {
    name: 'the healthy twin: one of two audiences is the right one',
    paste: refusedToken('Invalid JWT.', { aud: ['api://other', audience] }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
  {
    name: 'an audience that is a secret is not judged',
    paste: refusedToken('Invalid JWT.'),
    given: {
      'apis/echo/policies/policy': policy(validateJwt('<audiences><audience>{{hidden-audience}}</audience></audiences>')),
      'namedValues/nv1': { properties: { displayName: 'hidden-audience', value: 'api://orders', secret: true } },
    },
    expect: { confirmed: [], unknown: ['token-audience-mismatch'] },
  },
  {
    name: 'a bare Invalid JWT without a token makes each check of the statement suspected',
    paste: refused('Invalid JWT.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: {
      confirmed: [],
      suspected: ['token-audience-mismatch', 'token-expired-or-clock-skew', 'token-issuer-mismatch'],
    },
  },
  {
    name: 'the policies may not be read, so no audience is compared',
    paste: refusedToken('Invalid JWT.', { aud: 'api://somebody-else' }),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    denied: [
      'Microsoft.ApiManagement/service/apis/policies/read',
      'Microsoft.ApiManagement/service/policies/read',
      'Microsoft.ApiManagement/service/products/policies/read',
      'Microsoft.ApiManagement/service/apis/operations/policies/read',
    ],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['token-audience-mismatch'], headline: 'arm-permission-missing' },
  },
];
