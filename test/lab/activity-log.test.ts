// The activity log: the estate's events in their documented shape, what was done over the management side, and what a filter may say.
import { api, arm, closeAll, estate, open, service, subscription, subscriptionId } from './lab-client.ts';

afterEach(closeAll);

const event = {
  eventTimestamp: '2026-11-19T16:20:00Z',
  operationName: 'Microsoft.ApiManagement/service/subscriptions/regeneratePrimaryKey/action',
  resourceId: 'subscriptions/s',
};
const world = { ...estate([...api('echo'), subscription('s', '/apis')]), activityLog: [event] };
const log = `/subscriptions/${subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01`;

function since(rest = ''): string {
  return `${log}&$filter=eventTimestamp ge '2026-10-01T00:00:00Z'${rest}`;
}

it('shows the events of the estate whole', async () => {
  const lab = await open({ estate: world });
  const { status, json } = await arm(lab, 'GET', since());
  expect(status).toBe(200);
  expect(json.value).toEqual([
    expect.objectContaining({
      eventTimestamp: event.eventTimestamp,
      operationName: { value: event.operationName, localizedValue: event.operationName },
      resourceId: `${service}/subscriptions/s`,
      resourceGroupName: service.split('/')[4],
      status: { value: 'Succeeded', localizedValue: 'Succeeded' },
    }),
  ]);
});

it('writes down what is done over the management side, newest first, and no reading of keys', async () => {
  const lab = await open({ estate: world });
  await arm(lab, 'POST', '/subscriptions/s/listSecrets');
  await arm(lab, 'POST', '/subscriptions/s/regenerateSecondaryKey');
  await arm(lab, 'DELETE', '/subscriptions/s', { headers: { 'if-match': '*' } });
  await arm(lab, 'DELETE', '/subscriptions/s', { headers: { 'if-match': '"other"' } });
  const { json } = await arm(lab, 'GET', since('&$select=operationName,resourceId'));
  const seen = json.value.map((one: { operationName: { value: string } }) => one.operationName.value.split('/').slice(-2).join('/'));
  expect(seen.at(-1)).toBe('regeneratePrimaryKey/action');
  expect(seen).toContain('regenerateSecondaryKey/action');
  expect(seen).toContain('subscriptions/delete');
  expect(seen.join()).not.toMatch(/list/i);
  expect(Object.keys(json.value[0]).sort()).toEqual(['operationName', 'resourceId']);
});

it.each([
  ['the group', ` and resourceGroupName eq '${service.split('/')[4]}'`, 1],
  ['another group', " and resourceGroupName eq 'other'", 0],
  ['the resource', ` and resourceUri eq '${service}/subscriptions/s'`, 1],
  ['an end before it', " and eventTimestamp le '2026-11-01T00:00:00Z'", 0],
])('filters by %s', async (_, rest, count) => {
  const lab = await open({ estate: world });
  const { json } = await arm(lab, 'GET', since(rest));
  expect(json.value).toHaveLength(count);
});

it.each([
  ['no filter', log],
  ['a start more than 90 days ago', `${log}&$filter=eventTimestamp ge '2026-01-01T00:00:00Z'`],
  ['a field that the filter does not know', since(" and caller eq 'x'")],
])('refuses %s', async (_, path) => {
  const lab = await open({ estate: world });
  expect((await arm(lab, 'GET', path)).status).toBe(400);
});
