// A press with the rights of whoever presses, whole: Teams' two deliveries of it, the token service and the lab over TLS, the bot with an
// identity of its own that could write as well, and must not.
import { request } from 'node:https';
import { createOnBehalfOf, type OnBehalfOf } from '../../src/azure/on-behalf-of.ts';
import { scenarios as malformedScope } from '../../src/causes/subscription-scope-malformed/scenarios.ts';
import { scenarios as suspended } from '../../src/causes/subscription-suspended/scenarios.ts';
import type { LabOptions } from '../../src/lab/lab.ts';
import { consentPage } from '../../src/teams/sign-on.ts';
import type { EngineOptions } from '../../src/wiring.ts';
import { textOf } from '../harness/card-text.ts';
import type { Member } from '../harness/connector.ts';
import { first } from '../harness/first.ts';
import { estatesOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { readPlans } from '../harness/kept.ts';
import { ada, ben, cleo, tenant } from '../harness/team.ts';
import { refusals, startTokenService, type TokenService } from '../harness/token-service.ts';
import { answerOf, buttonOn, channel, openWholeBot, type WholeBot } from '../harness/whole-bot.ts';

const appId = '20000000-0000-4000-8000-00000000000b';
const secret = 'canary-client-secret';
const resource = `api://botid-${appId}`;
const armScope = 'https://management.azure.com/.default';
const botOid = '40000000-0000-4000-8000-0000000000bb';
const botToken = unsigned({ oid: botOid, name: 'The bot itself' });

let service: TokenService;
let room: WholeBot;
/** Tokens that were handed to the bot, to look for afterwards. */
let handedOver: string[];

beforeAll(async () => {
  service = await startTokenService({ tenant, appId, secret, resource, armScope });
});
afterAll(() => service.stop());
afterEach(async () => {
  service.refuse(null);
  service.breakDown(null);
  expect(service.strays).toEqual([]);
  expectNoSecrets();
  await room.close();
});

function unsigned(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

function onBehalfOf(password = secret): OnBehalfOf {
  const { authority, ca } = service;
  return createOnBehalfOf({ bot: { appId, password }, authority, resource: null, armScope, allowedTenants: [tenant], ca, timeoutMs: 400 });
}

interface Own {
  readonly two?: boolean;
  readonly engine?: Partial<EngineOptions>;
  readonly lab?: Partial<LabOptions>;
  readonly password?: string;
  readonly pressAnswerMs?: number;
}

/** A bot whose Confirm is Ada's next press, or Cleo's where two are needed. */
async function open({ two = false, engine = {}, lab = {}, password, ...rest }: Own = {}) {
  const scenario = first(two ? suspended : malformedScope);
  const person = onBehalfOf(password);
  const page = (of: string): string => consentPage(service.authority, of, appId);
  const options: LabOptions = { estate: estatesOf(scenario), ...lab };
  handedOver = [];
  room = await openWholeBot({
    lab: options,
    engine: { actAs: 'person', onBehalfOf: person, ...engine },
    signOn: engine.actAs === undefined ? { resource: person.resource, page } : null,
    ...rest,
    armCredential: { getToken: async () => ({ token: botToken, expiresOnTimestamp: Date.now() + 3_600_000 }) },
  });
  const before = room.estate();
  const answer = await room.asks(ada, pasteOf(scenario));
  await room.press(ada, buttonOn(answer, two ? 'Activate the subscription' : 'Correct the scope'));
  return { before, confirm: buttonOn(await room.shows('Confirm works once'), 'Confirm') };
}

type Confirm = Awaited<ReturnType<typeof open>>['confirm'];

function withToken(who: Member, confirm: Confirm, token: string) {
  handedOver.push(token);
  return room.press(who, confirm, { authentication: { id: 'as-teams-echoes-it', connectionName: 'locksmith-sign-on', token } });
}

async function signed(who: Member, confirm: Confirm) {
  return withToken(who, confirm, await service.signOn(person(who)));
}

function person({ aadObjectId: oid, name }: Member) {
  return { oid, name };
}

/** As whom Azure has each write, newest first. */
async function callers(): Promise<readonly (string | null)[]> {
  const [, , subscription] = serviceId.split('/');
  const query = new URLSearchParams({ 'api-version': '2015-04-01', $filter: "eventTimestamp ge '2026-11-19T00:00:00Z'" });
  const url = `${room.lab.managementUrl}/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values?${query}`;
  const text = await new Promise<string>((resolve, reject) => {
    request(url, { ca: room.lab.ca, headers: { authorization: 'Bearer somebody' } }, (answer) => {
      let all = '';
      answer.on('data', (part) => {
        all += String(part);
      });
      answer.on('end', () => resolve(all));
    })
      .on('error', reject)
      .end();
  });
  const { value } = JSON.parse(text) as { value: readonly { readonly caller: string }[] };
  return value.map(({ caller }) => caller);
}

function expectNoSecrets(): void {
  const cards = JSON.stringify(room.connector.sent);
  const places = { log: room.log(), cards, files: room.files(), audit: JSON.stringify(room.audit()) };
  for (const token of [...handedOver, botToken]) {
    for (const part of token
      .split('.')
      .slice(1)
      .filter((one) => one.length > 12)) {
      for (const [place, text] of Object.entries(places)) expect({ place, holds: text.includes(part) }).toEqual({ place, holds: false });
    }
  }
  expect(Object.values(places).join('')).not.toMatch(/canary-client-secret|raw-entra-text|Trace ID/);
}

const state = (): string | undefined => readPlans(room.stateDir).find(({ digest }) => digest !== null)?.state;

it('asks Teams for a sign-on in exactly its form, and writes nothing', async () => {
  const { before, confirm } = await open();

  const answer = await room.press(ada, confirm);

  expect(answer).toEqual({
    http: 200,
    statusCode: 401,
    type: 'application/vnd.microsoft.activity.loginRequest',
    value: {
      text: expect.stringMatching(/^Sign in/),
      connectionName: 'locksmith-sign-on',
      tokenExchangeResource: { id: expect.stringMatching(/^[\w-]{32}$/), uri: resource },
      buttons: [
        { type: 'signin', title: 'Sign in', text: 'Sign in', value: `${service.authority}/${tenant}/adminconsent?client_id=${appId}` },
      ],
    },
  });
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});

it('asks nobody to sign in for what no button can have sent, however deep it is', async () => {
  const { before, confirm } = await open();
  // As text: what is so deep cannot be made with JSON.stringify.
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const activity = { type: 'invoke', name: 'adaptiveCard/action', serviceUrl: room.connector.url, conversation: { id: channel } };
  const { plan, seen } = confirm.data;

  for (const data of ['null', '[]', '"plan"', `{"plan":${deep},"seen":"x"}`, `{"plan":"${plan}","seen":"${seen}","more":${deep}}`]) {
    const value = `{"action":{"type":"Action.Execute","verb":"confirm","data":${data}}}`;
    const body = `${JSON.stringify(activity).slice(0, -1)},"value":${value}}`;
    const answer = await answerOf(await fetch(`${room.bot.url}/api/messages`, { method: 'POST', body }));
    expect([answer.http, answer.statusCode, textOf(answer.value)]).toEqual([200, 200, expect.stringContaining('Nothing was changed')]);
  }
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});

it('writes nothing for the Action.Submit of an older client, which brings no sign-on, and says so beside the card', async () => {
  const { before, confirm } = await open();
  const messages = room.connector.sent.length;

  await room.post(ada, { type: 'message', value: { ...confirm.data, verb: 'confirm' } });
  await room.shows('no sign-in came with the press');

  expect(room.connector.sent.slice(messages).map(({ how }) => how)).toEqual(['send']);
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});

it('applies the press that comes again with a token, as the person, in Azure and in the audit', async () => {
  const { confirm } = await open();
  await room.press(ada, confirm);

  const answer = await signed(ada, confirm);

  expect([answer.http, answer.statusCode, answer.type]).toEqual([200, 200, 'application/vnd.microsoft.card.adaptive']);
  expect(textOf(answer.value)).toContain('Confirmed by: Ada');
  expect(room.writes()).toEqual(['PATCH 200']);
  expect(await callers()).toEqual([ada.aadObjectId]);
  const lines = room.audit().map(({ step, who }) => [step, who.name, who.id]);
  expect(lines).toContainEqual(['applied', 'Ada', ada.aadObjectId]);
  expect(service.exchanges.at(-1)).toMatchObject({ grant: 'jwt-bearer', oid: ada.aadObjectId, proof: 'secret', refused: null });
});

const hour = 3600;
const now = Math.floor(Date.now() / 1000);
const elsewhere = '10000000-0000-4000-8000-00000000000f';

it.each<readonly [string, () => Promise<string>, RegExp]>([
  ['of somebody else', () => service.signOn(person(ben)), /not one of yours.*Press again in Teams, signed in as yourself/],
  [
    'of another tenant',
    () => service.mint(person(ada), { tid: elsewhere, iss: `${service.authority}/${elsewhere}/v2.0` }),
    /not one of yours.*Press again/,
  ],
  ['of a guest', () => service.mint(person(ada), { acct: 1 }), /Guests.*Ask a colleague/],
  ['of a guest from elsewhere', () => service.mint(person(ada), { idp: `https://sts.windows.net/${elsewhere}/` }), /Guests.*colleague/],
  ['that has expired', () => service.mint(person(ada), { iat: now - 2 * hour, exp: now - hour }), /run out.*Press again/],
  ['for another bot', () => service.mint(person(ada), { aud: 'api://another' }), /not one of yours.*Press again/],
  [
    'that nobody signed',
    async () =>
      unsigned({
        oid: ada.aadObjectId,
        tid: tenant,
        iss: `${service.authority}/${tenant}/v2.0`,
        aud: appId,
        scp: 'access_as_user',
        exp: now + hour,
      }),
    /not one of yours.*Press again/,
  ],
  ['that somebody else signed', () => service.forge(person(ada)), /not one of yours.*Press again/],
  [
    'without consent',
    async () => {
      service.refuse(refusals.consentMissing);
      return service.signOn(person(ada));
    },
    /agreed.*AADSTS65001.*administrator/,
  ],
  [
    'while a second factor is wanted',
    async () => {
      service.refuse(refusals.secondFactor);
      return service.signOn(person(ada));
    },
    /second factor.*AADSTS50076.*press again/,
  ],
  [
    'of a sign-in that is too old',
    async () => {
      service.refuse(refusals.signInTooOld);
      return service.signOn(person(ada));
    },
    /no longer good.*Press again to sign in anew/,
  ],
  ...(['cut', 'silent', 503] as const).map((how): readonly [string, () => Promise<string>, RegExp] => [
    `while the token service is down (${how})`,
    async () => {
      const token = await service.signOn(person(ada));
      service.breakDown(how);
      return token;
    },
    /could not be reached.*Try again/,
  ]),
])('does nothing, as anybody, with a token %s; somebody with a good one presses afterwards', async (_what, token, says) => {
  const { before, confirm } = await open();
  const messages = room.connector.sent.length;

  const answer = await withToken(ada, confirm, await token());

  expect([answer.http, answer.statusCode, answer.type]).toEqual([200, 200, 'application/vnd.microsoft.card.adaptive']);
  expect(textOf(answer.value)).toMatch(says);
  expect(textOf(answer.value)).toContain('Nothing was changed');
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
  expect(room.audit().at(-1)).toMatchObject({ step: 'refused', who: { id: ada.aadObjectId, name: 'Ada' } });
  // The message that everybody sees is not touched: its Confirm is there for the others.
  expect(room.connector.sent).toHaveLength(messages);

  service.refuse(null);
  service.breakDown(null);
  expect(textOf((await signed(ben, confirm)).value)).toContain('Confirmed by: Ben');
  expect([room.writes(), await callers()]).toEqual([['PATCH 200'], [ben.aadObjectId]]);
});

it('does nothing where the secret of the bot is wrong, and says whose matter that is', async () => {
  const { before, confirm } = await open({ password: 'canary-client-secret-of-last-year' });

  const answer = await signed(ada, confirm);

  expect(textOf(answer.value)).toMatch(/does not accept the registration.*AADSTS7000215.*Nothing was changed.*Tell whoever runs Locksmith/);
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});

it('shows whoever lacks the right in Azure what is missing; somebody who has it presses afterwards', async () => {
  const write = 'Microsoft.ApiManagement/service/subscriptions/write';
  const { before, confirm } = await open({ lab: { deniedFor: { [ada.aadObjectId]: [write] } } });

  const refused = await signed(ada, confirm);

  const said = textOf(refused.value);
  for (const part of [write, 'API Management Service Contributor', 'can grant it', 'az rest --method patch', '/subscriptions/mobile-app']) {
    expect(said).toContain(part);
  }
  expect(JSON.stringify(refused.value)).toContain('https://portal.azure.com/#');
  // Tried once, as Ada; not again, and not as the bot.
  expect([room.writes(), room.estate() === before, state()]).toEqual([['PATCH 403'], true, 'prepared']);

  expect(textOf((await signed(ben, confirm)).value)).toContain('Confirmed by: Ben');
  expect([room.writes(), await callers()]).toEqual([['PATCH 403', 'PATCH 200'], [ben.aadObjectId]]);
});

it('lets the second person agree with their own rights, and the first one ask with none', async () => {
  const { before, confirm } = await open({ two: true });

  expect(textOf((await signed(ada, confirm)).value)).toContain('second person');
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'waiting']);
  expect(textOf((await signed(ada, confirm)).value)).toMatch(/Somebody else who may agree has to press it too/);
  expect((await room.press(cleo, confirm)).statusCode).toBe(401);
  expect(textOf((await withToken(cleo, confirm, await service.signOn(person(ada)))).value)).toContain('not one of yours');
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'waiting']);

  const agreed = textOf((await signed(cleo, confirm)).value);

  expect(agreed).toContain('Asked for by: Ada');
  expect(agreed).toContain('Agreed to by: Cleo');
  expect([room.writes(), await callers()]).toEqual([['PATCH 200'], [cleo.aadObjectId]]);
});

