// What a reader sees of two texts, and what the audit keeps of them.
import fc from 'fast-check';
import { textDiff } from '../../src/cards/policy-diff.ts';
import { auditChanges } from '../../src/remediation/audit-changes.ts';
import { diffLines, hunksOf } from '../../src/remediation/text-diff.ts';

const all = { lines: Number.POSITIVE_INFINITY, chars: Number.POSITIVE_INFINITY };

const policy = [
  '<policies>',
  '  <inbound>',
  '    <base />',
  '    <validate-jwt header-name="Authorization">',
  '      <audiences>',
  '        <audience>api://orders</audience>',
  '      </audiences>',
  '    </validate-jwt>',
  '  </inbound>',
  '</policies>',
];

function shown(before: string, after: string, limits = all): readonly string[] {
  const marks = { removed: '-', added: '+', same: ' ', gap: '…', more: '…' };
  return textDiff(before, after, limits).map(({ kind, number, text }) => `${number ?? ''}${marks[kind]}${text}`);
}

it('shows the line that comes in, its number, and two lines around it', () => {
  const after = policy.toSpliced(6, 0, '        <audience>orders</audience>');
  expect(shown(policy.join('\n'), after.join('\n'))).toEqual([
    '……',
    '5       <audiences>',
    '6         <audience>api://orders</audience>',
    '7+        <audience>orders</audience>',
    '8       </audiences>',
    '9     </validate-jwt>',
  ]);
});

it('shows a changed line as taken out and put in, and two places apart', () => {
  const after = policy.with(0, '<policies >').with(9, '</policies >');
  expect(shown(policy.join('\n'), after.join('\n'))).toEqual([
    '1-<policies>',
    '1+<policies >',
    '2   <inbound>',
    '3     <base />',
    '……',
    '8     </validate-jwt>',
    '9   </inbound>',
    '10-</policies>',
    '10+</policies >',
  ]);
});

it('counts the lines that do not fit', () => {
  const after = policy.map((line) => `${line} `);
  expect(shown(policy.join('\n'), after.join('\n'), { ...all, lines: 8 })).toHaveLength(9);
  expect(shown(policy.join('\n'), after.join('\n'), { ...all, lines: 8 }).at(-1)).toBe('…and 12 more lines');
  expect(shown(policy.join('\n'), after.join('\n'), { ...all, lines: 19 }).at(-1)).toBe('…and 1 more line');
});

it('cuts a long line around what differs, on both sides alike', () => {
  const start = 'x'.repeat(500);
  const end = 'y'.repeat(500);
  expect(shown(`${start}ONE${end}`, `${start}TWO${end}`, { ...all, chars: 30 })).toEqual([
    '1-…xxxxxxxxxxONEyyyyyyyyyyyyyyy…',
    '1+…xxxxxxxxxxTWOyyyyyyyyyyyyyyy…',
  ]);
});

it('shows line endings where they are what differs, and only there', () => {
  expect(shown('a\r\nb\r\n', 'a\nb\r\n')).toEqual(['1-a␍', '1+a', '2 b␍', '3 ']);
  expect(shown('a\r\nb\r\n', 'a\r\nc\r\n')).toEqual(['1 a', '2-b', '2+c', '3 ']);
});

it('never cuts a character in two', () => {
  const long = '🔑'.repeat(100);
  for (let chars = 10; chars < 40; chars += 1) {
    const texts = textDiff(`${long}a`, `${long}b`, { ...all, chars }).map(({ text }) => text);
    expect(texts.filter((text) => !text.isWellFormed() || text.length > chars)).toEqual([]);
  }
});

const line = fc.oneof(fc.constantFrom('', 'a', 'b', '\t<base />', '  </inbound>\r', 'same', 'x'.repeat(300)), fc.string({ maxLength: 12 }));
const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));

describe('whatever the texts are', () => {
  it('gives nothing for equal ones', () => {
    fc.assert(fc.property(text, (one) => expect(textDiff(one, one, all)).toEqual([])));
  });

  it('loses no line: both texts can be put together again', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = diffLines(before, after);
        const side = (other: string): string =>
          edits
            .filter(({ kind }) => kind !== other)
            .map((edit) => edit.text)
            .join('\n');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
        expect(edits.filter((edit) => edit.before !== null).map((edit) => edit.before)).toEqual(before.split('\n').map((_, at) => at + 1));
        expect(edits.filter((edit) => edit.after !== null).map((edit) => edit.after)).toEqual(after.split('\n').map((_, at) => at + 1));
      }),
      { numRuns: 300 },
    );
  });

  it('shows every line that differs when there is room, and says how many are left out when there is none', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 30 }), (before, after, lines) => {
        const edits = diffLines(before, after).filter(({ kind }) => kind !== 'same');
        const whole = textDiff(before, after, all).filter(({ kind }) => kind === 'removed' || kind === 'added');
        expect(whole.map(({ kind, number }) => `${kind} ${number}`)).toEqual(edits.map((one) => `${one.kind} ${one.after ?? one.before}`));
        const cut = textDiff(before, after, { lines, chars: 20 });
        const kept = cut.filter(({ kind }) => kind !== 'gap' && kind !== 'more').length;
        const everything = textDiff(before, after, all).filter(({ kind }) => kind !== 'gap').length;
        expect(kept + Number(/\d+/.exec(cut.find(({ kind }) => kind === 'more')?.text ?? '0')?.[0])).toBe(everything);
        expect(kept).toBeLessThanOrEqual(lines);
      }),
      { numRuns: 200 },
    );
  });

  it('takes no more lines for different than a plain comparison from both ends would', () => {
    fc.assert(
      fc.property(text, line, fc.nat(), (before, extra, at) => {
        const lines = before.split('\n');
        const after = lines.toSpliced(at % (lines.length + 1), 0, extra).join('\n');
        expect(
          diffLines(before, after)
            .filter(({ kind }) => kind !== 'same')
            .map(({ kind }) => kind),
        ).toEqual(['added']);
      }),
    );
  });
});

