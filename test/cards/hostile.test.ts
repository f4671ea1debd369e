// Names come from Azure, from a paste and from people: none of them may change what a card is.
import fc from 'fast-check';
import { diagnosisCard } from '../../src/cards/diagnosis-card.ts';
import { CARD_BYTES, cardBytes } from '../../src/cards/fit.ts';
import { plain } from '../../src/cards/plain.ts';
import { pressCard } from '../../src/cards/press-card.ts';
import { previewCard } from '../../src/cards/preview-card.ts';
import { guideCard } from '../../src/cards/talk-cards.ts';
import { fill } from '../../src/cards/template.ts';
import type { Card } from '../../src/conversation/ports.ts';
import type { AnswerKind } from '../../src/diagnosis/diagnosis.ts';
import type { Impact } from '../../src/remediation/impact.ts';
import type { PressResult } from '../../src/remediation/plan-record.ts';
import { schemaProblems, stringsOf } from '../harness/card-schema.ts';
import { buttonsOf, textOf, titlesOf, visible } from '../harness/card-text.ts';
import { openCardWindow } from '../harness/card-window.ts';
import { activate, appliedPlan, diagnosisWith, megan, service, symptomOf, verdict } from '../harness/diagnoses.ts';
import { hostileNames } from '../harness/hostile.ts';

// A real browser on a busy machine.
jest.setTimeout(60_000);

const answers: readonly AnswerKind[] = ['no-cause', 'ambiguous-key', 'not-from-api-management', 'policy', 'not-a-401', 'unknown-service'];

/** Every card that shows a name, with this name wherever one can stand; `many` of each thing that comes in lists. */
function cardsWith(name: string, many = 1): readonly Card[] {
  const repeat = <T>(one: T): T[] => Array.from({ length: many }, () => one);
  const at = `${service}/subscriptions/${name}#/properties/${name}`;
  const evidence = repeat({ at, observed: name, expected: name });
  const one = verdict({
    cause: 'subscription-suspended',
    outcome: 'confirmed',
    title: 'The subscription is suspended',
    says: `It is ${name}.`,
    evidence,
    fix: activate,
  });
  const diagnosis = diagnosisWith({
    symptom: { ...symptomOf('401'), host: name, apiPath: `/${name}` },
    service: `${service}${name}`,
    answer: { kind: 'cause', says: name, next: repeat(`Press ${name}.`) },
    verdicts: [
      one,
      ...repeat({ ...one, cause: 'another', outcome: 'suspected' as const }),
      ...repeat({ ...one, cause: 'unread', outcome: 'unknown' as const, title: name }),
    ],
  });
  const person = { ...megan, name };
  const shown = repeat([
    { on: at, field: `properties.${name}`, before: name, after: `${name} ` },
    { on: at, field: 'properties.request', before: { [name]: name, headers: [{ name, value: name }] }, after: { headers: [] } },
    { on: at, field: '', before: null, after: { name } },
    { on: at, field: `!${name}`, before: null, after: null },
    { on: at, field: 'properties.policy', before: `a\n${name}\nc`, after: `a\n${name}${name}\nc` },
  ]).flat();
  const patch = repeat(`Microsoft.ApiManagement/service ${name}\n-   ${name}\n+ ${name}`).join('\n');
  const impact: Impact = { affects: repeat(name), wider: name, noWayBack: name, asCode: { says: name, patch } };
  const plan = {
    ...appliedPlan,
    digest: 'digest-1',
    consequence: name,
    undo: name,
    permission: name,
    shown,
    confirmedBy: person,
    undoneBy: person,
  };
  const kinds: readonly PressResult['kind'][] = ['applied', 'undone', 'already', 'stale', 'not-allowed', 'failed'];
  const fixes = [{ cause: one.cause, label: activate.label, plan: 'plan-1' }];
  return [
    diagnosisCard({ diagnosis, fixes, ask: 'ask-1' }),
    ...answers.map((kind) =>
      diagnosisCard({ diagnosis: { ...diagnosis, headline: null, answer: { ...diagnosis.answer, kind } }, fixes: [], ask: 'ask-1' }),
    ),
    previewCard({ ...plan, state: 'prepared', impact }),
    previewCard({ ...plan, state: 'waiting', impact, requestedBy: person, kind: 'undo' }),
    ...kinds.map((kind) =>
      pressCard({
        result: { kind, plan: kind === 'undone' ? { ...plan, state: 'undone' } : plan, says: name },
        ask: 'ask-1',
        next: null,
      }),
    ),
    guideCard({ says: name }),
  ];
}

