// A change of a policy is one splice: exactly what was wanted, every other byte as it was, or nothing at all.
import fc from 'fast-check';
import { editedText } from '../../src/causes/policy-edit.ts';
import { outlineOf } from '../../src/causes/policy-outline.ts';
import { attributeSet, elementFirst, entryAdded, type Splicing } from '../../src/causes/policy-splice.ts';
import { scanPolicy } from '../../src/snapshot/policies/scan.ts';
import { type Statement, textsUnder, withAllInside } from '../../src/snapshot/policies/statement.ts';

const fresh = 'api://00000000-0000-4000-8000-00000000000f';

// What a person, a tool or an attacker may have put around: things that only look like the place that is meant.
const around = [
  '',
  '<!-- <validate-jwt clock-skew="1"><audiences><audience>no</audience></audiences></validate-jwt> -->',
  '<!-- </validate-jwt> <inbound> -->',
  '<set-variable name="a" value="@(context.Request.Headers.GetValueOrDefault("A","</audiences>") + "<audience>")" />',
  "<set-variable name='b' value='a > b \"<audiences>\" ' />",
  '<set-body><![CDATA[<inbound><validate-jwt><audiences><audience>no</audience></audiences></validate-jwt>]]></set-body>',
  '<set-body>@{ if (1 < 2 && 3 > 2) { return "<audience>" + \'"\' + "}"; } /* </audiences> */ return @"a""<"; }</set-body>',
  '<set-header name="X" exists-action="override"><value>@(((Jwt)context.Variables["j"])?.Subject ?? "</inbound>")</value></set-header>',
  '<choose><when condition="@(true)"><rate-limit calls="5" renewal-period="10" /></when></choose>',
  '<?note <validate-jwt clock-skew="5"> ?>',
  '<set-header name="Ümlaut"><value>&lt;audience&gt; &amp; {{named-value}}</value></set-header>',
];
const insideStatement = [
  '',
  '<openid-config url="https://login.example/.well-known/openid-configuration" />',
  '<!-- <audiences><audience>old</audience></audiences> -->',
  '<required-claims><claim name="roles"><value>audience</value></claim></required-claims>',
];
const betweenEntries = ['', '<!-- <audience>old</audience> -->', '<!-- </audiences> -->'];
const startTags = [
  '<validate-jwt header-name="Authorization">',
  "<validate-jwt header-name='Authorization' clock-skew='10'>",
  '<validate-jwt header-name="Authorization"\n  clock-skew = "0"  failed-validation-error-message="a > b" >',
  '<validate-jwt failed-validation-error-message="@("clock-skew=\'1\' >" + 1)" clock-skew="10">',
  '<validate-jwt failed-validation-error-message=\'clock-skew="1"\'>',
];

const documents = fc
  .record({
    newline: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    joint: fc.constantFrom('\n    ', '\n\t', '\n\n  '),
    before: fc.array(fc.constantFrom(...around), { maxLength: 4 }),
    after: fc.array(fc.constantFrom(...around), { maxLength: 3 }),
    start: fc.constantFrom(...startTags),
    lead: fc.constantFrom(...insideStatement),
    tail: fc.constantFrom(...insideStatement),
    between: fc.constantFrom(...betweenEntries),
    entries: fc.array(fc.constantFrom('one', 'api://two', '{{three}}'), { minLength: 1, maxLength: 3 }),
  })
  .map(({ newline, mark, joint, before, after, start, lead, tail, between, entries }) => {
    const list = ['<audiences>', ...entries.flatMap((one) => [between, `<audience>${one}</audience>`]), between, '</audiences>'].join(
      joint,
    );
    const inbound = [...before, start, lead, list, tail, '</validate-jwt>', ...after].join(joint);
    return `${mark}<policies>\n  <inbound>${joint}${inbound}\n  </inbound>\n  <outbound><base /></outbound>\n</policies>\n`.replaceAll(
      '\n',
      newline,
    );
  });

function statementsOf(text: string): readonly Statement[] {
  const scanned = scanPolicy(text);
  if (scanned.kind !== 'document') throw new Error('says' in scanned ? scanned.says : 'no document');
  return withAllInside(scanned.root);
}

function only(text: string, name: string): Statement {
  const [found, ...more] = statementsOf(text).filter((one) => one.name === name);
  if (found === undefined || more.length > 0) throw new Error(`not one ${name}`);
  return found;
}

function edit(text: string, name: string, splicing: Splicing): string {
  const after = editedText(text, { line: only(text, name).line, name, ...splicing });
  if (after === null) throw new Error('no edit was made');
  return after;
}

/** What one splice took out and put in: the longest beginning and end that both share. */
function difference(before: string, after: string): { readonly gone: string; readonly come: string } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { gone: before.slice(start, before.length - end), come: after.slice(start, after.length - end) };
}

