// What holds for every card that the bot can send.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosisCard } from '../../src/cards/diagnosis-card.ts';
import { CARD_BYTES, cardBytes } from '../../src/cards/fit.ts';
import { schemaProblems, stringsOf } from '../harness/card-schema.ts';
import { buttonsOf, textOf, titlesOf, visible } from '../harness/card-text.ts';
import { openCardWindow } from '../harness/card-window.ts';
import { cardsOfEveryMoment } from '../harness/cards-of-every-moment.ts';
import { diagnosisWith } from '../harness/diagnoses.ts';

// A real browser on a busy machine.
jest.setTimeout(60_000);

const folder = join(import.meta.dirname, '../../cards');
const templates = readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown] as const);
const moments = Object.entries(cardsOfEveryMoment);

describe.each(moments)('%s', (_name, card) => {
  it('is an Adaptive Card 1.5 as Teams takes it', () => {
    expect(schemaProblems(card)).toEqual([]);
  });

  it('is small, with few actions', () => {
    expect(cardBytes(card)).toBeLessThanOrEqual(CARD_BYTES);
    expect(buttonsOf(card).length).toBeLessThanOrEqual(6);
    expect(stringsOf(card).filter((text) => text.startsWith('Action.Execute')).length).toBeLessThanOrEqual(6);
  });

  it('gives older clients the same button, and carries an opaque id and nothing else', () => {
    for (const { title, verb, data, fallback } of buttonsOf(card)) {
      expect(fallback).toMatchObject({ type: 'Action.Submit', title, data: { verb, ...(data as object) } });
      const carried = verb === 'look-again' ? ['ask'] : verb === 'confirm' ? ['plan', 'seen'] : ['plan'];
      expect(Object.keys(data as object)).toEqual(carried);
    }
  });

  it('leaves no expression unfilled', () => {
    expect(stringsOf(card).filter((text) => text.includes('${'))).toEqual([]);
  });

  it('can be heard, and read where cards cannot be shown', () => {
    expect(card.fallbackText).toMatch(/^\S.{8,200}\.$/);
    expect(card.speak).not.toMatch(/[<>&]/);
  });

  it('is no dead end', () => {
    const ways = /press|paste|write|ask |call again|Give more|Compare|Look at|Check|changes when|Send |wait |Confirm/i;
    expect(textOf(card)).toMatch(ways);
  });
});

it('has room for its buttons, however many fixes there are', () => {
  const fixes = Array.from({ length: 9 }, (_, index) => ({
    cause: 'subscription-suspended',
    label: `Fix ${index}`,
    plan: `plan-${index}`,
  }));
  const card = diagnosisCard({ diagnosis: diagnosisWith(), fixes, ask: 'ask-1' });
  expect(titlesOf(card)).toEqual(['Fix 0', 'Fix 1', 'Fix 2', 'Look again']);
});

describe('templates', () => {
  it.each(templates)('%s shows data in text runs only, which know no Markdown', (_name, template) => {
    const markdown = nodesOf(template).filter(
      ({ type }) => type !== 'TextRun' && type !== 'AdaptiveCard' && !String(type).startsWith('Action.'),
    );
    const filled = markdown.flatMap(({ text, facts, title }) => stringsOf([text, facts, title])).filter((text) => text.includes('${'));
    expect(filled).toEqual([]);
  });

  it.each(templates)('%s is used by some moment', (name, template) => {
    const fixed = stringsOf(template).filter((text) => !text.includes('${') && text.length > 9);
    const users = moments.filter(([, card]) => stringsOf(card).filter((text) => fixed.includes(text)).length >= 2);
    expect([name, users.length]).toEqual([name, expect.any(Number)]);
    expect(users.length).toBeGreaterThan(0);
  });
});

describe('in a real browser, on a small phone', () => {
  it('is drawn by the renderer without a complaint, fits, and shows its words', async () => {
    await using window = await openCardWindow(340);
    for (const [name, card] of moments) {
      expect([name, await window.show(card)]).toEqual([name, []]);
      expect([name, await window.overflow()]).toEqual([name, 0]);
      const shown = visible(await window.text());
      for (const line of textOf(card).split('\n')) {
        expect(shown).toContain(line);
      }
      for (const { title } of buttonsOf(card)) {
        expect(shown).toContain(title);
      }
    }
  });
});

function nodesOf(node: unknown): readonly Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(nodesOf);
  return Array.isArray(node) ? inner : [node as Record<string, unknown>, ...inner];
}
