import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const teamKey = 'e70fe70fe70fe70fe70fe70fe70fe70f';
const call = calledWith(`Ocp-Apim-Subscription-Key: ${teamKey}`, '/team/resource');

/** A workspace with two APIs, a product that holds the first, and a key for the product. */
const workspace: Record<string, unknown> = {
  '.': { sku: { name: 'PremiumV2', capacity: 1 } },
  'workspaces/retail': { properties: { displayName: 'Retail' } },
  'workspaces/retail/apis/team': api('Team API', 'team'),
  'workspaces/retail/apis/team/operations/get': { properties: { displayName: 'Get', method: 'GET', urlTemplate: '/resource' } },
  'workspaces/retail/apis/stock': api('Stock API', 'stock'),
  'workspaces/retail/apis/stock/operations/get': { properties: { displayName: 'Get', method: 'GET', urlTemplate: '/resource' } },
  'workspaces/retail/products/basic': { properties: { displayName: 'Basic', state: 'published', subscriptionRequired: true } },
  'workspaces/retail/products/basic/apiLinks/team': { properties: { apiId: '/workspaces/retail/apis/team' } },
  'workspaces/retail/subscriptions/till': key('/workspaces/retail/products/basic'),
};

function api(displayName: string, path: string): Record<string, unknown> {
  return { properties: { displayName, path, protocols: ['https'], serviceUrl: 'https://backend.example/api', subscriptionRequired: true } };
}

function key(scope: string): Record<string, unknown> {
  return {
    properties: {
      displayName: 'Till',
      scope,
      state: 'active',
      createdDate: '2025-11-01T00:00:00Z',
      primaryKey: teamKey,
      secondaryKey: 'e75e'.repeat(8),
    },
  };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of a workspace calls an API outside of it',
    paste: calledWith(`Ocp-Apim-Subscription-Key: ${teamKey}`),
    given: workspace,
    expect: { confirmed: ['workspace-key-mismatch'], headline: 'workspace-key-mismatch' },
    fix: ['subscriptions/till-echo: create'],
  },
  {
    name: 'a key of the service calls an API of a workspace',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/team/resource'),
    given: workspace,
    expect: { confirmed: ['workspace-key-mismatch'] },
    fix: ['workspaces/retail/subscriptions/mobile-app-team: create'],
  },
  {
    name: 'a key of the workspace calls an API that its product does not hold',
    paste: calledWith(`Ocp-Apim-Subscription-Key: ${teamKey}`, '/stock/resource'),
    given: workspace,
    expect: { confirmed: ['workspace-key-mismatch'] },
    fix: ['workspaces/retail/products/basic/apiLinks/stock: create'],
    otherFixes: { 'workspace-key-mismatch/create-subscription': ['workspaces/retail/subscriptions/till-stock: create'] },
  },
  {
    name: 'a key of one API of the workspace calls the other',
    paste: call,
    given: { ...workspace, 'workspaces/retail/subscriptions/till': key('/workspaces/retail/apis/stock') },
    expect: { confirmed: ['workspace-key-mismatch'] },
    fix: ['workspaces/retail/subscriptions/till-team: create'],
  },
  {
    name: 'the healthy twin: the product of the workspace holds the API',
    paste: call,
    given: workspace,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the key of the workspace is suspended, which alone explains it',
    paste: call,
    given: { ...workspace, 'workspaces/retail/subscriptions/till': { properties: { ...properties(), state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'there is a workspace, and nobody has the key',
    paste: calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f'),
    given: workspace,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'workspaces may not be listed, so a key that nobody else has is not judged',
    paste: calledWith(`Ocp-Apim-Subscription-Key: ${teamKey}`),
    given: workspace,
    denied: ['Microsoft.ApiManagement/service/workspaces/read'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['workspace-key-mismatch'] },
  },
];

function properties(): object {
  return (key('/workspaces/retail/products/basic') as { readonly properties: object }).properties;
}
