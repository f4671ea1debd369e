// Requests that go wrong: before ARM heard of them, or after it carried them out. What counts is what the estate has, not what was said.
import { type Fault, refusal } from '../../src/lab/faults.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { api, arm, call, closeAll, estate, open, service, subscription, subscriptionId } from './lab-client.ts';

afterEach(closeAll);

const path = '/subscriptions/s';
const key = '/subscriptions/s/listSecrets';
let fault: Fault | undefined;

async function openWith(resources = [...api('echo'), subscription('s', '/apis', { state: 'suspended' })]): Promise<Lab> {
  fault = undefined;
  return open({ estate: estate(resources), faults: () => fault });
}

/** The status, `cut`, or `silence`: the lab has the request, answers others, and has not answered this one. */
async function heard(lab: Lab, asked: Promise<{ readonly status: number }>): Promise<number | 'cut' | 'silence'> {
  const before = lab.requests.length;
  const told = asked.then(
    ({ status }) => status,
    () => 'cut' as const,
  );
  if (!fault?.hang) return told;
  while (lab.requests.length === before) await new Promise((resolve) => setImmediate(resolve));
  await call(lab, '/echo/things');
  return Promise.race([told, Promise.resolve('silence' as const)]);
}

const activate = (lab: Lab) => arm(lab, 'PATCH', path, { body: { properties: { state: 'active' } }, headers: { 'if-match': '*' } });

async function stateNow(lab: Lab): Promise<string> {
  fault = undefined;
  return (await arm(lab, 'GET', path)).json.properties.state;
}

const losses: readonly (readonly [string, Fault, number | 'cut' | 'silence'])[] = [
  ['409', { answer: refusal(409) }, 409],
  ['412', { answer: refusal(412) }, 412],
  ['429', { answer: refusal(429) }, 429],
  ['429 with Retry-After', { answer: refusal(429, 1) }, 429],
  ['500', { answer: refusal(500) }, 500],
  ['503', { answer: refusal(503, 1) }, 503],
  ['a cut connection', { disconnect: true }, 'cut'],
  ['silence', { hang: true }, 'silence'],
];

describe.each(losses)('%s', (_, loss, expected) => {
  it('in place of a write leaves the estate as it was', async () => {
    const lab = await openWith();
    fault = loss;
    expect(await heard(lab, activate(lab))).toBe(expected);
    expect(lab.requests.map(({ method, carriedOut }) => [method, carriedOut])).toEqual([['PATCH', false]]);
    expect(lab.writes).toEqual([]);
    expect(await stateNow(lab)).toBe('suspended');
  });

  it('after a write leaves it written, once', async () => {
    const lab = await openWith();
    fault = { ...loss, after: true };
    expect(await heard(lab, activate(lab))).toBe(expected);
    expect(lab.writes).toEqual([
      expect.objectContaining({ method: 'PATCH', carriedOut: true, status: typeof expected === 'number' ? expected : 0 }),
    ]);
    expect(await stateNow(lab)).toBe('active');
  });

  it('is as good for reads and lists, which are no writes', async () => {
    const lab = await openWith();
    for (const after of [false, true]) {
      fault = { ...loss, after };
      expect(await heard(lab, arm(lab, 'GET', path))).toBe(expected);
      expect(await heard(lab, arm(lab, 'GET', '/subscriptions'))).toBe(expected);
      expect(await heard(lab, arm(lab, 'POST', key))).toBe(expected);
    }
    expect(lab.writes).toEqual([]);
  });
});

it('says when to come back where the fault does', async () => {
  const lab = await openWith();
  fault = { answer: refusal(429, 7) };
  expect((await arm(lab, 'GET', path)).headers['retry-after']).toBe('7');
  fault = { answer: refusal(429) };
  expect((await arm(lab, 'GET', path)).headers['retry-after']).toBeUndefined();
});

it('counts what ARM refuses by itself as no write', async () => {
  const lab = await openWith();
  await arm(lab, 'PATCH', path, { body: { properties: { state: 'active' } }, headers: { 'if-match': '"other"' } });
  await arm(lab, 'DELETE', '/subscriptions/none', { body: undefined });
  expect(lab.writes).toEqual([]);
});

