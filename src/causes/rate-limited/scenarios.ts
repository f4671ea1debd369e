import type { Scenario } from '../contract.ts';

const policy = (inner: string) => ({
  'apis/echo/policies/policy': {
    properties: {
      format: 'rawxml',
      value: `<policies><inbound><base />${inner}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
    },
  },
});
const limited =
  'curl -i https://contoso.azure-api.net/echo/resource\nHTTP/1.1 429 Too Many Requests\nRetry-After: 12\n\n{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 12 seconds." }';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a rate-limit policy counted too many calls',
    paste: limited,
    given: policy('<rate-limit calls="5" renewal-period="60" />'),
    expect: { confirmed: ['rate-limited'], headline: 'rate-limited' },
    fix: null,
  },
  {
    name: 'an AI model reached its limit of tokens',
    paste:
      '{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-06-01 have exceeded token rate limit of your current OpenAI S0 pricing tier."}}',
    given: {},
    expect: { confirmed: ['rate-limited'] },
  },
  {
    name: 'a 429 that says nothing',
    paste: 'curl -i https://contoso.azure-api.net/echo/resource\nHTTP/1.1 429 Too Many Requests',
    given: {},
    expect: { confirmed: [], suspected: ['rate-limited'] },
  },
  {
    name: 'the healthy twin: the same call is answered 200',
    paste: 'curl -i https://contoso.azure-api.net/echo/resource\nHTTP/1.1 200 OK\n\n{"items":[]}',
    given: policy('<rate-limit calls="5" renewal-period="60" />'),
    expect: { confirmed: [], headline: null },
  },
];
