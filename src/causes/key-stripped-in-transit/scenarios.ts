import type { Scenario } from '../contract.ts';
import { calledMissing } from '../sample-pastes.ts';

const throughFrontDoor = (headers: readonly string[]): string =>
  calledMissing(headers)
    .replace('Host: contoso.azure-api.net', 'Host: shop.contoso.example')
    .replace('< Date:', '< x-azure-ref: 20261120T090000Z-abc\n< Date:');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a front door answers under its own host, and the key that was sent is missing at the gateway',
    paste: throughFrontDoor(['Ocp-Apim-Subscription-Key: {key:mobile-app}']),
    given: {},
    expect: { confirmed: [], suspected: ['key-stripped-in-transit'], headline: 'key-stripped-in-transit' },
    fix: null,
  },
  {
    name: 'a redirect comes before the answer that misses the key',
    paste: `${calledMissing(['Ocp-Apim-Subscription-Key: {key:mobile-app}']).split('< HTTP/1.1')[0]}< HTTP/1.1 307 Temporary Redirect\n< Location: https://contoso.azure-api.net/echo/resource\n<\n${calledMissing(['Accept-Language: en'])}`,
    given: {},
    expect: { confirmed: ['key-not-sent'], suspected: ['key-stripped-in-transit'] },
  },
  {
    name: 'the front door is not blamed for a key that the caller never sent',
    paste: throughFrontDoor([]),
    given: {},
    expect: { confirmed: ['key-not-sent'] },
  },
  {
    name: 'the healthy twin: the same call straight to the gateway',
    paste: calledMissing(['Ocp-Apim-Subscription-Key: {key:mobile-app}', 'Accept-Language: de']),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
