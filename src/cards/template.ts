// Fills the templates of cards/. The only place that knows adaptivecards-templating.
// Values only ever stand in data: the engine reads expressions in templates, not in what they yield.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// The file, not the package: the package's types lead into TypeScript sources that do not compile under our settings.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import type { Card } from './card.ts';

const templates = {
  answer: read('answer'),
  guide: read('guide'),
  help: read('help'),
  outcome: read('outcome'),
  preview: read('preview'),
  verdict: read('verdict'),
  working: read('working'),
};

export type Moment = keyof typeof templates;

/** The moment's card with its data. Optional parts are lists: an empty one leaves nothing behind. */
export function fill(moment: Moment, data: Readonly<Record<string, unknown>>): Card {
  return templates[moment].expand({ $root: data }) as Card;
}

/** An optional line. */
export function optional(text: string): readonly { readonly text: string }[] {
  return text === '' ? [] : [{ text }];
}

/** Lines of text for a list in a template. */
export function asLines(texts: readonly string[]): readonly { readonly text: string }[] {
  return texts.map((text) => ({ text }));
}

function read(name: string): Template {
  return new Template(JSON.parse(readFileSync(join(import.meta.dirname, '../../cards', `${name}.json`), 'utf8')));
}