it('adds one entry behind the last, and nothing else', () => {
  fc.assert(
    fc.property(documents, (before) => {
      const after = edit(before, 'validate-jwt', entryAdded('validate-jwt', 'audiences', 'audience', fresh));
      const { gone, come } = difference(before, after);
      expect(gone).toBe('');
      expect(after.length - before.length).toBe(come.length);
      expect(after.replace(new RegExp(`\\s*<audience>${fresh}</audience>`), '')).toBe(before);
      const was = textsUnder(only(before, 'validate-jwt'), 'audiences', 'audience');
      expect(textsUnder(only(after, 'validate-jwt'), 'audiences', 'audience')).toEqual([...was, fresh]);
    }),
    { numRuns: 400 },
  );
});

it('sets an attribute, and nothing else, in the quotes that were there', () => {
  fc.assert(
    fc.property(documents, (before) => {
      const after = edit(before, 'validate-jwt', attributeSet('validate-jwt', 'clock-skew', '300'));
      const had = only(before, 'validate-jwt').attributes['clock-skew'];
      const { gone, come } = difference(before, after);
      if (had === undefined) expect({ gone, come: come.includes('clock-skew="300"') }).toEqual({ gone: '', come: true });
      else expect(`${gone}|${come}`).toMatch(/^[01]{0,2}\|[30]{1,3}$/);
      expect(only(after, 'validate-jwt').attributes).toEqual({ ...only(before, 'validate-jwt').attributes, 'clock-skew': '300' });
    }),
    { numRuns: 400 },
  );
});

it('puts an element at the head of a section, and nothing else', () => {
  fc.assert(
    fc.property(documents, (before) => {
      const after = edit(before, 'inbound', elementFirst('inbound', 'base'));
      expect(difference(before, after).gone).toBe('');
      expect(after.replace(/<base \/>\s*/, '')).toBe(before);
      expect(only(after, 'inbound').children[0]?.name).toBe('base');
    }),
    { numRuns: 400 },
  );
});

it('keeps places: the outline is as long as the text, line by line', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        documents,
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom('<', '>', '"', "'", '@(', '@{', ')', '}', '<!--', '-->', '<a', '\n', '/')).map((parts) => parts.join('')),
      ),
      (text) => {
        const outline = outlineOf(text);
        expect(outline.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length));
      },
    ),
    { numRuns: 600 },
  );
});

const wrapped = (inbound: string): string => `<policies>\n<inbound>\n${inbound}\n</inbound>\n</policies>`;
const audience = entryAdded('validate-jwt', 'audiences', 'audience', fresh);
const skew = attributeSet('validate-jwt', 'clock-skew', '300');

it.each<[string, string, Splicing]>([
  ['two statements on one line', '<validate-jwt a="1" /><validate-jwt a="2" />', skew],
  ['a value that is worked out for each call', '<validate-jwt clock-skew="@(1 + 2)" />', skew],
  ['a value that the gateway fills in already', '<validate-jwt clock-skew="300" />', skew],
  ['a list that is not there', '<validate-jwt><issuers><issuer>a</issuer></issuers></validate-jwt>', audience],
  ['a list without an entry', '<validate-jwt><audiences></audiences></validate-jwt>', audience],
  ['a list that stands in a comment', '<validate-jwt><!-- <audiences><audience>a</audience></audiences> --></validate-jwt>', audience],
  [
    'two lists',
    '<validate-jwt><audiences><audience>a</audience></audiences><audiences><audience>b</audience></audiences></validate-jwt>',
    audience,
  ],
  ['a document that is not closed', '<validate-jwt><audiences><audience>a</audience></audiences></validate-jwt><a>', audience],
  ['a statement that is not on the line', '<set-body />', skew],
])('makes no edit for %s', (_, inbound, splicing) => {
  expect(editedText(wrapped(inbound), { line: 3, name: 'validate-jwt', ...splicing })).toBeNull();
});

it.each(['<inbound />', '<inbound x="1">\n</inbound>'])('puts nothing into %s', (section) => {
  expect(editedText(`<policies>\n${section}\n</policies>`, { line: 2, name: 'inbound', ...elementFirst('inbound', 'base') })).toBeNull();
});

it('never edits the wrong thing in a document that is cut or shuffled anywhere', () => {
  fc.assert(
    fc.property(documents, fc.nat(), fc.nat(60), fc.constantFrom(...around), (whole, at, length, put) => {
      const place = at % whole.length;
      const text = whole.slice(0, place) + put + whole.slice(place + length);
      for (let line = 1; line <= 12; line += 1) {
        const after = editedText(text, { line, name: 'validate-jwt', ...audience });
        if (after === null) continue;
        expect(difference(text, after).gone).toBe('');
        expect(after.length - text.length).toBeGreaterThan(0);
        const values = (document: string): number =>
          statementsOf(document).filter((one) => one.name === 'audience' && one.text === fresh).length;
        expect(values(after) - values(text)).toBe(1);
      }
    }),
    { numRuns: 500 },
  );
});
