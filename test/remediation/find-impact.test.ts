// What the preview says of a change beyond the change: against the lab, through the real reader.
import { createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmReader } from '../../src/azure/arm-reader.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import type { Change } from '../../src/causes/contract.ts';
import { type Lab, type LabRequest, startLab } from '../../src/lab/lab.ts';
import { tagOfPipeline } from '../../src/remediation/as-code.ts';
import { createFindImpact } from '../../src/remediation/find-impact.ts';
import type { Impact } from '../../src/remediation/impact.ts';
import { estateOf, serviceId } from '../harness/healthy-estate.ts';

interface Found extends Impact {
  readonly asked: readonly LabRequest[];
}

interface Given {
  readonly given?: Readonly<Record<string, unknown>>;
  readonly denied?: readonly string[];
  readonly managedAsCode?: readonly string[];
  /** Other changes of the plan. */
  readonly more?: readonly Change[];
}

/** The impact of one change, `on` relative to the service. */
async function impactOf(on: string, field: string, before: unknown, after: unknown, estate: Given = {}): Promise<Found> {
  const { given = {}, denied, managedAsCode = [], more = [] } = estate;
  const lab = await startLab({ estate: estateOf({ given, ...(denied ? { denied } : {}) }) });
  try {
    const http = createArmHttp({
      endpoint: lab.managementUrl,
      scope: `${lab.managementUrl}/.default`,
      credential: labCredential(),
      ca: lab.ca,
    });
    const find = createFindImpact({ reader: () => createArmReader({ http, deadlineMs: 10_000 }), managedAsCode });
    const impact = await find([{ on: `${serviceId}/${on}`, field, before, after }, ...more], serviceId);
    expectModest(lab);
    return { ...impact, asked: [...lab.requests] };
  } finally {
    await lab.stop();
  }
}

/** Never more than four reads, and never anything but reads. */
function expectModest({ requests }: Lab): void {
  expect(requests.length).toBeLessThanOrEqual(4);
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
}

const link = (name: string) => ({ id: `${serviceId}/${name}` });

function subscription(displayName: string, scope: string, state = 'active') {
  return { properties: { displayName, scope, state } };
}

describe('an API that is put into a product', () => {
  const add = (estate: Given = {}) => impactOf('products/starter/apis/orders', '', null, link('products/starter/apis/orders'), estate);

  it('counts and names those who can call it from then on', async () => {
    const partner = subscription('Partner', '/products/starter');
    const off = subscription('Off', '/products/starter', 'suspended');
    const { affects, wider, noWayBack, asCode } = await add({ given: { 'subscriptions/p2': partner, 'subscriptions/off': off } });
    expect(affects).toEqual([
      '2 active subscriptions of the product Starter (Mobile app and Partner) can call the API orders from then on.',
    ]);
    expect(wider).toBe(
      'Every active key of the product Starter opens the API orders, not only one of them; so do keys that it gives out later.',
    );
    expect([noWayBack, asCode]).toEqual([null, null]);
  });

  it('names three of many', async () => {
    const given = Object.fromEntries(
      ['A', 'B', 'C', 'D'].map((name) => [`subscriptions/${name}`, subscription(`App ${name}`, '/products/starter')]),
    );
    const { affects } = await add({ given });
    expect(affects[0]).toMatch(/^5 active subscriptions of the product Starter \(.*, .*, .* and 2 more\) can call/);
  });

  it('says that the product has a policy of its own, and that nobody has a key', async () => {
    const value = '<policies><inbound><base /></inbound></policies>';
    const given = { 'subscriptions/mobile-app': null, 'products/starter/policies/policy': { properties: { format: 'rawxml', value } } };
    expect((await add({ given })).affects).toEqual([
      'The product Starter has no active subscription, so no key is concerned at present.',
      'The product Starter has a policy of its own (limits, checks), which then runs for these calls.',
    ]);
  });

  it('says that a product without keys lets everybody in', async () => {
    const { affects, wider } = await add({ given: { 'products/starter': { properties: { subscriptionRequired: false } } } });
    expect(affects[0]).toBe('The product Starter needs no key: calls of the API orders without one are let in from then on.');
    expect(wider).toBe('Anybody can call the API orders without a key.');
  });

  it('says what could not be read, and by which permission', async () => {
    const { affects, wider } = await add({ denied: ['Microsoft.ApiManagement/service/products/subscriptions/read'] });
    expect(affects[0]).toMatch(/^Which subscriptions the product Starter has could not be read: .*products\/subscriptions\/read/);
    expect(wider).not.toBeNull();
  });

  it('and taken out again, for its undo', async () => {
    const { affects, wider, noWayBack } = await impactOf('products/starter/apis/echo', '', link('products/starter/apis/echo'), null);
    expect(affects).toEqual([
      '1 active subscription of the product Starter (Mobile app) can no longer call the API echo: a call with their keys gets a 401.',
    ]);
    expect([wider, noWayBack]).toEqual([null, null]);
  });
});

