// Places and changes in words, as they stand on cards.
import { changeRows } from '../../src/cards/change-rows.ts';
import { placeOf, shortIds } from '../../src/cards/place.ts';
import { planCard } from '../../src/cards/press-card.ts';
import type { Change } from '../../src/causes/contract.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import { textOf } from '../harness/card-text.ts';
import { appliedPlan, service } from '../harness/diagnoses.ts';

const limits = { items: 20, chars: 400 };
const operation = `${service}/apis/orders/operations/list`;

function rows(...shown: readonly Change[]): readonly string[] {
  return changeRows({ shown, service }, limits).rows.map(({ where, before, after }) => `${where}: ${before} -> ${after}`);
}

it.each([
  [`${service}/subscriptions/mobile-app#/properties/state`, 'Subscription mobile-app, state'],
  [`${service}/apis/orders#/properties/subscriptionKeyParameterNames/header`, 'API orders, subscription key parameter names, header'],
  [
    `${operation}#/properties/request/headers/Ocp-Apim-Subscription-Key`,
    'Operation list of API orders, request, headers, Ocp-Apim-Subscription-Key',
  ],
  [`${service}/apis/orders/products`, 'Products of API orders'],
  [`${service}/products/starter/apis/orders`, 'API orders in product starter'],
  [`${service}/subscriptions`, 'Subscriptions'],
  [`${service}/apis/orders/policies/policy`, 'Policy of API orders'],
  [`${service}/policies/policy`, 'Policy'],
  [`${service}/workspaces/w/subscriptions/s`, 'Subscription s of workspace w'],
  [service, 'Service contoso'],
  [`${service}#/identity/tenantId`, 'Service contoso, identity, tenant id'],
  ['/subscriptions/00000000-0000-4000-8000-000000000001', 'Azure subscription'],
  ['/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg', 'Resource group rg'],
  ['/subscriptions/0/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/speech', 'Azure AI account speech'],
  ['/subscriptions/0/providers/Microsoft.Insights/eventtypes/management/values', 'Activity log'],
  [
    `${service}/authorizationProviders/github/authorizations/reports#/properties/status`,
    'Connection reports of credential provider github, status',
  ],
  [`${service}/apiVersionSets/sales`, 'Version set sales'],
  [`${service}/certificates/partner#/properties/expirationDate`, 'Certificate partner, expiration date'],
  [`${service}/providers/Microsoft.Authorization/roleAssignments`, 'Role assignments'],
  [`${service}/portalRevisions`, 'Portal revisions'],
  ['paste#/line/3', 'Your message, line 3'],
  ['paste#/line/0', 'Your message'],
  ['', 'Azure'],
])('calls %s "%s"', (at, words) => {
  expect(placeOf(at)).toBe(words);
});

it('leaves the long beginning of an ARM id out, but not the name of another service', () => {
  const other = service.replace('contoso', 'fabrikam');
  expect(shortIds(`from ${service}/products/a to ${other}/products/a`, service)).toBe('from …/products/a to …/service/fabrikam/products/a');
});

it('shows a changed field', () => {
  expect(rows({ on: `${service}/subscriptions/s`, field: 'properties.state', before: 'suspended', after: 'active' })).toEqual([
    'Subscription s, state: suspended -> active',
  ]);
});

it('shows that an unchanged field is saved again', () => {
  expect(rows({ on: `${service}/subscriptions/s`, field: 'properties.displayName', before: 'S', after: 'S' })).toEqual([
    'Subscription s, display name: S -> S (saved again, unchanged)',
  ]);
});

it('shows a new resource with everything in it, and one that goes', () => {
  expect(rows({ on: `${service}/products/p/apis/a`, field: '', before: null, after: {} })).toEqual([
    'API a in product p: not there -> there',
  ]);
  expect(rows({ on: `${service}/products/p/apis/a`, field: '', before: {}, after: null })).toEqual([
    'API a in product p: there -> not there',
  ]);
  expect(
    rows({ on: `${service}/subscriptions/new`, field: '', before: null, after: { properties: { scope: '/apis/a', displayName: 'New' } } }),
  ).toEqual(['Subscription new: not there -> there, with scope: /apis/a, displayName: New']);
});

it('shows of a whole document only what differs in it, entries by their names', () => {
  const accept = { name: 'Accept', values: ['application/json'] };
  const key = { name: 'Ocp-Apim-Subscription-Key', defaultValue: 'ab12…' };
  expect(
    rows({
      on: operation,
      field: 'properties.request',
      before: { description: 'all', headers: [key, accept] },
      after: { description: 'all', headers: [accept] },
    }),
  ).toEqual([
    'Operation list of API orders, request, headers, Ocp-Apim-Subscription-Key: name: Ocp-Apim-Subscription-Key, defaultValue: ab12… -> not there',
  ]);
});

it('shows of a policy only the lines that differ', () => {
  const before = '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>';
  const after = '<policies>\n  <inbound>\n    <base />\n    <cors />\n  </inbound>\n</policies>';
  expect(rows({ on: `${service}/policies/policy`, field: 'properties.value', before, after })).toEqual([
    'Policy, value, line 4: not there -> <⁠cors />',
  ]);
});

it('shows an action', () => {
  expect(rows({ on: `${service}/namedValues/n`, field: '!refreshSecret', before: null, after: null })).toEqual([
    'Named value n: the secret as it was fetched last -> fetched from Key Vault again',
  ]);
});

it('says after a fix what shows that it works', () => {
  const said = (shown: PlanRecord['shown']): string => textOf(planCard({ ...appliedPlan, shown }, null, null));
  const created = { on: `${service}/subscriptions/new`, field: '', before: null, after: { properties: {} } };
  const preset = { on: `${service}/apis/a/operations/o`, field: 'properties.request', before: { a: 1 }, after: { a: 2 } };
  const replaced = { on: `${service}/subscriptions/s`, field: '!regeneratePrimaryKey', before: null, after: null };

  expect(said([created])).toContain('Fetch a key of the new subscription in the portal');
  expect(said([preset])).toContain('Test again in the console');
  expect(said([replaced])).toContain('The old key opens nothing any more');
  expect(said(appliedPlan.shown)).toContain('Make the call again to see it work.');
});
