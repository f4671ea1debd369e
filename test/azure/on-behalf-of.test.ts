// Acting as the person who pressed, against a token service over TLS: the sign-on exchange, the on-behalf-of grant, every refusal.
import { AzureLogger, setLogLevel } from '@azure/logger';
import { decodeJwt } from 'jose';
import { createOnBehalfOf, type OnBehalfOfOptions } from '../../src/azure/on-behalf-of.ts';
import type { Person } from '../../src/remediation/plan-record.ts';
import { refusals, startTokenService, type TokenRefusal, type TokenService } from '../harness/token-service.ts';

const tenant = '10000000-0000-4000-8000-00000000000a';
const appId = '20000000-0000-4000-8000-00000000000b';
const secret = 'canary-client-secret';
const resource = `api://botid-${appId}`;
const armScope = 'https://management.azure.com/.default';
const megan = { oid: '30000000-0000-4000-8000-00000000000C', name: 'Megan' };
const pressed: Person = { id: megan.oid.toLowerCase(), name: 'Megan', tenant };

let service: TokenService;

beforeAll(async () => {
  service = await startTokenService({ tenant, appId, secret, resource, armScope });
});

afterEach(() => {
  service.refuse(null);
  service.breakDown(null);
  expect(service.strays).toEqual([]);
});

afterAll(() => service.stop());

function opened(own: Partial<OnBehalfOfOptions> = {}) {
  return createOnBehalfOf({
    bot: { appId, password: secret },
    authority: service.authority,
    resource: null,
    armScope,
    allowedTenants: [tenant],
    ca: service.ca,
    ...own,
  });
}

async function refusedWith(signOn: string, who = pressed, own: Partial<OnBehalfOfOptions> = {}) {
  const answer = await opened(own).credentialFor(signOn, who);
  if ('credential' in answer) throw new Error('A credential was handed out');
  expect(answer.says).not.toMatch(/canary|eyJ|raw-entra-text|Trace/);
  expect(answer.says).toContain('Nothing was changed');
  for (const part of signOn.split('.').filter((one) => one.length > 5)) expect(answer.says).not.toContain(part);
  return answer;
}

function asked(): number {
  return service.exchanges.filter(({ grant }) => grant === 'jwt-bearer').length;
}

it('gets a token for ARM that names the person, for the sign-on token that Teams got', async () => {
  const answer = await opened().credentialFor(await service.signOn(megan), pressed);

  if (!('credential' in answer)) throw new Error(answer.says);
  const token = await answer.credential.getToken(armScope);
  expect(decodeJwt(token?.token ?? '')).toMatchObject({ oid: megan.oid, aud: 'https://management.azure.com', scp: 'user_impersonation' });
  expect(service.exchanges.at(-1)).toMatchObject({ grant: 'jwt-bearer', client: appId, proof: 'secret', oid: megan.oid, refused: null });
  expect(service.exchanges.at(-1)?.scope.split(' ')).toContain(armScope);
});

it('has nothing more where ARM asks for more claims, instead of the same token again', async () => {
  const answer = await opened().credentialFor(await service.signOn(megan), pressed);

  if (!('credential' in answer)) throw new Error(answer.says);
  expect(await answer.credential.getToken(armScope, { claims: '{"access_token":{}}' })).toBeNull();
});

it('asks once for the same sign-on token, reads the keys once, and again for another person', async () => {
  const onBehalfOf = opened();
  const signOn = await service.signOn(megan);
  const [before, keysBefore] = [asked(), service.keyReads()];

  await onBehalfOf.credentialFor(signOn, pressed);
  await onBehalfOf.credentialFor(signOn, pressed);
  expect([asked() - before, service.keyReads() - keysBefore]).toEqual([1, 1]);

  const adele = { oid: '30000000-0000-4000-8000-00000000000d', name: 'Adele' };
  await onBehalfOf.credentialFor(await service.signOn(adele), { id: adele.oid, name: 'Adele', tenant });
  expect([asked() - before, service.keyReads() - keysBefore]).toEqual([2, 1]);
});

it('looks at the sign-on token again where the ARM token is still in memory', async () => {
  const onBehalfOf = opened();
  const signOn = await service.signOn(megan);
  await onBehalfOf.credentialFor(signOn, pressed);

  const answer = await onBehalfOf.credentialFor(signOn, { ...pressed, id: 'somebody-else' });
  expect(answer).toMatchObject({ kind: 'refused' });
});