it('says of a link in a workspace whose keys open the API', async () => {
  const given = {
    'workspaces/sales': { properties: { displayName: 'Sales' } },
    'workspaces/sales/apis/leads': { properties: { displayName: 'Leads', path: 'leads', protocols: ['https'] } },
    'workspaces/sales/products/gold': { properties: { displayName: 'Gold', state: 'published', subscriptionRequired: true } },
    'workspaces/sales/subscriptions/agent': subscription('Agent', '/workspaces/sales/products/gold'),
    'workspaces/sales/subscriptions/other': subscription('Other', '/workspaces/sales/apis'),
  };
  const after = { properties: { apiId: `${serviceId}/workspaces/sales/apis/leads` } };
  const { affects } = await impactOf('workspaces/sales/products/gold/apiLinks/l1', '', null, after, { given });
  expect(affects).toEqual(['1 active subscription of the product Gold (Agent) can call the API leads from then on.']);
});

describe('an API on a gateway', () => {
  const given = { 'gateways/edge': { properties: { locationData: { name: 'Here' } } } };

  it('says who can call it there', async () => {
    const { affects, wider } = await impactOf('gateways/edge/apis/echo', '', null, link('gateways/edge/apis/echo'), { given });
    expect(affects).toEqual([
      expect.stringMatching(/^Everybody who reaches the gateway edge .* 3 active subscriptions can call it \(.*Mobile app.*\)\.$/),
    ]);
    expect(wider).toBe('The API echo can be called through the gateway edge too.');
  });

  it('and taken off', async () => {
    const { affects, wider } = await impactOf('gateways/edge/apis/echo', '', link('gateways/edge/apis/echo'), null, { given });
    expect(affects).toEqual(['Calls of the API echo through the gateway edge are not answered any more. Other gateways keep it.']);
    expect(wider).toBeNull();
  });
});

describe('the state of a subscription', () => {
  const state = (name: string, before: string, after: string, given: Given['given'] = {}) =>
    impactOf(`subscriptions/${name}`, 'properties.state', before, after, { given });

  it('says which APIs of its product the keys open', async () => {
    const given = { 'products/starter/apis/orders': {}, 'subscriptions/mobile-app': { properties: { state: 'suspended' } } };
    const { affects, wider } = await state('mobile-app', 'suspended', 'active', given);
    expect(affects).toEqual([
      'Whoever holds a key of the subscription Mobile app can call 2 APIs (Echo API and Orders API) of the product Starter.',
    ]);
    expect(wider).toBe('The keys of the subscription Mobile app work from then on; in the state "suspended" they open nothing.');
  });

  it.each([
    ['/apis/orders', 'the API Orders API'],
    ['/apis', 'every API of the service: 2 APIs (Echo API and Orders API)'],
    [`${serviceId}/`, 'every API of the service: 2 APIs (Echo API and Orders API)'],
    ['/products/starter', '1 API (Echo API) of the product Starter'],
    ['/products/gone', 'nothing, because there is no product gone'],
    ['/apis/gone', 'nothing, because there is no API gone'],
    ['/apis/echo;rev=1', 'nothing, because the scope /apis/echo;rev=1 cannot be read: it names a revision (;rev=1)'],
  ])('says what the scope %s opens', async (scope, words) => {
    const { affects, wider } = await state('s', 'submitted', 'active', { 'subscriptions/s': subscription('S', scope, 'submitted') });
    expect(affects[0]).toContain(`can call ${words}`);
    expect(wider === null).toBe(words.startsWith('nothing'));
  });

  it('says what is lost when it is suspended again', async () => {
    const { affects, wider, noWayBack } = await state('mobile-app', 'active', 'suspended');
    expect(affects).toEqual([
      'Whoever holds a key of the subscription Mobile app gets a 401 from then on. Until now these keys open 1 API (Echo API) of the product Starter.',
    ]);
    expect([wider, noWayBack]).toEqual([null, null]);
  });

  it('opens nothing between two states that are not active', async () => {
    const { affects, wider, asked } = await state('mobile-app', 'submitted', 'rejected');
    expect(affects).toEqual(['Nobody who calls: its keys open nothing in either state.']);
    expect(wider).toBeNull();
    expect(asked.map(({ path }) => path)).toEqual([serviceId]);
  });

  it('in a workspace, by what the workspace has', async () => {
    const given = {
      'workspaces/sales': { properties: { displayName: 'Sales' } },
      'workspaces/sales/apis/leads': { properties: { displayName: 'Leads', path: 'leads', protocols: ['https'] } },
      'workspaces/sales/subscriptions/agent': subscription('Agent', '/workspaces/sales/apis/leads', 'suspended'),
    };
    const { affects } = await impactOf('workspaces/sales/subscriptions/agent', 'properties.state', 'suspended', 'active', { given });
    expect(affects).toEqual(['Whoever holds a key of the subscription Agent can call the API Leads.']);
  });

  it('is wider for a subscription that could not be read', async () => {
    const { affects, wider } = await impactOf('subscriptions/mobile-app', 'properties.state', 'suspended', 'active', {
      denied: ['Microsoft.ApiManagement/service/subscriptions/read'],
    });
    expect(affects[0]).toMatch(/^Which APIs its keys open could not be read: .*subscriptions\/read/);
    expect(wider).toBe('Everybody who holds one of its keys can call again.');
  });
});