// No time is asserted: a comparison of every line with every other would not end within the suite's own patience.
it.each([
  ['one line of a megabyte', 'x'.repeat(1_000_000), `${'x'.repeat(999_999)}y`],
  ['many lines with nothing in common', numbered('a', 100_000), numbered('b', 100_000)],
  ['many equal lines', 'x\n'.repeat(200_000), `${'x\n'.repeat(100_000)}y\n${'x\n'.repeat(99_000)}`],
  ['many lines in another order', numbered('', 60_000), numbered('', 60_000).split('\n').reverse().join('\n')],
  ['every second line changed', numbered('', 50_000), numbered('', 50_000).replace(/[02468]$/gm, '$& changed')],
])('compares %s', (_what, before, after) => {
  const lines = textDiff(before, after, { lines: 20, chars: 80 });
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.length).toBeLessThanOrEqual(42);
  expect(lines.filter((one) => one.text.length > 80)).toEqual([]);
});

it('finds the one line in a long text that has nothing to hold on to but itself', () => {
  const before = numbered('', 20_000).split('\n');
  const after = before.with(7, 'other').toSpliced(19_000, 1);
  const hunks = hunksOf(diffLines(before.join('\n'), after.join('\n')), 0);
  expect(hunks.map((hunk) => hunk.map(({ kind, before: old }) => `${kind} ${old}`))).toEqual([
    ['removed 8', 'added null'],
    ['removed 19001'],
  ]);
});

describe('the audit', () => {
  const on = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso/apis/orders/policies/policy';

  it('keeps of a policy only the lines that differ', () => {
    const after = policy.toSpliced(6, 0, '        <audience>orders</audience>').join('\n');
    expect(auditChanges([{ on, field: 'properties.value', before: policy.join('\n'), after }])).toEqual([
      { on, field: 'properties.value', before: '', after: '        <audience>orders</audience>' },
    ]);
  });

  it('keeps nothing of a policy that was saved again', () => {
    const [kept] = auditChanges([{ on, field: 'properties.value', before: policy.join('\n'), after: policy.join('\n') }]);
    expect(kept).toEqual({ on, field: 'properties.value', before: '', after: '' });
  });

  it('keeps of a policy on one line only what is around the difference', () => {
    const line = (middle: string): string =>
      `<policies>${'<set-variable name="a" value="b" />'.repeat(40)}${middle}${'<c />'.repeat(200)}</policies>`;
    const value = { on, field: 'properties.value' };
    expect(auditChanges([{ ...value, before: line(''), after: line('') }])).toEqual([{ ...value, before: '', after: '' }]);

    const [kept] = auditChanges([{ ...value, before: line(''), after: line('<base />') }]);
    expect(String(kept?.before).length).toBeLessThan(200);
    expect(kept?.after).toMatch(/^….{79,81}<base \/>.{79,81}…$/);
    expect(auditChanges([{ ...value, before: '<a />', after: '<b />' }])).toEqual([{ ...value, before: '<a />', after: '<b />' }]);
  });

  it('keeps values of one line, numbers, lists and what is not there', () => {
    const changes = [
      { on, field: 'properties.state', before: 'suspended', after: 'active' },
      { on, field: '', before: null, after: { properties: { scope: '/apis/a', list: [1, { a: 'x\ny' }] } } },
      { on, field: '!refreshSecret', before: null, after: null },
    ];
    expect(auditChanges(changes)).toEqual(changes);
  });

  it('looks into whole resources too', () => {
    const whole = (value: string) => ({ properties: { format: 'rawxml', value } });
    expect(auditChanges([{ on, field: '', before: whole('a\nb\nc'), after: whole('a\nc') }])).toEqual([
      { on, field: '', before: { properties: { format: 'rawxml', value: 'b' } }, after: { properties: { format: 'rawxml', value: '' } } },
    ]);
  });
});

function numbered(word: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${word}${index}`).join('\n');
}