it('keeps no ARM token of a refused exchange', async () => {
  const onBehalfOf = opened();
  const signOn = await service.signOn(megan);
  service.refuse(refusals.consentMissing);
  expect(await onBehalfOf.credentialFor(signOn, pressed)).toMatchObject({ kind: 'refused' });

  service.refuse(null);
  expect(await onBehalfOf.credentialFor(signOn, pressed)).toHaveProperty('credential');
});

it.each([
  ['of v1.0, with the application id URI as audience', { iss: `https://sts.windows.net/${tenant}/`, aud: resource, ver: '1.0' }],
  ['of a member, with both claims about guests', { acct: 0, idp: `https://sts.windows.net/${tenant}/` }],
])('accepts a token %s', async (_, claims) => {
  // The service's own check knows v2.0 tokens only, so that this is about the check in front of it.
  const before = asked();
  await opened().credentialFor(await service.mint(megan, claims), pressed);

  expect(asked() - before).toBe(1);
});

const hour = 3600;
const now = Math.floor(Date.now() / 1000);

it.each([
  ['another audience', { aud: 'api://another' }],
  ['another issuer', { iss: 'https://login.example/other/v2.0' }],
  ['another tenant', { tid: '99999999-0000-4000-8000-00000000000a' }],
  ['no tenant', { tid: undefined }],
  ['another person', { oid: '30000000-0000-4000-8000-00000000ffff' }],
  ['no person', { oid: undefined }],
  ['no end', { exp: undefined }],
  ['a beginning that is to come', { nbf: now + hour }],
  ['no delegated scope, as an application has it', { scp: undefined, roles: ['access_as_user'] }],
  ['another scope', { scp: 'User.Read' }],
  ['a guest by acct', { acct: 1 }],
  ['a guest by acct as text', { acct: '1' }],
  ['a guest by idp', { idp: 'https://sts.windows.net/99999999-0000-4000-8000-00000000000a/' }],
  ['a personal account', { idp: 'live.com' }],
])('refuses a token with %s, and asks for nothing', async (_, claims) => {
  const before = asked();

  expect(await refusedWith(await service.mint(megan, claims))).toMatchObject({ kind: 'refused' });
  expect(asked()).toBe(before);
});

it.each([
  ['forged', () => service.forge(megan)],
  ['without a signature', async () => `${btoa('{"alg":"none"}')}.${(await service.mint(megan)).split('.')[1]}.`.replaceAll('=', '')],
  ['tampered with', async () => tampered(await service.mint(megan))],
  ['no token at all', async () => 'canary-not-a-token'],
  ['empty', async () => ''],
])('refuses a token that is %s, and asks for nothing', async (_, make) => {
  const before = asked();

  expect(await refusedWith(await make())).toMatchObject({ kind: 'refused' });
  expect(asked()).toBe(before);
});

function tampered(token: string): string {
  const [head, , end] = token.split('.');
  const claims = { ...decodeJwt(token), oid: pressed.id, name: 'canary' };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), end].join('.');
}

it('asks for a new sign-in when the token has ended', async () => {
  const before = asked();

  expect(await refusedWith(await service.mint(megan, { exp: now - 60 }))).toMatchObject({ kind: 'sign-in' });
  expect(asked()).toBe(before);
});

it.each([
  ['of another tenant than the token', { ...pressed, tenant: '99999999-0000-4000-8000-00000000000a' }],
  ['who is a guest', { ...pressed, guest: true }],
])('refuses somebody %s', async (_, who) => {
  expect(await refusedWith(await service.signOn(megan), who)).toMatchObject({ kind: 'refused' });
});

