// Group memberships from Graph: what is asked, what each answer means, and what never gets into an address.
import { AuthenticationRequiredError, CredentialUnavailableError } from '@azure/identity';
import { createGraphGroups, type GraphSettings } from '../../src/azure/graph-groups.ts';
import type { Person } from '../../src/remediation/plan-record.ts';
import { type Graph, openGraph } from '../harness/graph.ts';

const me: Person = { id: '00000000-0000-4000-8000-0000000000AA', name: 'One', tenant: null };
const group = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const credential: GraphSettings['credential'] = {
  getToken: async (scopes) => ({ token: `for:${String(scopes)}`, expiresOnTimestamp: Date.now() + 3_600_000 }),
};

let graph: Graph;
let now: number;
beforeEach(async () => {
  graph = await openGraph();
  now = 1_000_000;
});
afterEach(() => graph.close());

function groupsOf(own: Partial<GraphSettings> = {}) {
  return createGraphGroups({ endpoint: graph.endpoint, credential, ca: graph.ca, now: () => now, ...own });
}

it('asks for a person by id, with a token for Graph', async () => {
  graph.expect({ groups: [group(2)] });

  expect(await groupsOf()(me, [group(1), group(2)])).toEqual([group(2)]);
  expect(graph.calls).toEqual([{ user: me.id.toLowerCase(), groupIds: [group(1), group(2)], token: `for:${graph.endpoint}/.default` }]);
});

it('asks for twenty groups at a time, each once', async () => {
  const all = Array.from({ length: 45 }, (_, n) => group(n));
  const mine = [group(0), group(19), group(20), group(44)];
  graph.expect({ groups: mine }, { groups: mine }, { groups: mine });

  const answer = await groupsOf()(me, [...all, group(3).toUpperCase()]);

  expect([...(answer as readonly string[])].sort()).toEqual(mine);
  expect(graph.calls.map(({ groupIds }) => groupIds.length).sort()).toEqual([20, 20, 5]);
});

it('asks for nothing when there are no groups', async () => {
  expect(await groupsOf()(me, [])).toEqual([]);
});

it('counts no group that was not asked for', async () => {
  graph.expect({ status: 200, body: JSON.stringify({ value: [group(7)] }) });

  expect(await groupsOf()(me, [group(1)])).toEqual([]);
});

it('remembers an answer for a minute, for that person and group', async () => {
  graph.expect({ groups: [group(1)] }, { groups: [] }, { groups: [] }, { groups: [] });
  const ask = groupsOf();
  await ask(me, [group(1)]);
  now += 59_000;

  expect(await ask(me, [group(1)])).toEqual([group(1)]);
  expect(await ask(me, [group(1), group(2)])).toEqual([group(1)]);
  expect(await ask({ ...me, id: group(9) }, [group(1)])).toEqual([]);
  now += 1000;
  expect(await ask(me, [group(1)])).toEqual([]);
  expect(graph.calls.map(({ user, groupIds }) => [user, ...groupIds])).toEqual([
    [me.id.toLowerCase(), group(1)],
    [me.id.toLowerCase(), group(2)],
    [group(9), group(1)],
    [me.id.toLowerCase(), group(1)],
  ]);
});

it('remembers no failure', async () => {
  graph.expect({ status: 403 }, { groups: [group(1)] });
  const ask = groupsOf();

  expect(await ask(me, [group(1)])).toHaveProperty('says');
  expect(await ask(me, [group(1)])).toEqual([group(1)]);
});

it('takes one part that cannot be read as the whole', async () => {
  graph.expect({ groups: [group(1)] }, { status: 403 });

  expect(
    await groupsOf()(
      me,
      Array.from({ length: 21 }, (_, n) => group(n)),
    ),
  ).toHaveProperty('says');
});

it.each<[number, RegExp]>([
  [400, /group ids in the settings/],
  [401, /did not accept the sign-in of this bot/],
  [403, /application permissions User\.Read\.All and GroupMember\.Read\.All.*Privileged Role Administrator/],
  [404, /does not know you .*bot's own tenant/],
  [429, /limiting how fast/],
  [418, /answered 418/],
])('says what %d means, and nothing of what Graph said', async (status, says) => {
  graph.expect({ status, body: '{"error":{"message":"token eyJ0-secret"}}' });
  const answer = await groupsOf()(me, [group(1)]);

  expect(answer).toEqual({ says: expect.stringMatching(says) });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

it('asks once more after a 503, then says it', async () => {
  graph.expect({ status: 503 }, { status: 503 });

  expect(await groupsOf()(me, [group(1)])).toEqual({ says: expect.stringMatching(/answered 503/) });
});

it('follows no redirect', async () => {
  graph.expect({ status: 307, location: `${graph.endpoint}/v1.0/users/${group(9)}/checkMemberGroups` });

  expect(await groupsOf()(me, [group(1)])).toEqual({ says: expect.stringMatching(/answered 307/) });
  expect(graph.calls).toHaveLength(1);
});

it.each(['', '[]', 'null', '{"value":[1]}', '{"value":"all"}', '<html>'])('does not believe %j', async (body) => {
  graph.expect({ status: 200, body });

  expect(await groupsOf()(me, [group(1)])).toEqual({ says: expect.stringMatching(/not what its API describes/) });
});

it('says that nobody answered, when nobody does', async () => {
  graph.expect('silent');

  expect(await groupsOf({ timeoutMs: 200 })(me, [group(1)])).toEqual({ says: expect.stringMatching(/did not answer in time/) });
});

it('does not wait for a token for ever', async () => {
  const never = { getToken: () => new Promise<never>(() => undefined) };

  expect(await groupsOf({ timeoutMs: 100, credential: never })(me, [group(1)])).toEqual({ says: expect.stringMatching(/in time/) });
});

it('says that the connection was cut', async () => {
  graph.expect('cut', 'cut');

  expect(await groupsOf()(me, [group(1)])).toEqual({ says: expect.stringMatching(/could not be reached \(ECONNRESET\)/) });
});

it('trusts no certificate of somebody else', async () => {
  const answer = await createGraphGroups({ endpoint: graph.endpoint, credential })(me, [group(1)]);

  expect(answer).toEqual({ says: expect.stringMatching(/could not be reached/) });
  expect(graph.calls).toEqual([]);
});

it.each([
  ['CredentialUnavailableError', new CredentialUnavailableError('client_secret=not-a-real-one')],
  ['AuthenticationRequiredError', new AuthenticationRequiredError({ scopes: [], message: 'client_secret=not-a-real-one' })],
])('names only the kind of a %s', async (name, error) => {
  const answer = await groupsOf({ credential: { getToken: () => Promise.reject(error) } })(me, [group(1)]);

  expect(answer).toEqual({ says: expect.stringContaining(name) });
  expect(JSON.stringify(answer)).not.toContain('not-a-real-one');
});

it.each(['29:someone', '', '../me', `${me.id}/../../me`, `${me.id}?x`, '00000000', 'g'.repeat(36)])(
  'puts %j into no address',
  async (id) => {
    expect(await groupsOf()({ ...me, id }, [group(1)])).toEqual({ says: expect.stringMatching(/no Entra object id/) });
    expect(graph.calls).toEqual([]);
    await graph.close();
  },
);