describe('the scope of a subscription', () => {
  it('says what its keys open, and whether the old one can be put back', async () => {
    const given = { 'subscriptions/s': subscription('S', '/apis/', 'active') };
    const { affects, wider, noWayBack } = await impactOf('subscriptions/s', 'properties.scope', '/products//starter', '/products/starter', {
      given,
    });
    expect(affects).toEqual(['Whoever holds a key of S can call 1 API (Echo API) of the product Starter.']);
    expect(wider).toMatch(/open what the scope \/products\/starter covers/);
    expect(noWayBack).toBe('Azure refuses to store the scope /products//starter again, because it is malformed.');
  });

  it('can be put back when only a revision is too much', async () => {
    const { noWayBack } = await impactOf('subscriptions/mobile-app', 'properties.scope', '/apis/echo;rev=1', '/apis/echo');
    expect(noWayBack).toBeNull();
  });

  it('is not wider when the new one opens nothing, and says what is lost', async () => {
    const { affects, wider } = await impactOf('subscriptions/mobile-app', 'properties.scope', '/apis/echo', '/apis/gone');
    expect(affects[0]).toMatch(/nothing, because there is no API gone.*What they opened by \/apis\/echo and is not among these gets a 401/);
    expect(wider).toBeNull();
  });

  it('says when the subscription sleeps', async () => {
    const given = { 'subscriptions/mobile-app': { properties: { state: 'suspended' } } };
    const { affects } = await impactOf('subscriptions/mobile-app', 'properties.scope', '/apis/echo', '/apis/orders', { given });
    expect(affects[0]).toContain('It is suspended at present');
  });
});

describe('a whole subscription', () => {
  const after = { properties: { scope: '/apis/orders', displayName: 'Orders for the app', state: 'active' } };

  it('that is new is two more keys', async () => {
    const { affects, wider, noWayBack } = await impactOf('subscriptions/fresh', '', null, after);
    expect(affects).toEqual(['Nobody who calls today: the keys are new, and all others stay as they are.']);
    expect(wider).toBe('There are two keys more: whoever gets one of Orders for the app can call the API Orders API.');
    expect(noWayBack).toBeNull();
  });

  it('that is only asked for opens nothing yet', async () => {
    const { affects, wider } = await impactOf('subscriptions/fresh', '', null, { properties: { ...after.properties, state: 'submitted' } });
    expect(affects[1]).toBe('The keys of Orders for the app open nothing until the subscription is active.');
    expect(wider).toBeNull();
  });

  it('that goes takes its keys along for good', async () => {
    const { affects, wider, noWayBack } = await impactOf('subscriptions/mobile-app', '', after, null);
    expect(affects).toEqual(['Whoever holds a key of the subscription Mobile app gets a 401 from then on.']);
    expect(wider).toBeNull();
    expect(noWayBack).toMatch(/cannot be brought back/);
  });
});