it.each<[string, TokenRefusal, string, RegExp]>([
  ['nobody has consented', refusals.consentMissing, 'refused', /agree.*AADSTS65001.*administrator/],
  ['a second factor is wanted', refusals.secondFactor, 'refused', /second factor.*AADSTS50076/],
  ['conditional access says no', { status: 400, error: 'invalid_grant', code: 53003 }, 'refused', /managed device/],
  ['the sign-in is too old', refusals.signInTooOld, 'sign-in', /no longer good.*Press again/],
  ['the assertion has ended on the way', refusals.expired, 'sign-in', /Press again/],
  ['the secret is wrong', refusals.wrongSecret, 'operator', /AADSTS7000215.*whoever runs/],
  ['the account is switched off', { status: 400, error: 'invalid_grant', code: 50057 }, 'refused', /your account/],
  ['an unknown number means more interaction', { status: 400, error: 'interaction_required', code: 99999 }, 'refused', /second factor/],
  ['an unknown number is the registration', { status: 401, error: 'invalid_client', code: 99998 }, 'operator', /whoever runs/],
  ['nothing of it is known', { status: 400, error: 'something_new', code: 99997 }, 'refused', /AADSTS99997/],
])('says what to do when %s', async (_, refusal, kind, says) => {
  const signOn = await service.signOn(megan);
  service.refuse(refusal);

  const answer = await refusedWith(signOn);
  expect([answer.kind, answer.says]).toEqual([kind, expect.stringMatching(says)]);
});

it('says that the registration is at fault when its own secret is wrong', async () => {
  const answer = await refusedWith(await service.signOn(megan), pressed, { bot: { appId, password: 'canary-old-secret' } });

  expect(answer.kind).toBe('operator');
});

it.each(['cut', 502] as const)('says that Entra cannot be reached when it breaks down: %s', async (how) => {
  const signOn = await service.signOn(megan);
  service.breakDown(how);

  expect(await refusedWith(signOn)).toMatchObject({ kind: 'unavailable' });
});

it('does not wait for ever', async () => {
  const signOn = await service.signOn(megan);
  service.breakDown('silent');

  expect(await refusedWith(signOn, pressed, { timeoutMs: 200 })).toMatchObject({ kind: 'unavailable' });
});

it('says that Entra cannot be reached when its certificate is not trusted', async () => {
  const bot = { appId, password: secret };
  const onBehalfOf = createOnBehalfOf({ bot, authority: service.authority, resource: null, armScope, allowedTenants: [tenant] });

  expect(await onBehalfOf.credentialFor(await service.signOn(megan), pressed)).toMatchObject({ kind: 'unavailable' });
});

it('proves a bot without a secret by its managed identity, as the registration that the resource names', async () => {
  const own = { bot: { appId: '40000000-0000-4000-8000-00000000000e', password: null }, resource };
  const answer = await opened({ ...own, assertion: service.clientAssertion }).credentialFor(await service.signOn(megan), pressed);

  expect(answer).toHaveProperty('credential');
  expect(service.exchanges.at(-1)).toMatchObject({ client: appId, proof: 'assertion', oid: megan.oid, refused: null });
});

it('says that the registration is at fault when what a managed identity shows is not accepted', async () => {
  const own = { bot: { appId, password: null }, assertion: async () => 'canary.of.nobody' };

  expect(await refusedWith(await service.signOn(megan), pressed, own)).toMatchObject({ kind: 'operator' });
});

it('asks Teams for the resource of the settings, else for that of the bot', () => {
  expect(opened().resource).toBe(resource);
  expect(opened({ resource: 'api://other' }).resource).toBe('api://other');
});

it("leaves no token and no secret in a log line, also with the SDK's own logs at their loudest", async () => {
  const [lines, log] = [[] as unknown[], AzureLogger.log];
  const printed = [process.stderr, process.stdout].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => !!lines.push(text)),
  );
  AzureLogger.log = (...words) => void lines.push(...words);
  setLogLevel('verbose');
  const signOn = await service.signOn(megan);
  try {
    const answer = await opened().credentialFor(signOn, pressed);
    service.refuse(refusals.consentMissing);
    await opened().credentialFor(signOn, pressed);
    if (!('credential' in answer)) throw new Error(answer.says);
    lines.push(`told: ${(await answer.credential.getToken(armScope))?.token.split('.')[0]?.length}`);
  } finally {
    setLogLevel(undefined);
    AzureLogger.log = log;
    for (const spy of printed) spy.mockRestore();
  }
  const all = lines.map(String).join('\n');
  expect(all.length).toBeGreaterThan(1000);
  expect(all).not.toContain(secret);
  expect(all).not.toMatch(/eyJ[\w-]{10}/);
});
