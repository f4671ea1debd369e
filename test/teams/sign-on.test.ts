// The forms of Teams' single sign-on inside Action.Execute, and what a malformed one must not do.
import fc from 'fast-check';
import { consentPage, loginRequest, signOnId, signOnOf } from '../../src/teams/sign-on.ts';

const resource = 'api://botid-20000000-0000-4000-8000-00000000000b';
const token = 'aGVhZA.Y2xhaW1z.c2lnbmF0dXJl';
const page = 'https://login.microsoftonline.com/t/adminconsent?client_id=a';

function pressed(authentication: unknown): unknown {
  return { action: { type: 'Action.Execute', id: 'a', verb: 'fix', data: { plan: 'p' } }, trigger: 'manual', authentication };
}

function good(own: object = {}): object {
  return { id: 'request-1', connectionName: 'locksmith-sign-on', token, ...own };
}

it('asks Teams for a token in the form of its loginRequest', () => {
  const { status, body } = loginRequest({ id: 'request-1', resource, page });

  expect(status).toBe(200);
  expect(body).toEqual({
    statusCode: 401,
    type: 'application/vnd.microsoft.activity.loginRequest',
    value: {
      text: expect.stringMatching(/^Sign in/),
      connectionName: 'locksmith-sign-on',
      tokenExchangeResource: { id: 'request-1', uri: resource },
      buttons: [{ type: 'signin', title: 'Sign in', text: 'Sign in', value: page }],
    },
  });
});

it('takes what Teams sends back, for the request that it belongs to', () => {
  const { tokenExchangeResource, connectionName } = loginRequest({ id: 'request-1', resource, page }).body.value;

  const again = pressed({ id: tokenExchangeResource.id, connectionName, token });
  expect(signOnOf(again)).toEqual({ id: 'request-1', token });
});

it('takes it without the name, which Teams may leave out', () => {
  expect(signOnOf(pressed({ id: 'request-1', token }))).toEqual({ id: 'request-1', token });
});

it.each([
  ['no value', undefined],
  ['null', null],
  ['text', 'authentication'],
  ['a list', [{ authentication: good() }]],
  ['no authentication', pressed(undefined)],
  ['authentication as null', pressed(null)],
  ['authentication as text', pressed(token)],
  ['authentication as a list', pressed([good()])],
  ['authentication inside the data', { action: { type: 'Action.Execute', verb: 'fix', data: { authentication: good() } } }],
  ['authentication inside authentication', pressed({ authentication: good() })],
  ['authentication of the prototype', Object.create({ authentication: good() })],
  ['no token', pressed(good({ token: undefined }))],
  ['an empty token', pressed(good({ token: '' }))],
  ['a token that is an object', pressed(good({ token: { toString: () => token } }))],
  ['a token that is a list', pressed(good({ token: [token] }))],
  ['a token of two parts', pressed(good({ token: 'a.b' }))],
  ['a token with a line break', pressed(good({ token: `${token}\r\nX-Header: 1` }))],
  ['a token and a line break', pressed(good({ token: `${token}\n` }))],
  ['a token of a megabyte', pressed(good({ token: `a.${'b'.repeat(1_000_000)}.c` }))],
  ['no id', pressed(good({ id: undefined }))],
  ['an empty id', pressed(good({ id: '' }))],
  ['an id that is a number', pressed(good({ id: 7 }))],
  ['an id of a megabyte', pressed(good({ id: 'i'.repeat(1_000_000) }))],
  ['a connection that is an object', pressed(good({ connectionName: {} }))],
  ['the code of a page, which is no token', { ...(pressed(undefined) as object), state: '123456' }],
])('ignores %s', (_, value) => {
  expect(signOnOf(value)).toBeNull();
});

it('never throws and never takes anything but text of its own form, whatever is sent', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), (anything) => {
      for (const value of [anything, pressed(anything), pressed(good({ token: anything })), pressed(good({ id: anything }))]) {
        const found = signOnOf(value);
        if (found !== null) expect(found).toEqual({ id: expect.any(String), token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
      }
    }),
  );
});

const press = { verb: 'fix', data: { plan: 'p', seen: 'd' }, who: 'megan', conversation: 'c1' };

it('knows the press that comes again by its id, and no other', () => {
  const id = signOnId(press);

  expect(signOnId(structuredClone(press))).toBe(id);
  expect(id).toMatch(/^[\w-]{32}$/);
  const others = [{ verb: 'undo' }, { data: { plan: 'q', seen: 'd' } }, { who: 'adele' }, { conversation: 'c2' }];
  expect(new Set([id, ...others.map((other) => signOnId({ ...press, ...other }))]).size).toBe(5);
});

it('sends an administrator to the page of the tenant where the bot is agreed to', () => {
  expect(consentPage('https://login.microsoftonline.com', 'a-tenant', 'an app')).toBe(
    'https://login.microsoftonline.com/a-tenant/adminconsent?client_id=an%20app',
  );
});