it('applies nothing where nobody said with whose rights, and names the setting', async () => {
  const { before, confirm } = await open({ engine: { actAs: null } });

  const answer = await signed(ada, confirm);

  expect(textOf(answer.value)).toMatch(/LOCKSMITH_ACT_AS/);
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});

it('writes as the bot where the settings say so, whatever token comes along', async () => {
  const { confirm } = await open({ engine: { actAs: 'bot' } });

  expect(textOf((await signed(ada, confirm)).value)).toContain('Confirmed by: Ada');

  expect([room.writes(), await callers()]).toEqual([['PATCH 200'], [botOid]]);
});

it('writes once when Teams delivers the press four times, the later ones with new ids and two with a token', async () => {
  const { confirm } = await open();
  const more = ['delivery-1', 'delivery-2'].map((id) => room.press(ada, confirm, {}, { id }));
  const asked = await Promise.all(more);
  expect(asked.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  expect(asked[0]).toEqual(asked[1]);

  const both = await Promise.all([signed(ada, confirm), signed(ada, confirm)]);
  const late = await signed(ada, confirm);

  for (const { statusCode, value } of [...both, late]) {
    expect(statusCode).toBe(200);
    expect(textOf(value)).toContain('Confirmed by: Ada');
  }
  expect([room.writes(), await callers()]).toEqual([['PATCH 200'], [ada.aadObjectId]]);
  expect(room.audit().filter(({ step }) => step === 'applied')).toHaveLength(1);
});

it('says that it works when the press takes long, writes once, and then shows everybody what came of it', async () => {
  const lab = { faults: ({ method }: { readonly method: string }) => (method === 'PATCH' ? { delayMs: 100 } : undefined) };
  const { confirm } = await open({ lab, pressAnswerMs: 1 });

  const both = await Promise.all([signed(ada, confirm), signed(ada, confirm)]);

  for (const { statusCode, value } of both) expect([statusCode, textOf(value)]).toEqual([200, expect.stringContaining('Still working')]);
  await room.shows('Confirmed by: Ada');
  await room.bot.stop();
  expect([room.writes(), await callers()]).toEqual([['PATCH 200'], [ada.aadObjectId]]);
});

it('leaves the card to the others when it takes long to find out that somebody is not let through', async () => {
  const { before, confirm } = await open({ pressAnswerMs: 1 });
  const token = await service.signOn(person(ada));
  service.breakDown('silent');
  const messages = room.connector.sent.length;

  expect(textOf((await withToken(ada, confirm, token)).value)).toContain('Still working');
  await room.shows('could not be reached');

  expect(room.connector.sent.slice(messages).map(({ how }) => how)).toEqual(['send']);
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});

it('does nothing in another conversation with a good token either, and keeps no token for the next press', async () => {
  const { before, confirm } = await open();
  await room.press(
    ada,
    confirm,
    { authentication: { id: 'x', token: await service.signOn(person(ada)) } },
    {
      conversation: { id: `${channel}-elsewhere`, conversationType: 'channel', tenantId: tenant },
    },
  );

  expect((await room.press(ada, confirm)).statusCode).toBe(401);
  expect([room.writes(), room.estate() === before, state()]).toEqual([[], true, 'prepared']);
});