describe('the names of the key', () => {
  const custom = { header: 'X-Key', query: 'subscription-key' };
  const defaults = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

  it('counts those who can call the API, and says which name they must not send any more', async () => {
    const { affects, wider, noWayBack } = await impactOf('apis/echo', 'properties.subscriptionKeyParameterNames', custom, defaults);
    expect(affects).toHaveLength(1);
    expect(affects[0]).toMatch(/^4 active subscriptions can call it|^3 active subscriptions can call it/);
    expect(affects[0]).toContain('Mobile app');
    expect(affects[0]).not.toContain('Partner app');
    expect(affects[0]).toMatch(
      /send the key in the header X-Key \(Ocp-Apim-Subscription-Key is read in its place\) get a 401 from then on\.$/,
    );
    expect([wider, noWayBack]).toEqual([null, null]);
  });

  it('the other way round, from names that were never given', async () => {
    const after = { header: 'X-Key', query: 'key' };
    const { affects } = await impactOf('apis/echo', 'properties.subscriptionKeyParameterNames', null, after);
    expect(affects[0]).toMatch(
      /header Ocp-Apim-Subscription-Key \(X-Key is read.*\) or in the query parameter subscription-key \(key is read/,
    );
  });

  it('says that more subscriptions exist than it looked at', async () => {
    const many = Array.from(
      { length: 130 },
      (_, index) => [`subscriptions/a${index}`, subscription(`App ${index}`, '/apis/echo')] as const,
    );
    const { affects } = await impactOf('apis/echo', 'properties.subscriptionKeyParameterNames', custom, defaults, {
      given: Object.fromEntries(many),
    });
    expect(affects[0]).toMatch(/^At least \d+ active subscriptions can call it .*Only the first 100 of 13\d were looked at\./);
  });

  it('says what could not be read', async () => {
    const { affects } = await impactOf('apis/echo', 'properties.subscriptionKeyParameterNames', custom, defaults, {
      denied: ['Microsoft.ApiManagement/service/subscriptions/read'],
    });
    expect(affects[0]).toMatch(/^How many subscriptions can call it could not be read: .*subscriptions\/read.*X-Key/);
  });
});

it('says that a key is not wanted any more', async () => {
  const { wider } = await impactOf('apis/echo', 'properties.subscriptionRequired', true, false);
  expect(wider).toBe('Anybody can call the API without a key.');
  expect((await impactOf('apis/echo', 'properties.subscriptionRequired', false, true)).wider).toBeNull();
});

it("says that an operation's definition is for consoles, with and without the header", async () => {
  const [without, withHeader] = [{ headers: [] }, { headers: [{ name: 'Ocp-Apim-Subscription-Key', defaultValue: 'a10f…' }] }];
  for (const [before, after] of [
    [withHeader, without],
    [without, withHeader],
  ]) {
    const { affects, wider, noWayBack } = await impactOf('apis/echo/operations/get', 'properties.request', before, after);
    expect(affects[0]).toMatch(/^Test consoles and the developer portal/);
    expect([wider, noWayBack]).toEqual([null, null]);
  }
});

describe('what cannot be taken back', () => {
  it('is a secret that is fetched again', async () => {
    const given = { 'namedValues/key': { properties: { displayName: 'backend-key', secret: true, value: 'x' } } };
    const { affects, wider, noWayBack } = await impactOf('namedValues/key', '!refreshSecret', null, null, { given });
    expect(affects[0]).toMatch(/named value backend-key .*Which policies use it is not known/);
    expect(wider).toBeNull();
    expect(noWayBack).toMatch(/The secret that backend-key had until now cannot be put back/);
  });

  it.each([
    ['Primary', 'primary', 'secondary'],
    ['Secondary', 'secondary', 'primary'],
  ])('is a %s key that is replaced', async (action, key, other) => {
    const { affects, wider, noWayBack } = await impactOf('subscriptions/mobile-app', `!regenerate${action}Key`, null, null);
    expect(affects[0]).toBe(
      `Every caller who sends the ${key} key of Mobile app gets a 401 from then on, until it has the new one. The ${other} key keeps working.`,
    );
    expect(affects[1]).toMatch(/not known.*logs/);
    expect(wider).toBeNull();
    expect(noWayBack).toMatch(/cannot be brought back/);
  });

  it('is nothing, where the same is saved again', async () => {
    const names = await impactOf('subscriptions/mobile-app', 'properties.displayName', 'Mobile app', 'Mobile app');
    const text = '<policies>\n</policies>';
    const policy = await impactOf('apis/echo/policies/policy', 'properties.value', text, text);
    for (const { affects, wider, noWayBack } of [names, policy]) {
      expect(affects).toEqual([expect.stringMatching(/^Nobody: /)]);
      expect(wider).toBeNull();
      expect(noWayBack).toBe('Saving again changes no value, so there is nothing to take back.');
    }
  });
});

it.each([
  ['blocked', 'active', '1 active subscription (Mobile app) of this user work again', true],
  ['active', 'blocked', '1 active subscription (Mobile app) of this user get a 401 from then on', false],
])('says what a user has: %s -> %s', async (before, after, words, isWider) => {
  const given = {
    'users/u': { properties: { email: 'u@contoso.example', firstName: 'U', lastName: 'V', state: before } },
    'subscriptions/mobile-app': { properties: { ownerId: `${serviceId}/users/u` } },
  };
  const { affects, wider } = await impactOf('users/u', 'properties.state', before, after, { given });
  expect(affects[0]).toContain(words);
  expect(affects[1]).toMatch(/developer portal/);
  expect(wider !== null).toBe(isWider);
});

describe('a policy', () => {
  const jwt = (inside: string, attributes = '') =>
    `<policies>\n<inbound>\n<validate-jwt header-name="Authorization"${attributes}>\n${inside}\n</validate-jwt>\n</inbound>\n</policies>`;
  const audiences = (...all: readonly string[]) => `<audiences>${all.map((one) => `<audience>${one}</audience>`).join('\n')}</audiences>`;

  it.each([
    [
      'policies/policy',
      /^Every call of 2 APIs \(Echo API and Orders API\) of the service goes through this document, except where .* <base \/>\.$/,
    ],
    ['products/starter/policies/policy', /^Calls of 1 API \(Echo API\) with a key of the product Starter go through this document\.$/],
    [
      'apis/echo/policies/policy',
      /^Every call of 2 operations \(.*Get a resource.*\) of the API Echo API goes through this document, except /,
    ],
    ['apis/echo/operations/get/policies/policy', /^Only calls of the operation Get a resource of the API echo go through this document\.$/],
    ['policyFragments/f', /^Calls of every API whose policy includes this fragment/],
  ])('at %s says which calls go through it', async (on, words) => {
    const { affects } = await impactOf(on, 'properties.value', jwt(audiences('a')), jwt(audiences('a', 'b')));
    expect(affects[0]).toMatch(words);
  });

  const inbound = (inside: string) => `<policies><inbound>${inside}</inbound></policies>`;

  it.each([
    ['one audience more', jwt(audiences('a')), jwt(audiences('a', 'b')), /^Tokens made for b are accepted from then on\.$/],
    [
      'an application',
      jwt('<client-application-ids><application-id>a</application-id></client-application-ids>'),
      jwt('<client-application-ids><application-id>a</application-id><application-id>b</application-id></client-application-ids>'),
      /^The application b gets in from then on\.$/,
    ],
    [
      'an issuer',
      jwt('<issuers><issuer>a</issuer></issuers>'),
      jwt('<issuers><issuer>a</issuer><issuer>b</issuer></issuers>'),
      /issued by b/,
    ],
    ['clock skew', jwt(audiences('a')), jwt(audiences('a'), ' clock-skew="300"'), /^Tokens are accepted up to 5 minutes past their end/],
    ['more clock skew', jwt('', ' clock-skew="60"'), jwt('', ' clock-skew="90"'), /90 seconds .*until now 1 minute/],
    ['no end needed', jwt(''), jwt('', ' require-expiration-time="false"'), /^Tokens without an end are accepted/],
    [
      'the check gone',
      inbound('<validate-jwt header-name="A"/><set-header name="x"/>'),
      inbound('<set-header name="x"/>'),
      /^The validate-jwt on line 1 does not stop/,
    ],
    ['a header check gone', inbound('<check-header name="x"><value>1</value></check-header>'), inbound(''), /check-header/],
    [
      'a header value',
      inbound('<check-header name="x"><value>1</value></check-header>'),
      inbound('<check-header name="x"><value>1</value><value>2</value></check-header>'),
      /value 2/,
    ],
    [
      'an address',
      inbound('<ip-filter action="allow"><address>1</address></ip-filter>'),
      inbound('<ip-filter action="allow"><address>1</address><address>2</address></ip-filter>'),
      /from 2/,
    ],
    [
      'an address less forbidden',
      inbound('<ip-filter action="forbid"><address>1</address><address>2</address></ip-filter>'),
      inbound('<ip-filter action="forbid"><address>1</address></ip-filter>'),
      /may get in/,
    ],
    [
      'audiences not asked',
      jwt(`${audiences('a')}<issuers/>`),
      jwt('<issuers/>'),
      /^The validate-jwt does not ask for its audiences any more\.$/,
    ],
    [
      'a claim less',
      jwt('<required-claims><claim name="a"/><claim name="b"/></required-claims>'),
      jwt('<required-claims><claim name="a"/></required-claims>'),
      /without the removed claim/,
    ],
    [
      '<base /> gone',
      inbound('<base /><set-header name="x"/>'),
      inbound('<set-header name="x"/>'),
      /^What stands above this scope does not run/,
    ],
    ['the order of checks and answers', inbound('<a/><return-response/>'), inbound('<return-response/><a/>'), /^It may become wider/],
    ['another statement', inbound('<base />'), inbound('<base /><set-backend-service base-url="https://x"/>'), /^It may become wider/],
    [
      'a header that is set',
      inbound('<set-header name="a"><value>1</value></set-header>'),
      inbound('<set-header name="a"><value>2</value></set-header>'),
      /^It may become wider/,
    ],
    ['an expression for the skew', jwt(''), jwt('', ' clock-skew="@(1)"'), /^It may become wider/],
    ['what is not XML', inbound(''), '<policies>', /^It may become wider/],
    ['the last audience gone', jwt(audiences('a')), jwt(audiences()), /^It may become wider/],
    [
      'a value of a claim, one is enough',
      jwt('<required-claims><claim name="a" match="any"><value>1</value></claim></required-claims>'),
      jwt('<required-claims><claim name="a" match="any"><value>1</value><value>2</value></claim></required-claims>'),
      /value 2/,
    ],
  ])('lets more in: %s', async (_what, before, after, words) => {
    expect((await impactOf('apis/echo/policies/policy', 'properties.value', before, after)).wider).toMatch(words);
  });

  it.each([
    ['one audience less', jwt(audiences('a', 'b')), jwt(audiences('a')), /^Calls that got in by b are refused/],
    ['less clock skew', jwt('', ' clock-skew="300"'), jwt(''), /up to 0 seconds past their end, no longer 5 minutes/],
    [
      '<base />',
      inbound('<set-header name="x"/>'),
      inbound('<base /><set-header name="x"/>'),
      /^What stands above this scope runs for these calls too: calls that work today may be refused/,
    ],
    [
      'a check more',
      inbound(''),
      inbound('<validate-jwt header-name="A"><audiences><audience>a</audience></audiences></validate-jwt>'),
      /do not pass the added validate-jwt/,
    ],
    ['audiences asked for', jwt('<issuers/>'), jwt(`${audiences('a')}<issuers/>`), /do not fit the added audiences/],
    [
      'an address more forbidden',
      inbound('<ip-filter action="forbid"><address>1</address></ip-filter>'),
      inbound('<ip-filter action="forbid"><address>1</address><address>2</address></ip-filter>'),
      /one more condition/,
    ],
    [
      'a value of a claim, all are wanted',
      jwt('<required-claims><claim name="a"><value>1</value></claim></required-claims>'),
      jwt('<required-claims><claim name="a"><value>1</value><value>2</value></claim></required-claims>'),
      /one more condition/,
    ],
  ])('lets nobody more in: %s', async (_what, before, after, words) => {
    const { affects, wider, noWayBack } = await impactOf('apis/echo/policies/policy', 'properties.value', before, after);
    expect(affects[1]).toMatch(words);
    expect([wider, noWayBack]).toEqual([null, null]);
  });

  it.each([
    ['blanks and comments', inbound('<base />'), inbound('\n  <!-- x -->\n  <base/>\n')],
    ['words for those refused', jwt('', ' failed-validation-error-message="a"'), jwt('', ' failed-validation-error-message="b"')],
  ])('is not wider by %s', async (_what, before, after) => {
    expect((await impactOf('apis/echo/policies/policy', 'properties.value', before, after)).wider).toBeNull();
  });
});

it.each([
  ['backends/b', 'properties.url', 'https://a', 'https://b'],
  ['apis/echo', 'properties.serviceUrl', 'https://a', 'https://b'],
  ['subscriptions/mobile-app', 'properties.ownerId', '/users/1', '/users/2'],
  ['products/starter', '', { properties: {} }, null],
])('claims nothing of a change that it does not know: %s %s', async (on, field, before, after) => {
  const { affects, wider } = await impactOf(on, field, before, after);
  expect(affects[0]).toMatch(/not known/);
  expect(wider).toMatch(/^It may become wider/);
});

describe('a service that is managed as code', () => {
  const suspended = (estate: Given) => impactOf('subscriptions/mobile-app', 'properties.state', 'suspended', 'active', estate);

  it('by the settings, whatever the case; then no tag is read', async () => {
    const { asCode, asked } = await suspended({ managedAsCode: [serviceId.toUpperCase()] });
    expect(asCode).toEqual({
      says: 'The settings say that contoso is managed as code. The next publish takes this change back, unless the same is committed there.',
      patch: [
        'Microsoft.ApiManagement/service/subscriptions contoso/mobile-app',
        'APIOps: subscriptions/mobile-app/subscriptionInformation.json',
        '- "state": "suspended"',
        '+ "state": "active"',
      ].join('\n'),
    });
    expect(asked.map(({ path }) => path)).not.toContain(serviceId);
  });

  it('by a tag', async () => {
    const { asCode } = await suspended({ given: { '.': { tags: { env: 'prod', 'managed-by': 'Terraform' } } } });
    expect(asCode?.says).toMatch(/^contoso seems to be managed as code: it has the tag managed-by: Terraform\. The next publish takes/);
  });

  it('not by any tag', async () => {
    const { asCode, affects } = await suspended({
      given: { '.': { tags: { env: 'prod', owner: 'platform team', managedBy: 'Team blue' } } },
    });
    expect(asCode).toBeNull();
    expect(affects).toHaveLength(1);
  });

  it('says when the tags could not be read', async () => {
    const { asCode, affects } = await suspended({ denied: ['Microsoft.ApiManagement/service/read'] });
    expect(asCode).toBeNull();
    expect(affects.at(-1)).toMatch(/^Whether a pipeline publishes contoso could not be read: .*Microsoft\.ApiManagement\/service\/read/);
  });

  it('says that there is nothing to commit for an action or a re-save', async () => {
    const again = { on: `${serviceId}/subscriptions/mobile-app`, field: 'properties.displayName', before: 'a', after: 'a' };
    const { asCode } = await impactOf('subscriptions/mobile-app', '!regeneratePrimaryKey', null, null, {
      managedAsCode: [serviceId],
      more: [again],
    });
    expect(asCode).toEqual({
      says: 'The settings say that contoso is managed as code. This changes nothing that is published, so there is nothing to commit.',
      patch: '',
    });
  });

  const patchFor = async (on: string, field: string, before: unknown, after: unknown): Promise<readonly string[]> =>
    (await impactOf(on, field, before, after, { managedAsCode: [serviceId] })).asCode?.patch.split('\n') ?? [];

  it('shows a link as a line of its list', async () => {
    expect(await patchFor('products/starter/apis/orders', '', null, link('x'))).toEqual([
      'Microsoft.ApiManagement/service/products/apis contoso/starter/orders',
      'APIOps: products/starter/apis.json, or products/starter/apis/orders/productApiInformation.json',
      '+ { "name": "orders" }',
    ]);
    expect((await patchFor('gateways/edge/apis/orders', '', link('x'), null)).at(-1)).toBe('- { "name": "orders" }');
  });

  it('shows a whole resource as its fields', async () => {
    const after = { properties: { scope: '/apis/orders', displayName: 'App', state: 'active' } };
    expect(await patchFor('subscriptions/fresh', '', null, after)).toEqual([
      'Microsoft.ApiManagement/service/subscriptions contoso/fresh',
      'APIOps: subscriptions/fresh/subscriptionInformation.json',
      '+ "scope": "/apis/orders",',
      '+ "displayName": "App",',
      '+ "state": "active"',
    ]);
    expect((await patchFor('subscriptions/fresh', '', after, null)).filter((line) => line.startsWith('- '))).toHaveLength(3);
  });

  it('shows a field of several parts, and one that was never set', async () => {
    const [custom, defaults] = [
      { header: 'X-Key', query: 'subscription-key' },
      { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
    ];
    const field = 'properties.subscriptionKeyParameterNames';
    expect((await patchFor('apis/echo', field, custom, defaults)).slice(1)).toEqual([
      'APIOps: apis/echo/apiInformation.json',
      '  "subscriptionKeyParameterNames": {',
      '-   "header": "X-Key",',
      '+   "header": "Ocp-Apim-Subscription-Key",',
      '    "query": "subscription-key"',
      '  }',
    ]);
    expect((await patchFor('apis/echo', field, null, custom)).filter((line) => line.startsWith('+'))).toHaveLength(4);
  });

  it('shows of a policy the lines that differ, and where', async () => {
    const lines = ['<policies>', '<inbound>', '<base />', '<validate-jwt>', '<audiences>', '<audience>a</audience>', '</audiences>'];
    expect(
      await patchFor(
        'apis/echo/operations/get/policies/policy',
        'properties.value',
        lines.join('\r\n'),
        lines.toSpliced(6, 0, '<audience>b</audience>').join('\r\n'),
      ),
    ).toEqual([
      'Microsoft.ApiManagement/service/apis/operations/policies contoso/echo/get/policy',
      'APIOps: apis/echo/operations/get/policy.xml',
      '@@ line 5 @@',
      '  <audiences>',
      '  <audience>a</audience>',
      '+ <audience>b</audience>',
      '  </audiences>',
    ]);
  });

  it('cuts a patch that is too long, and says so', async () => {
    const before = Array.from({ length: 300 }, (_, index) => `<a${index}/>`).join('\n');
    const patch = await patchFor('policies/policy', 'properties.value', before, before.replaceAll('<a', '<b'));
    expect(patch).toHaveLength(121);
    expect(patch.at(-1)).toBe('… and 482 more lines');
  });

  it.each([
    [{ managedBy: 'bicep' }, 'managedBy: bicep'],
    [{ 'Provisioned-By': 'Azure DevOps' }, 'Provisioned-By: Azure DevOps'],
    [{ createdBy: 'terraform' }, 'createdBy: terraform'],
    [{ Terraform: 'true' }, 'Terraform: true'],
    [{ iac: 'yes' }, 'iac: yes'],
    [{ 'azd-env-name': 'prod' }, 'azd-env-name: prod'],
    [{ yor_trace: 'a0425718' }, 'yor_trace: a0425718'],
    [{ avm_git_repo: 'modules' }, 'avm_git_repo: modules'],
    [{ 'source-repository': 'https://github.com/contoso/apim' }, 'source-repository: https://github.com/contoso/apim'],
    [{ repo: 'dev.azure.com/contoso/platform/_git/apim' }, 'repo: dev.azure.com/contoso/platform/_git/apim'],
    [{ managedBy: 'manual', deployment: 'apiops pipeline' }, 'deployment: apiops pipeline'],
  ])('is known by the tags %j', (tags, words) => {
    expect(tagOfPipeline(tags)).toBe(words);
  });

  it.each([
    {},
    { managedBy: 'platform team' },
    { 'managed-by': 'manual' },
    { terraform: 'false' },
    { iac: 'no' },
    { createdBy: 'somebody@contoso.example' },
    { owner: 'terraform team' },
    { source: 'migration' },
    { repository: 'none' },
    { costCenter: 'iac' },
    { project: 'pulumi' },
    { createdBy: 7 },
  ])('is not known by the tags %j', (tags) => {
    expect(tagOfPipeline(tags)).toBeNull();
  });

  it.each([
    ['contoso', 'rg-terraform-prod', true],
    ['contoso-tf-prod', 'rg', true],
    ['apim-bicep', 'rg', true],
    ['apiops-contoso', 'rg', true],
    ['contoso', 'platform.iac', true],
    ['tf-contoso', 'rg', false],
    ['contoso-tf', 'rg-tf', false],
    ['zodiac', 'maniac-rg', false],
    ['biceps', 'terraformers', false],
  ])('is told by the names %s in %s: %s', async (name, group, isCode) => {
    const service = serviceId.replace('/rg/', `/${group}/`).replace('/contoso', `/${name}`);
    const reader = { get: async () => ({ status: 'read', value: { id: service, name, properties: {}, envelope: {}, etag: null } }) };
    const find = createFindImpact({ reader: () => reader as never, managedAsCode: [] });
    const { asCode } = await find(
      [{ on: `${service}/subscriptions/s`, field: 'properties.stateComment', before: 'a', after: 'b' }],
      service,
    );
    expect(asCode !== null).toBe(isCode);
  });
});

it('answers when nobody answers, and when the reader itself breaks', async () => {
  const change = { on: `${serviceId}/subscriptions/s`, field: 'properties.state', before: 'suspended', after: 'active' };
  const late = async () => ({ status: 'unreadable', reason: 'deadline', at: '', action: null, says: 'Azure did not answer in time.' });
  const slow = await createFindImpact({ reader: () => ({ get: late, list: late }) as never, managedAsCode: [] })([change], serviceId);
  expect(slow.affects).toEqual([
    'Which APIs its keys open could not be read: Azure did not answer in time.',
    'Whether a pipeline publishes contoso could not be read: Azure did not answer in time.',
  ]);
  const broken = createFindImpact({
    reader: () => {
      throw new Error('no reader');
    },
    managedAsCode: [],
  });
  expect(await broken([change], serviceId)).toEqual({
    affects: [expect.stringMatching(/could not be found out/)],
    wider: expect.stringMatching(/^It may become wider/),
    noWayBack: null,
    asCode: null,
  });
});

it('asks for the same only once, and says when it stops asking', async () => {
  const more = Array.from({ length: 6 }, (_, index) => ({
    on: `${serviceId}/subscriptions/mobile-app`,
    field: index % 2 === 0 ? '!regeneratePrimaryKey' : '!regenerateSecondaryKey',
    before: null,
    after: null,
  }));
  const { asked } = await impactOf('subscriptions/mobile-app', '!regeneratePrimaryKey', null, null, { more });
  expect(asked.map(({ path }) => path)).toEqual([serviceId, `${serviceId}/subscriptions/mobile-app`]);

  const users = ['a', 'b', 'c', 'd', 'e'].map((user) => ({
    on: `${serviceId}/users/${user}`,
    field: 'properties.state',
    before: 'blocked',
    after: 'active',
  }));
  const { affects } = await impactOf('users/z', 'properties.state', 'blocked', 'active', { more: users });
  expect(affects.join('\n')).toMatch(/could not be read: A preview asks Azure at most a few times/);
});

it('never shows what is sealed', async () => {
  const { seal } = await import('../../src/snapshot/sealed.ts');
  const secret = `<policies>\n<inbound><set-header name="k"><value>${'s3cr3t'}</value></set-header></inbound>\n</policies>`;
  const shown = secret.replace('s3cr3t', 's3cr… (fingerprint 1)');
  const changed = (text: string): string => text.replace('<inbound>', '<inbound>\n<base />');
  const found = await impactOf(
    'apis/echo/policies/policy',
    'properties.value',
    seal(secret, shown),
    seal(changed(secret), changed(shown)),
    {
      managedAsCode: [serviceId],
    },
  );
  expect(JSON.stringify(found)).not.toContain('s3cr3t');
  expect(found.asCode?.patch).toContain('+ <base />');
});
