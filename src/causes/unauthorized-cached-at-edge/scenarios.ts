import type { Scenario } from '../contract.ts';
import { answered, calledWith } from '../sample-pastes.ts';

const withHeaders = (paste: string, ...headers: readonly string[]): string =>
  paste.replace(/(< )?Date:/, (date, mark = '') => [...headers.map((one) => `${mark}${one}`), date].join('\n'));

export const scenarios: readonly Scenario[] = [
  {
    name: 'a cache answers with a 401 that it kept',
    paste: withHeaders(answered('invalid'), 'Age: 412', 'X-Cache: TCP_HIT'),
    given: {},
    expect: { confirmed: [], suspected: ['unauthorized-cached-at-edge'], headline: 'unauthorized-cached-at-edge' },
    fix: null,
  },
  {
    name: 'the key is right by now, and the answer came through a content network',
    paste: withHeaders(calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'), 'x-azure-ref: 20261120T090000Z-abc'),
    given: {},
    expect: { confirmed: [], suspected: ['unauthorized-cached-at-edge'] },
  },
  {
    name: 'the cache passed the call on, so a suspended subscription is not blamed on it',
    paste: withHeaders(calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'), 'X-Cache: CONFIG_NOCACHE'),
    given: { 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: the same answer without a cache on the way',
    paste: answered('invalid', '/echo', 'Ocp-Apim-Subscription-Key', 'Fri, 20 Nov 2026 08:59:00 GMT'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
