import type { Scenario } from '../contract.ts';
import { answered, calledMissing } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a WebSocket is opened from a page',
    paste: `const live = new WebSocket("wss://contoso.azure-api.net/echo/resource")\n${answered('missing')}`,
    given: {},
    expect: { confirmed: [], suspected: ['browser-navigation-without-key', 'key-not-sent'] },
    fix: null,
  },
  {
    name: 'a browser opens the address by itself',
    paste: calledMissing(['Upgrade-Insecure-Requests: 1', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']),
    given: {},
    expect: { confirmed: ['key-not-sent'], suspected: ['browser-navigation-without-key'] },
  },
  {
    name: 'the address was opened in a browser with the key as its query parameter',
    paste: calledMissing(['Upgrade-Insecure-Requests: 1'], '/echo/resource?subscription-key={key:mobile-app}'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the healthy twin: a program makes the call without a key',
    paste: calledMissing(['User-Agent: curl/8.5.0']),
    given: {},
    expect: { confirmed: ['key-not-sent'] },
  },
];
