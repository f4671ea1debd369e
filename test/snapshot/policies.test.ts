// Policies as the gateway sees them: what is read of a document, and what runs for a call in which order.
import type { PoliciesFact, PolicyDocument } from '../../src/snapshot/facts-policies.ts';
import { masked } from '../../src/snapshot/policies/mask.ts';
import { maskedText } from '../../src/snapshot/policies/mask-text.ts';
import { missingBases, running } from '../../src/snapshot/policies/running.ts';
import { scanPolicy } from '../../src/snapshot/policies/scan.ts';
import type { Statement } from '../../src/snapshot/policies/statement.ts';

describe('a document', () => {
  it('keeps expressions with quotes, brackets and less-than signs in attributes and text', () => {
    const root = read(`<policies>
  <inbound>
    <!-- <validate-jwt /> -->
    <choose>
      <when condition="@(context.Request.Headers.GetValueOrDefault("x-app", "a)b") != "y" && 1 < 2)">
        <set-variable name="n" value='@{ return ")" + '"' + "it's"; /* ) */ }' />
      </when>
    </choose>
    <set-body>@{
      var list = new List<string>();
      return "<b>" + list.Count + "</b>";
    }</set-body>
    <set-header name="a"><value><![CDATA[<raw>]]></value></set-header>
  </inbound>
</policies>`);

    const [choose, body, header] = root.children[0]?.children ?? [];
    expect(choose?.children[0]).toMatchObject({
      name: 'when',
      line: 5,
      attributes: { condition: '@(context.Request.Headers.GetValueOrDefault("x-app", "a)b") != "y" && 1 < 2)' },
    });
    expect(choose?.children[0]?.children[0]?.attributes.value).toContain('/* ) */ }');
    expect(body).toMatchObject({ name: 'set-body', line: 9, children: [] });
    expect(body?.text).toContain('"<b>" + list.Count');
    expect(header?.children[0]?.text).toBe('<raw>');
  });

  it('reads the same from the escaped form', () => {
    const root = read(
      '<policies><inbound><set-variable name="n" value="@(a == &quot;x)&quot; &amp;&amp; b &lt; 3)" /></inbound></policies>',
    );
    expect(root.children[0]?.children[0]?.attributes.value).toBe('@(a == "x)" && b < 3)');
  });

  it.each([
    ['a document type', '<!DOCTYPE policies [<!ENTITY a "b">]><policies>&a;</policies>'],
    ['an entity declaration', '<policies><!ENTITY x SYSTEM "file:///etc/passwd"></policies>'],
  ])('is refused with %s', (_, text) => {
    expect(scanPolicy(text).kind).toBe('refused');
  });

  it.each([
    ['empty', ' \n '],
    ['a sentence', 'there is no policy here'],
    ['JSON', '{ "policies": [] }'],
    ['unclosed', '<policies><inbound>'],
    ['crossed', '<policies><inbound></policies></inbound>'],
    ['two documents', '<policies /><policies />'],
    ['an unquoted attribute', '<policies><a b=c /></policies>'],
    ['too deep', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
    ['an endless expression', `<policies><a b="${'@('.repeat(50_000)}`],
  ])('that is %s is not XML, and says so', (_, text) => {
    expect(scanPolicy(text)).toMatchObject({ kind: 'broken', says: expect.stringMatching(/\.$/) });
  });

  it('shows no secret and keeps what rules compare', () => {
    const root = masked(
      read(`<policies><inbound>
        <set-header name="api-key"><value>planted-Secret-0001</value></set-header>
        <set-header name="Authorization"><value>Bearer planted-Secret-0002</value></set-header>
        <set-header name="x-functions-key"><value>{{function-key}}</value></set-header>
        <set-header name="api-key"><value>@("planted-Secret-0003" + context.RequestId)</value></set-header>
        <check-header name="X-Edge-Secret" failed-check-httpcode="401"><value>planted-Secret-0004</value></check-header>
        <authentication-basic username="a" password="planted-Secret-0005" />
        <validate-jwt><issuer-signing-keys><key>cGxhbnRlZC1TZWNyZXQtMDAwNg==</key></issuer-signing-keys>
          <audiences><audience>api://11111111-2222-4333-8444-555555555555</audience></audiences></validate-jwt>
        <set-variable name="api-key" value="planted-Secret-0007" />
        <set-backend-service base-url="https://b.example/?code=planted-Secret-0008" />
      </inbound></policies>`),
      () => 'f00dcafe99',
    );

    const shown = JSON.stringify(root);
    expect(shown).not.toMatch(/planted-Secret-000|cGxhbnRlZC1TZWNy/);
    expect(shown).toContain('Bearer plan… (fingerprint f00dcafe)');
    expect(shown).toContain('{{function-key}}');
    expect(shown).toContain('api://11111111-2222-4333-8444-555555555555');
  });
});

it('is shown whole with the same fingerprints, line for line', () => {
  const text = `<policies>
  <!-- it was planted-Secret-0001 before -->
  <inbound>
    <set-header name="api-key"><value>planted-Secret-0001</value></set-header>
    <authentication-basic username="a" password="p&amp;q" />
    <set-header name="x-secret">
      <value><![CDATA[
        planted<Secret>0002
      ]]></value>
    </set-header>
    <set-variable name="n" value="@(1 < 2)" />
  </inbound>
</policies>`;
  const shown = maskedText(text, () => 'f00dcafe99');
  expect(shown).not.toMatch(/planted|p&amp;q/);
  expect(shown.match(/fingerprint f00dcafe/g)).toHaveLength(4);
  expect(shown.split('\n').length).toBe(text.split('\n').length);
  expect(shown).toContain('value="@(1 < 2)"');
  expect(scanPolicy(shown).kind).toBe('document');
});

it.each(['"', '&quot;'])('hides what an expression compares a header with, in statements and in the text (quotes as %s)', (quote) => {
  const compared = 'Made-Up-Value-4711';
  const text = `<policies><inbound><choose><when condition="@(1 &lt; 2 && context.Request.Headers.GetValueOrDefault(${quote}x-app${quote}) != ${quote}${compared}${quote})"><a /></when></choose></inbound></policies>`;
  const scanned = scanPolicy(text);
  const root = scanned.kind === 'document' ? masked(scanned.root, () => 'f1f2f3f4f5') : null;
  expect(JSON.stringify(root)).toContain('f1f2f3f4');
  expect(JSON.stringify(root)).not.toContain(compared);
  expect(maskedText(text, () => 'f1f2f3f4f5')).toContain('f1f2f3f4');
  expect(maskedText(text, () => 'f1f2f3f4f5')).not.toContain(compared);
});

it.each([
  [
    'after a short literal',
    `<set-header name="Authorization"><value>@("Basic " + ToBase64(GetBytes("user6:pass6word!")))</value></set-header>`,
  ],
  [
    'after a quote as a character',
    `<set-header name="X-My-Authorization"><value>@("Basic " + '"' + GetBytes("user6:pass6word!"))</value></set-header>`,
  ],
  ['without a digit', `<set-header name="Authorization"><value>@("Basic " + ToBase64(GetBytes("user:pass-word!")))</value></set-header>`],
  ['compared after a short literal', `<choose><when condition='@(a["x"] != "pass6word!")'><a /></when></choose>`],
  ['in a header of its own', '<set-header name="X-Backend-Auth"><value>pass6word!pass6word!</value></set-header>'],
  ['in an expression of a header of its own', '<set-header name="X-Backend-Auth"><value>@("pass6word!")</value></set-header>'],
  ['in a header that is verified', '<set-header name="X-Origin-Verify"><value>only-pass-words-here</value></set-header>'],
  ['in a header of any name', '<set-header name="X-Contoso"><value>pass-word</value><value>pass6word!</value></set-header>'],
  ['in a header that is checked', '<check-header name="X-Contoso"><value>pass-word</value></check-header>'],
])('hides a password %s', (_, statement) => {
  const text = `<policies><inbound>${statement}</inbound></policies>`;
  const shown = JSON.stringify(masked(read(text), () => 'f1f2f3f4f5')) + maskedText(text, () => 'f1f2f3f4f5');
  expect(shown).not.toMatch(/pass-?6?word/);
  expect(shown.match(/fingerprint f1f2f3f4/g)?.length).toBeGreaterThan(1);
});

it.each([
  '<set-header name="Content-Type"><value>application/json</value></set-header>',
  '<set-header name="Cache-Control"><value>no-store, max-age=0</value></set-header>',
  '<set-header name="X-Forwarded-Proto"><value>https://contoso.example</value></set-header>',
  '<set-header name="WWW-Authenticate"><value>Bearer realm="contoso"</value></set-header>',
  '<set-header name="X-Contoso"><value>{{contoso}}</value></set-header>',
  '<set-header name="X-Contoso"><value>@(context.Request.IpAddress + "; contoso")</value></set-header>',
  '<set-header name="X-Contoso"><value>true</value></set-header>',
])('leaves readable what is no secret: %s', (statement) => {
  const text = `<policies><inbound>${statement}</inbound></policies>`;
  expect(masked(read(text), () => 'f1f2f3f4f5')).toEqual(read(text));
  expect(maskedText(text, () => 'f1f2f3f4f5')).toBe(text);
});

describe('what runs', () => {
  it('puts the scopes above where <base /> stands, and fragments where they are included', () => {
    const policies = fact([
      document('service', '<policies><inbound><a /></inbound></policies>'),
      document('product', '<policies><inbound><b /><base /></inbound></policies>'),
      document('api', '<policies><inbound><c /><base /><include-fragment fragment-id="Shared" /></inbound></policies>'),
    ]);
    const names = running({ ...policies, fragments: [document('fragment', '<fragment><f /><base /></fragment>')] }, 'inbound');
    expect(names.map(({ statement }) => statement.name)).toEqual(['c', 'b', 'a', 'f']);
  });

  it('stops at a section without <base />, and at one that is not there', () => {
    const policies = fact([
      document('service', '<policies><inbound><a /></inbound><outbound><o /></outbound></policies>'),
      document('api', '<policies><inbound><c /></inbound></policies>'),
    ]);
    expect(running(policies, 'inbound').map(({ statement }) => statement.name)).toEqual(['c']);
    expect(running(policies, 'outbound')).toEqual([]);
    expect(missingBases(policies).map(({ document: { scope }, section }) => `${scope} ${section}`)).toEqual([
      'api inbound',
      'api outbound',
    ]);
  });

  it('passes by a scope that has no policy', () => {
    const policies = fact([
      document('service', '<policies><inbound><a /></inbound></policies>'),
      { ...document('api', '<policies />'), state: 'none', root: null },
    ]);
    expect(running(policies, 'inbound').map(({ statement }) => statement.name)).toEqual(['a']);
    expect(missingBases(policies)).toEqual([]);
  });

  it('names what only run time decides', () => {
    const policies = fact([
      document(
        'api',
        '<policies><inbound><choose><when condition="@(x)"><a /></when><when condition="true"><b /></when><otherwise><c /></otherwise></choose></inbound></policies>',
      ),
    ]);
    expect(running(policies, 'inbound').map(({ statement, conditions }) => [statement.name, conditions])).toEqual([
      ['a', ['@(x)']],
      ['b', []],
      ['c', ['none of: @(x); true']],
    ]);
  });

  it('makes the statements of products that may be the one depend on the product', () => {
    const policies = fact([
      document('service', '<policies><inbound><a /></inbound></policies>'),
      document('product', '<policies><inbound><base /><p /></inbound></policies>'),
      document('api', '<policies><inbound><base /></inbound></policies>'),
    ]);
    const steps = running({ ...policies, productKnown: false }, 'inbound');
    expect(steps.map(({ statement, conditions }) => [statement.name, conditions])).toEqual([
      ['a', []],
      ['p', ['the call is made in product']],
    ]);
  });
});

function read(text: string): Statement {
  const scanned = scanPolicy(text);
  if (scanned.kind !== 'document') throw new Error(scanned.says);
  return scanned.root;
}

function document(scope: PolicyDocument['scope'], text: string): PolicyDocument {
  const armId = scope === 'fragment' ? '/service/policyFragments/shared' : `/service/${scope}/policies/policy`;
  return { scope, armId, of: scope, state: 'read', says: null, root: read(text) };
}

function fact(documents: readonly PolicyDocument[]): PoliciesFact {
  return { documents, fragments: [], bypassed: [], productKnown: true, operationKnown: false, unread: [] };
}

it('reads any text without throwing and without going over it again and again', () => {
  const pieces = [
    '<a',
    '<a b="',
    '@(',
    '@{',
    '"',
    "'",
    '//',
    '/*',
    '&quot;',
    '<!--',
    '<![CDATA[',
    '</a>',
    '{{',
    '\n',
    '>',
    '<policies>',
    'x',
  ];
  for (const piece of pieces) {
    for (const other of pieces) {
      const text = `${piece}${other}`.repeat(20_000);
      expect(['broken', 'refused', 'document']).toContain(scanPolicy(text).kind);
      expect(['broken', 'refused', 'document']).toContain(scanPolicy(`<a>${text}</a>`).kind);
    }
  }
});
