import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const version = (name: string, apiVersion: string): Record<string, unknown> => ({
  [`apis/${name}`]: {
    properties: {
      displayName: `Sales ${apiVersion}`,
      path: 'sales',
      apiVersion,
      apiVersionSetId: '/apiVersionSets/sales',
      protocols: ['https'],
      subscriptionRequired: true,
    },
  },
  [`apis/${name}/operations/list`]: { properties: { displayName: 'List', method: 'GET', urlTemplate: '/orders' } },
});
const versions = {
  'apiVersionSets/sales': { properties: { displayName: 'Sales', versioningScheme: 'Segment' } },
  ...version('sales-v1', 'v1'),
  ...version('sales-v2', 'v2'),
  'products/starter/apis/sales-v1': {},
};
const notFound = (path: string, headers: readonly string[] = []): string =>
  [
    `> GET ${path} HTTP/1.1`,
    '> Host: contoso.azure-api.net',
    ...headers.map((header) => `> ${header}`),
    '>',
    '< HTTP/1.1 404 Resource Not Found',
    '<',
    '{ "statusCode": 404, "message": "Resource not found" }',
  ].join('\n');

export const scenarios: readonly Scenario[] = [
  {
    name: 'a version that does not exist is called',
    paste: notFound('/sales/v3/orders'),
    given: versions,
    expect: { confirmed: ['wrong-version-or-revision'], suspected: ['operation-not-found'], headline: 'wrong-version-or-revision' },
    fix: null,
  },
  {
    name: 'a version header is missing',
    paste: notFound('/sales/orders', ['Accept-Language: en']),
    given: {
      ...versions,
      'apiVersionSets/sales': { properties: { displayName: 'Sales', versioningScheme: 'Header', versionHeaderName: 'X-Version' } },
    },
    expect: { confirmed: ['wrong-version-or-revision'], suspected: ['operation-not-found'], headline: 'wrong-version-or-revision' },
  },
  {
    name: 'a version header names a version that does not exist',
    paste: notFound('/sales/orders', ['X-Version: v3']),
    given: {
      ...versions,
      'apiVersionSets/sales': { properties: { displayName: 'Sales', versioningScheme: 'Header', versionHeaderName: 'X-Version' } },
    },
    expect: { confirmed: ['wrong-version-or-revision'], suspected: ['operation-not-found'], headline: 'wrong-version-or-revision' },
  },
  {
    name: 'the key covers version 1, and the header asks for version 2, which is in no product',
    paste: calledWith('X-Version: v2\n> Ocp-Apim-Subscription-Key: {key:mobile-app}', '/sales/orders'),
    given: {
      ...versions,
      'apiVersionSets/sales': { properties: { displayName: 'Sales', versioningScheme: 'Header', versionHeaderName: 'X-Version' } },
    },
    expect: { confirmed: ['api-not-in-product', 'wrong-version-or-revision'], headline: 'api-not-in-product' },
  },
  {
    name: 'a revision that does not exist is called',
    paste: notFound('/echo;rev=7/resource'),
    given: {},
    expect: { confirmed: ['wrong-version-or-revision'] },
  },
  {
    name: 'the key covers version 1, and version 2 is called, which is in no product',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/sales/v2/orders'),
    given: versions,
    expect: { confirmed: ['api-not-in-product', 'wrong-version-or-revision'], headline: 'api-not-in-product' },
    fix: ['products/starter/apis/sales-v2: create'],
  },
  {
    name: 'the healthy twin: version 2 is in the product as well, and the subscription is suspended',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/sales/v2/orders'),
    given: { ...versions, 'products/starter/apis/sales-v2': {}, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
];
