import type { Scenario } from '../contract.ts';
import { answered } from '../sample-pastes.ts';

const service = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';

function refused(message: string): string {
  const detail = `{"code":"ValidationError","target":"product","message":"${message}"}`;
  return [
    `PUT https://management.azure.com${service}/subscriptions/second-app?api-version=2024-05-01`,
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json',
    '',
    `{"error":{"code":"ValidationError","message":"One or more fields contain incorrect values:","details":[${detail}]}}`,
  ].join('\n');
}

const limited = { 'products/starter': { properties: { subscriptionsLimit: 1 } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'Azure refuses a second subscription of the same user',
    paste: refused('Subscriptions limit reached for same user'),
    given: limited,
    expect: { confirmed: ['product-subscription-limit'], headline: 'product-subscription-limit' },
    fix: null,
  },
  {
    name: 'the healthy twin: a product has a limit, and nobody complains of it',
    paste: answered('invalid'),
    given: limited,
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'Azure refuses a subscription for another reason',
    paste: refused("Subscription scope should be one of '/apis', '/apis/{apiId}', '/products/{productId}'"),
    given: limited,
    expect: { confirmed: [], headline: null },
  },
];
