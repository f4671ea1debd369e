import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const archive = {
  'apis/archive': { properties: { displayName: 'Echo archive', path: 'echo/archive', protocols: ['https'], subscriptionRequired: true } },
  'apis/archive/operations/years': { properties: { displayName: 'Years', method: 'GET', urlTemplate: '/years' } },
  'apis/echo/operations/archive': { properties: { displayName: 'Archived ones', method: 'GET', urlTemplate: '/archive/{id}' } },
  'products/partner/apis/archive': {},
};
const inRealm = (base: string, paste: string): string =>
  paste.replace(/realm="https:\/\/contoso\.azure-api\.net\/echo"/, `realm="https://contoso.azure-api.net/${base}"`);
const notFound = (path: string): string =>
  [
    `> GET ${path} HTTP/1.1`,
    '> Host: contoso.azure-api.net',
    '>',
    '< HTTP/1.1 404 Resource Not Found',
    '<',
    '{ "statusCode": 404, "message": "Resource not found" }',
  ].join('\n');

export const scenarios: readonly Scenario[] = [
  {
    name: 'the longer path takes a call that was meant for an operation of the shorter one',
    paste: notFound('/echo/archive/17'),
    given: archive,
    expect: { confirmed: ['api-path-overlap', 'operation-not-found'] },
    fix: null,
  },
  {
    name: 'the key covers the API with the shorter path, and the longer one took the call',
    paste: inRealm('echo/archive', calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/echo/archive/years')),
    given: archive,
    expect: { confirmed: ['api-path-overlap', 'key-for-another-product'], headline: 'key-for-another-product' },
  },
  {
    name: 'paths that overlap are not blamed when the key is suspended',
    paste: inRealm('echo/archive', calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}', '/echo/archive/years')),
    given: { ...archive, 'subscriptions/partner-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the healthy twin: names that begin alike are no overlap of paths',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {
      'apis/echoes': { properties: { displayName: 'Echoes', path: 'echoes', protocols: ['https'], subscriptionRequired: false } },
      'subscriptions/mobile-app': { properties: { state: 'suspended' } },
    },
    expect: { confirmed: ['subscription-suspended'] },
  },
];
