import type { Scenario } from '../contract.ts';

const policy = (inner: string) => ({
  'apis/echo/policies/policy': {
    properties: {
      format: 'rawxml',
      value: `<policies><inbound><base />${inner}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
    },
  },
});
const filter = '<ip-filter action="allow"><address>192.0.2.10</address></ip-filter>';
const forbidden =
  'curl -i https://contoso.azure-api.net/echo/resource\nHTTP/1.1 403 Forbidden\n\n{ "statusCode": 403, "message": "Forbidden" }';

export const scenarios: readonly Scenario[] = [
  {
    name: 'an ip-filter policy runs for the call that was forbidden',
    paste: forbidden,
    given: policy(filter),
    expect: { confirmed: ['caller-ip-blocked'], headline: 'caller-ip-blocked' },
    fix: null,
  },
  {
    name: 'the gateway log says that the address is not allowed',
    paste:
      'lastError: { "source": "ip-filter", "reason": "CallerIpNotAllowed", "message": "Caller IP address 192.0.2.77 is not allowed." } responseCode: 403',
    given: {},
    expect: { confirmed: ['caller-ip-blocked'] },
  },
  {
    name: 'an ip-filter policy runs only under a condition',
    paste: forbidden,
    given: policy(`<choose><when condition="@(context.Request.Method == &quot;GET&quot;)">${filter}</when></choose>`),
    expect: { confirmed: [], suspected: ['caller-ip-blocked'] },
  },
  {
    name: 'only the word Forbidden is shown',
    paste: '"statusCode": 403,\n"message": "Forbidden"',
    given: {},
    expect: { confirmed: [], suspected: ['caller-ip-blocked'] },
  },
  {
    name: 'the healthy twin: no policy of the forbidden call filters addresses',
    paste: forbidden,
    given: policy(''),
    expect: { confirmed: [], headline: null },
  },
];
