// Who is a guest: by what an activity says, and by the roster, over HTTP as botbuilder asks for it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity, ConversationReference } from 'botbuilder';
import { createAdapter } from '../../src/teams/adapter.ts';
import { createRosterGuest, type GuestOptions, guestOf } from '../../src/teams/guest.ts';
import { type Connector, type Member, openConnector } from '../harness/connector.ts';

const [home, away] = ['00000000-0000-4000-8000-0000000000f0', '00000000-0000-4000-8000-0000000000f1'];
const from = { id: '29:me', name: 'One', aadObjectId: '00000000-0000-4000-8000-000000000001' };
const message = {
  type: 'message',
  channelId: 'msteams',
  from,
  recipient: { id: '28:bot', name: 'Locksmith' },
  conversation: { id: '19:room@thread.tacv2;messageid=1', conversationType: 'channel', tenantId: home },
  channelData: { tenant: { id: home } },
};

function activity(change: Readonly<Record<string, unknown>> = {}): Activity {
  return { ...message, ...change } as unknown as Activity;
}

function said(change: Readonly<Record<string, unknown>>): Activity {
  return activity({ from: { ...from, ...change } });
}

describe('an activity', () => {
  it('does not tell, as Teams sends it', () => {
    expect(guestOf(activity())).toBeUndefined();
  });

  it.each<[string, Activity]>([
    ['a role', said({ userRole: 'guest' })],
    ['a role among the properties', said({ properties: { userRole: 'Guest' } })],
    ['somebody without an account', said({ userRole: 'anonymous' })],
    ['a sign-in name', said({ userPrincipalName: 'one_elsewhere.example#EXT#@contoso.example' })],
    ['a sign-in name among the properties', said({ properties: { userPrincipalName: 'one_elsewhere.example#ext#@contoso.example' } })],
    ["another tenant than the conversation's", said({ tenantId: away })],
    ["another tenant than the channel's", activity({ channelData: { tenant: { id: away } } })],
    ['another tenant, where only the channel names the host', { ...said({ tenantId: away }), conversation: { id: 'a' } } as Activity],
  ])('tells a guest by %s', (_, one) => {
    expect(guestOf(one)).toBe(true);
  });

  it('tells one of the tenant only when all of it says so', () => {
    const own = { userRole: 'user', userPrincipalName: 'one@contoso.example', tenantId: home.toUpperCase() };

    expect(guestOf(said(own))).toBe(false);
    for (const name of Object.keys(own)) expect(guestOf(said({ ...own, [name]: undefined }))).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'guest'],
    ['numbers', { userRole: 1, userPrincipalName: {}, tenantId: ['x'], properties: 7 }],
    ['a display name', { ...from, name: 'guest #EXT#' }],
    ['no tenant id at all', { ...from, userRole: 'user', userPrincipalName: 'one@contoso.example', tenantId: '29:1UX7p8' }],
  ])('tells nothing by %s', (_, one) => {
    expect(guestOf(activity({ from: one }))).toBeUndefined();
    expect(guestOf({ ...activity({ from: one }), conversation: undefined, channelData: 'x' } as unknown as Activity)).toBeUndefined();
  });
});

describe('the roster', () => {
  let connector: Connector;
  let now: number;
  beforeEach(async () => {
    connector = await openConnector();
    now = 1_000_000;
  });
  afterEach(() => connector.close());

  type Listed = Member & { readonly userPrincipalName?: string };
  const own: Listed = { ...from, tenantId: home, userRole: 'user', userPrincipalName: 'one@contoso.example' };

  function list(member: Partial<Listed>): void {
    connector.members.splice(0, connector.members.length, { ...own, ...member } as Member);
  }

  function asker(options: GuestOptions = {}): (change?: Readonly<Record<string, unknown>>) => Promise<boolean | undefined> {
    const rosterGuest = createRosterGuest({ now: () => now, ...options });
    const adapter = createAdapter(null);
    return async (change = {}) => {
      const { conversation, recipient: bot } = message;
      const reference = { channelId: 'msteams', conversation, user: from, bot, serviceUrl: connector.url, ...change };
      return adapter.inConversation(adapter.ownIdentity(''), reference as Partial<ConversationReference>, rosterGuest);
    };
  }

  it('tells one of the tenant', async () => {
    list({});
    expect(await asker()()).toBe(false);
  });

  it.each<[string, Partial<Listed>]>([
    ['the role', { userRole: 'guest' }],
    ['the sign-in name, also beside the role user', { userPrincipalName: 'one_elsewhere.example#EXT#@contoso.example' }],
    ['the tenant', { tenantId: away }],
  ])('tells a guest by %s', async (_, member) => {
    list(member);
    expect(await asker()()).toBe(true);
  });

  it('does not tell without a sign-in name', async () => {
    connector.members.push({ ...from, tenantId: home, userRole: 'user' });
    expect(await asker()()).toBeUndefined();
  });

  it('is asked about a person in the thread of a press as well', async () => {
    list({});
    const rosterGuest = createRosterGuest();
    const adapter = createAdapter(null);
    const inTeam = { ...activity({ serviceUrl: connector.url, id: '1', channelData: { tenant: { id: home }, team: { id: '19:team' } } }) };
    let told: boolean | undefined;
    await adapter.receive('', inTeam, async (context) => {
      told = await rosterGuest(context);
    });

    expect(told).toBe(false);
  });

  it('is remembered for ten minutes, for every post of a channel', async () => {
    const ask = asker();
    list({});
    expect(await ask()).toBe(false);
    list({ userRole: 'guest' });
    now += 599_000;

    expect(await ask({ conversation: { ...message.conversation, id: '19:room@thread.tacv2;messageid=2' } })).toBe(false);
    now += 1000;
    expect(await ask()).toBe(true);
  });

  it('is remembered for one person and one conversation', async () => {
    const ask = asker();
    list({});
    expect(await ask()).toBe(false);
    list({ id: '29:other', userRole: 'guest' });

    expect(await ask({ user: { ...from, id: '29:other' } })).toBe(true);
    list({ userRole: 'guest' });
    expect(await ask({ conversation: { ...message.conversation, id: '19:other@thread.tacv2' } })).toBe(true);
  });

  it('that does not know somebody does not tell, and is asked again after a minute', async () => {
    const ask = asker();
    list({ id: '29:other', aadObjectId: '00000000-0000-4000-8000-000000000002' });
    expect(await ask()).toBeUndefined();
    list({});
    now += 59_000;

    expect(await ask()).toBeUndefined();
    now += 1000;
    expect(await ask()).toBe(false);
  });

  it('that never answers does not hold up a press', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const serviceUrl = `http://localhost:${(silent.address() as AddressInfo).port}`;
      expect(await asker({ timeoutMs: 50 })({ serviceUrl })).toBeUndefined();
    } finally {
      silent.closeAllConnections();
      await new Promise((resolve) => silent.close(resolve));
    }
  });
});