it.each([
  ['regeneratePrimaryKey', 's-1', 's-2'],
  ['regenerateSecondaryKey', 's-2', 's-1'],
])('%s: the gateway takes the new key and no more the old one, also where the answer is lost', async (action, old, other) => {
  const lab = await openWith([...api('echo'), subscription('s', '/apis')]);
  const statusWith = async (value: string) => (await call(lab, '/echo/things', { headers: { 'ocp-apim-subscription-key': value } })).status;
  expect([await statusWith(old), await statusWith(other)]).toEqual([200, 200]);
  fault = { after: true, disconnect: true };
  expect(await heard(lab, arm(lab, 'POST', `${path}/${action}`))).toBe('cut');
  fault = undefined;
  const secrets = (await arm(lab, 'POST', key)).json;
  const renewed = Object.values(secrets).find((value) => value !== other);
  expect([await statusWith(old), await statusWith(other), await statusWith(String(renewed))]).toEqual([401, 200, 200]);
  expect(lab.writes).toHaveLength(1);
});

it('refreshes the secret of a named value: accepted, then with the time of the last read', async () => {
  const vault = { keyVault: { secretIdentifier: 'https://v.vault.azure.net/secrets/s', lastStatus: { code: 'Success' } } };
  const lab = await openWith([{ id: 'namedValues/n', properties: { displayName: 'n', secret: true, ...vault } }]);
  const accepted = await arm(lab, 'POST', '/namedValues/n/refreshSecret');
  expect(accepted.status).toBe(202);
  expect(accepted.headers.location).toContain('/operationresults/');
  const { keyVault } = (await arm(lab, 'GET', '/namedValues/n')).json.properties;
  expect(Date.parse(keyVault.lastStatus.timeStampUtc)).toBeGreaterThanOrEqual(Date.parse('2026-11-20T09:00:00Z'));
  expect(lab.writes).toHaveLength(1);
});

describe('people', () => {
  const ada = '00000000-0000-4000-8000-0000000000a1';
  const ben = '00000000-0000-4000-8000-0000000000a2';
  const write = 'Microsoft.ApiManagement/service/subscriptions/write';

  function tokenOf(claims: object): string {
    return [{ alg: 'none' }, claims, 'x'].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  }

  async function activateAs(lab: Lab, token: string) {
    return arm(lab, 'PATCH', path, { token, body: { properties: { state: 'active' } }, headers: { 'if-match': '*' } });
  }

  it('have rights of their own', async () => {
    const lab = await open({ estate: estate([subscription('s', '/apis')]), deniedFor: { [ada]: [write] } });
    const refused = await activateAs(lab, tokenOf({ oid: ada.toUpperCase(), name: 'Ada' }));
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'AuthorizationFailed' } } });
    expect(refused.json.error.message).toContain(ada);
    expect(refused.json.error.message).toContain(write);
    expect((await activateAs(lab, tokenOf({ oid: ben }))).status).toBe(200);
    expect((await activateAs(lab, 'opaque')).status).toBe(200);
    expect((await arm(lab, 'GET', path, { token: tokenOf({ oid: ada }) })).status).toBe(200);
  });

  it.each([
    ['the UPN', { oid: ada, upn: 'ada@fabrikam.example', name: 'Ada' }, 'ada@fabrikam.example'],
    ['the object id without one', { oid: ada, name: 'Ada' }, ada],
    ['somebody, for a token without claims', null, 'somebody@contoso.example'],
  ])('are in the activity log as %s, and their token is not', async (_, claims, caller) => {
    const lab = await open({ estate: estate([subscription('s', '/apis')]) });
    const token = claims === null ? 'a.b.c' : tokenOf(claims);
    await activateAs(lab, token);
    const log = `/subscriptions/${subscriptionId}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01`;
    const { text, json } = await arm(lab, 'GET', `${log}&$filter=eventTimestamp ge '2026-10-01T00:00:00Z'`);
    expect(json.value).toEqual([expect.objectContaining({ caller, resourceId: `${service}/subscriptions/s` })]);
    expect(json.value[0].claims?.name).toBe(claims === null ? undefined : 'Ada');
    expect(text).not.toContain(token);
  });
});
