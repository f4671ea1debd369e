import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const other =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-test/providers/Microsoft.ApiManagement/service/contoso-test';
const testKey = '7e577e577e577e577e577e577e577e57';
const call = calledWith(`Ocp-Apim-Subscription-Key: ${testKey}`);

function inTest(primaryKey: string): Record<string, unknown> {
  return {
    [other]: { location: 'West Europe', sku: { name: 'Developer', capacity: 1 }, properties: { publisherEmail: 'apis@contoso.example' } },
    [`${other}/subscriptions/mobile-app-test`]: {
      properties: { displayName: 'Mobile app (test)', scope: '/apis', state: 'active', primaryKey },
    },
  };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a key of the test service is sent to production',
    paste: call,
    given: inTest(testKey),
    expect: { confirmed: ['key-of-another-service'], headline: 'key-of-another-service' },
    fix: null,
  },
  {
    name: 'the called host is a service that is not configured, and the key is of one that is',
    paste: call.replaceAll('contoso.azure-api.net', 'fabrikam.azure-api.net'),
    given: inTest(testKey),
    expect: { confirmed: ['key-of-another-service'] },
  },
  {
    name: 'the healthy twin: two services, and the called one knows the key',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: inTest(testKey),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'two services, and neither has the key',
    paste: calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f'),
    given: inTest(testKey),
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'only one service is configured, so that the key is of another cannot be told',
    paste: call,
    given: {},
    expect: { confirmed: [], unknown: ['key-of-another-service'], headline: null },
  },
];
