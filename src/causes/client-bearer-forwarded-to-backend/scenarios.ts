import type { Scenario } from '../contract.ts';
import { aiTokenRefused, echoAtOpenAi, echoPolicy, throughGateway } from '../sample-backend.ts';

const check =
  '<validate-jwt header-name="Authorization"><openid-config url="https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration" /><audiences><audience>api://orders</audience></audiences></validate-jwt>';
const removal = '<set-header name="Authorization" exists-action="delete" />';
const bearer = ['Authorization: Bearer made-up-token'];
const twoSchemes = throughGateway(
  [
    '{"error":{"code":"AuthenticationFailed","message":"Only one scheme should be used for authentication."}}',
    'Content-Type: application/json',
  ],
  bearer,
);

export const scenarios: readonly Scenario[] = [
  {
    name: 'the backend found two credentials and says so',
    paste: twoSchemes,
    given: { ...echoPolicy('<set-query-parameter name="sig" exists-action="override"><value>{{sas}}</value></set-query-parameter>') },
    expect: { confirmed: ['client-bearer-forwarded-to-backend'], headline: 'client-bearer-forwarded-to-backend' },
    fix: null,
  },
  {
    name: 'a token that the gateway checks arrives at Azure AI',
    paste: aiTokenRefused,
    given: { ...echoAtOpenAi, ...echoPolicy(check) },
    expect: { confirmed: ['client-bearer-forwarded-to-backend'] },
  },
  {
    name: 'a token beside a key of the gateway, and the backend says nothing',
    paste: throughGateway(['', 'Content-Length: 0'], bearer),
    given: echoPolicy('<set-header name="x-backend-key" exists-action="override"><value>{{backend-key}}</value></set-header>'),
    expect: { confirmed: [], suspected: ['client-bearer-forwarded-to-backend'] },
  },
  {
    name: 'the healthy twin: the policy takes the token away after checking it',
    paste: aiTokenRefused,
    given: { ...echoAtOpenAi, ...echoPolicy(check, removal) },
    expect: { confirmed: [], headline: null },
  },
  {
    name: "a backend that takes the caller's own token and has no other sign-in",
    paste: throughGateway(['{"error":"account is locked"}', 'Server: Kestrel'], bearer),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
