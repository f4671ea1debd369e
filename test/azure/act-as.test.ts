// Whose rights a write has: of the person, of the bot, or nobody's. Against the lab, with a token service beside it.
import { decodeJwt } from 'jose';
import { type ActAsOptions, createActAs } from '../../src/azure/act-as.ts';
import type { ArmHttp } from '../../src/azure/arm-http.ts';
import { createOnBehalfOf, type OnBehalfOf } from '../../src/azure/on-behalf-of.ts';
import type { Press } from '../../src/remediation/plan-record.ts';
import { refusals, startTokenService, type TokenService } from '../harness/token-service.ts';

const tenant = '10000000-0000-4000-8000-00000000000a';
const appId = '20000000-0000-4000-8000-00000000000b';
const secret = 'canary-client-secret';
const armScope = 'https://management.azure.com/.default';
const megan = { oid: '30000000-0000-4000-8000-00000000000c', name: 'Megan' };
const who = { id: megan.oid, name: 'Megan', tenant };
const on = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso/subscriptions/s1';
const change = { on, field: 'properties.state', before: 'suspended', after: 'active', etag: '"AAAA"' };

let service: TokenService;
let onBehalfOf: OnBehalfOf;

beforeAll(async () => {
  service = await startTokenService({ tenant, appId, secret, resource: `api://botid-${appId}`, armScope });
  const { authority, ca } = service;
  onBehalfOf = createOnBehalfOf({ bot: { appId, password: secret }, authority, resource: null, armScope, allowedTenants: [tenant], ca });
});
afterAll(() => service.stop());

/** Writes as whom: the name in the token, or `bot`. */
function opened(own: Partial<ActAsOptions>) {
  const writes: string[] = [];
  const http = (whose: () => Promise<string>): ArmHttp => ({
    endpoint: 'https://management.example',
    read: async () => Promise.reject(new Error('Nothing is read here.')),
    write: async () => {
      writes.push(await whose());
      return { kind: 'answer', status: 200, body: null, etag: '"BBBB"', requestId: 'r-1', date: null, retryAfterMs: null };
    },
  });
  const actAs = createActAs({
    actAs: null,
    botHttp: http(async () => 'bot'),
    armFor: (credential) => http(async () => String(decodeJwt((await credential.getToken(armScope))?.token ?? '').name)),
    onBehalfOf,
    timeoutMs: 1000,
    hash: () => 'hash',
    onWrite: () => writes.push('counted'),
    ...own,
  });
  const write = async (press: Partial<Press>) => {
    const writer = await actAs({ who, conversation: 'c', ...press });
    return 'says' in writer ? writer : writer.write(change);
  };
  return { writes, write };
}

it('writes as the person who pressed', async () => {
  const { writes, write } = opened({ actAs: 'person' });

  expect(await write({ signOn: await service.signOn(megan) })).toEqual({ kind: 'done', requestId: 'r-1', etag: '"BBBB"' });
  expect(writes).toEqual(['counted', 'Megan']);
});

it.each([undefined, null, ''])('asks the person to sign in when no token came: %p', async (signOn) => {
  const { writes, write } = opened({ actAs: 'person' });

  expect(await write(signOn === undefined ? {} : { signOn })).toEqual({
    kind: 'sign-in',
    says: expect.stringMatching(/Nothing was changed.*Press again/),
  });
  expect(writes).toEqual([]);
});

it('writes nothing, as nobody, when Entra refuses the person', async () => {
  const { writes, write } = opened({ actAs: 'person' });
  const signOn = await service.signOn(megan);
  service.refuse(refusals.secondFactor);

  expect(await write({ signOn })).toMatchObject({ kind: 'refused', says: expect.stringContaining('Nothing was changed') });
  expect(writes).toEqual([]);
  service.refuse(null);
});

it("refuses somebody else's token", async () => {
  const { writes, write } = opened({ actAs: 'person' });

  expect(await write({ signOn: await service.signOn(megan), who: { ...who, id: 'adele' } })).toMatchObject({ kind: 'refused' });
  expect(writes).toEqual([]);
});

it('writes as the bot only where the settings say so, also when a token came', async () => {
  const { writes, write } = opened({ actAs: 'bot' });

  expect(await write({ signOn: await service.signOn(megan) })).toMatchObject({ kind: 'done' });
  expect(writes).toEqual(['counted', 'bot']);
});

it('writes as nobody when the settings say nothing, and names the setting', async () => {
  const { writes, write } = opened({ actAs: null });

  expect(await write({ signOn: await service.signOn(megan) })).toEqual({
    says: expect.stringMatching(/nothing was changed.*LOCKSMITH_ACT_AS.*"person".*"bot"/),
  });
  expect(writes).toEqual([]);
});

it('says what is missing when there is no registration to sign in to', async () => {
  const { writes, write } = opened({ actAs: 'person', onBehalfOf: null });

  expect(await write({ signOn: await service.signOn(megan) })).toEqual({
    says: expect.stringMatching(/nothing was changed.*MicrosoftAppId/),
  });
  expect(writes).toEqual([]);
});