const buttonTitles = ['Activate the subscription', 'Look again', 'Confirm', 'Cancel', 'Undo'];
const misleading = /\$\{|\{\{|<[a-z/!?]|\]\(|\]:|[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200c-\u200f\ufeff]/iu;

function expectHarmless(card: Card): void {
  expect(schemaProblems(card)).toEqual([]);
  expect(cardBytes(card)).toBeLessThanOrEqual(CARD_BYTES);
  expect(stringsOf(card).filter((text) => misleading.test(text))).toEqual([]);
  expect(card.speak).not.toMatch(/[<>&]/);
  expect(titlesOf(card).filter((title) => !buttonTitles.includes(title))).toEqual([]);
  expect(
    buttonsOf(card)
      .flatMap(({ data }) => Object.values(data as object))
      .filter((id) => id !== 'plan-1' && id !== 'ask-1' && id !== 'digest-1'),
  ).toEqual([]);
}

it.each(hostileNames.map((name) => [name.slice(0, 40), name]))('shows %j as text', (_start, name) => {
  for (const card of cardsWith(name)) expectHarmless(card);
});

it('shows any name as text', () => {
  const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }), fc.json({ maxDepth: 2 }), mixed());
  fc.assert(
    fc.property(name, (text) => {
      for (const card of cardsWith(text)) expectHarmless(card);
    }),
    { numRuns: 60 },
  );
});

it('puts into the card exactly what it was given: the template engine reads no expression in data', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 80 }), fc.json({ maxDepth: 2 }), mixed()), (text) => {
      const card = fill('working', { style: 'accent', kicker: text, title: text, fallbackText: text, speak: text, says: [{ text }] });
      expect(card.fallbackText).toBe(text);
      expect(stringsOf(card.body).filter((one) => one === text).length).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 300 },
  );
});

it('stays small with long names and long lists, and says what it left out', () => {
  for (const name of ['word '.repeat(400), '"\\'.repeat(2000), '\u{1f511}'.repeat(3000)]) {
    const cards = cardsWith(name, 40);
    for (const card of cards) expectHarmless(card);
    const [main] = cards;
    expect(textOf(main)).toMatch(/and 3\d more/);
    expect(textOf(cards.find((card) => titlesOf(card).includes('Confirm')))).toMatch(/and \d\d\d more changes/);
  }
});

describe('plain', () => {
  it.each([
    'Starter_v2 (beta)',
    'Orders & Returns',
    "O'Brien's API",
    'a < b > c',
    'C# *API*',
    '50 % [draft]',
    'Zürich 日本語 עברית',
    '$5 {x}',
  ])('leaves %j as it reads', (name) => {
    expect(plain(name)).toBe(name);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mixed()), fc.integer({ min: 5, max: 80 }), (text, max) => {
        expect(plain(plain(text, max), max * 2)).toBe(plain(text, max));
      }),
    );
  });

  it('cuts between characters, not through them', () => {
    expect(plain('🔑🔑🔑🔑🔑🔑', 4)).toBe('🔑🔑🔑…');
  });
});

it('is drawn as text in a real browser, and fits a small phone', async () => {
  await using window = await openCardWindow(340);
  for (const name of hostileNames) {
    for (const card of cardsWith(name).slice(0, 9)) {
      expect([name, await window.show(card)]).toEqual([name, []]);
      expect([name, await window.markup()]).toEqual([name, []]);
      expect([name, await window.overflow()]).toEqual([name, 0]);
    }
    const [main] = cardsWith(name);
    await window.show(main ?? {});
    expect(visible(await window.text())).toContain(visible(plain(name, 60)).slice(0, 40));
  }
});

function mixed(): fc.Arbitrary<string> {
  const parts = [
    '${',
    '}',
    '{{',
    '}}',
    '<at>',
    '</at>',
    '[',
    '](',
    ')',
    '**',
    '_',
    '`',
    '\\',
    '"',
    '\n',
    '\u202e',
    '\u200b',
    '$data',
    '$root',
    '@{',
    'x',
    ' ',
    '\ud83d',
    '\udd11',
  ];
  return fc.array(fc.constantFrom(...parts), { maxLength: 24 }).map((list) => list.join(''));
}
