// The answer to a question: what is wrong, how that is known, what else it could be, what to do.
import type { AnswerKind, CauseVerdict, Diagnosis } from '../diagnosis/diagnosis.ts';
import { type Button, fixButton, lookAgain, undoButton } from './buttons.ts';
import type { Card } from './card.ts';
import { clockText } from './clock-text.ts';
import { fitted, type Limits } from './fit.ts';
import { footer } from './footer.ts';
import { nameIn, placeOf, shortIds } from './place.ts';
import { exact, plain, spoken } from './plain.ts';
import { guideCard } from './talk-cards.ts';
import { asLines, fill, optional } from './template.ts';
import { secretWarnings } from './whole-key.ts';

/** A fix that can be pressed: the plan behind it is kept already. */
export interface PlannedFix {
  readonly cause: string;
  readonly label: string;
  readonly plan: string;
}

/** What was mended before on the same card, and can still be taken back. */
export interface PlannedUndo {
  readonly label: string;
  readonly plan: string;
  /** ISO 8601. */
  readonly until: string;
}

export interface DiagnosisView {
  readonly diagnosis: Diagnosis;
  /** The headline's first. */
  readonly fixes: readonly PlannedFix[];
  readonly undo?: PlannedUndo | null;
  /** Names the question for Look again; null when it is not remembered. */
  readonly ask: string | null;
}

/** Fix buttons on one card; the rest is for a second look. */
export const mostFixes = 3;

const words: Readonly<
  Record<Exclude<AnswerKind, 'cause' | 'not-a-401'>, { readonly kicker: string; readonly title: string; readonly style: string }>
> = {
  'no-cause': { kicker: 'Looked, and found nothing wrong', title: 'No cause found', style: 'emphasis' },
  'ambiguous-key': { kicker: 'One more fact is needed', title: 'Several keys start like this', style: 'warning' },
  'not-from-api-management': { kicker: 'Somebody else sent this', title: 'This 401 is not from API Management', style: 'accent' },
  policy: { kicker: 'The key is not the problem', title: 'A policy of the gateway refused this', style: 'accent' },
  'unknown-service': { kicker: 'No such service here', title: 'I do not know this service', style: 'warning' },
};

/** The card for a diagnosis, whatever its kind. */
export function diagnosisCard(view: DiagnosisView): Card {
  const { diagnosis } = view;
  const main = diagnosis.verdicts.find(({ cause }) => cause === diagnosis.headline);
  const { kind } = diagnosis.answer;
  if (kind === 'not-a-401') return guideCard({ says: diagnosis.answer.says, warnings: secretWarnings(diagnosis) });
  if (kind === 'cause' && main !== undefined) return fitted((limits) => verdictCard(view, main, limits));
  return fitted((limits) => answerCard(view, kind === 'cause' ? 'no-cause' : kind, limits));
}

function verdictCard({ diagnosis, fixes, undo = null, ask }: DiagnosisView, main: CauseVerdict, limits: Limits): Card {
  const proven = main.outcome === 'confirmed';
  const state = proven ? 'Confirmed' : 'Suspected, not proven';
  const title = plain(main.title, 160);
  const buttons = fixes.slice(0, mostFixes);
  const next = diagnosis.answer.next.slice(0, limits.items).map((line) => plain(line, limits.chars));
  return fill('verdict', {
    fallbackText: spoken(`${state}: ${main.title}.`),
    speak: spoken(`${state}: ${main.title}.`),
    style: proven ? 'attention' : 'warning',
    kicker: plain([state, ...about(diagnosis)].join(' · '), 160),
    title,
    says: optional(plain(shortIds(main.says, diagnosis.service), limits.chars)),
    warnings: secretWarnings(diagnosis),
    evidenceBlocks: evidenceBlocks(main, diagnosis.service, limits),
    suspectBlocks: suspectBlocks(diagnosis, limits),
    codeBlocks: codeBlocks(main, limits),
    nextBlocks: nextBlocks([...next, ...(buttons.length > 0 ? ['Nothing changes before you confirm.'] : []), ...undoLine(undo)]),
    small: asLines(footer(diagnosis, limits)),
    actions: [...buttons.map(({ label, plan }) => fixButton(label, plan)), ...undoButtons(undo), ...lookAgain(ask)],
  });
}

function answerCard({ diagnosis, ask, fixes, undo = null }: DiagnosisView, kind: keyof typeof words, limits: Limits): Card {
  const { kicker, title, style } = words[kind];
  return fill('answer', {
    fallbackText: `${title}.`,
    speak: `${title}.`,
    style,
    kicker: plain([kicker, ...about(diagnosis)].join(' · '), 160),
    title,
    says: optional(plain(shortIds(diagnosis.answer.says, diagnosis.service), limits.chars * 2)),
    warnings: secretWarnings(diagnosis),
    suspectBlocks: suspectBlocks(diagnosis, limits),
    nextBlocks: nextBlocks([...diagnosis.answer.next.slice(0, limits.items).map((line) => plain(line, limits.chars)), ...undoLine(undo)]),
    small: asLines(footer(diagnosis, limits)),
    actions: [...fixes.slice(0, mostFixes).map(({ label, plan }) => fixButton(label, plan)), ...undoButtons(undo), ...lookAgain(ask)],
  });
}

/** A command or a policy to copy: whole, or not there at all. */
function codeBlocks({ copy }: CauseVerdict, limits: Limits): readonly unknown[] {
  if (copy === null || copy.text.length > limits.chars * 4) return [];
  const heading = copy.what === 'command' ? 'To copy into a terminal' : 'To copy into the policy';
  const lines = copy.text.split('\n').map((line) => exact(line, line.length));
  return [{ heading, lines: asLines(lines), note: optional(plain(copy.decides, limits.chars)) }];
}

function undoLine(undo: PlannedUndo | null): readonly string[] {
  return undo === null ? [] : [plain(`Undo takes back "${undo.label}", until ${clockText(undo.until)}.`, 200)];
}

function undoButtons(undo: PlannedUndo | null): readonly Button[] {
  return undo === null ? [] : [undoButton(undo.plan)];
}

function about({ service, symptom }: Diagnosis): readonly string[] {
  const place = service === null ? symptom.host : nameIn(service);
  return [place, symptom.apiPath].filter((part) => part !== null && part !== '').map((part) => plain(part ?? '', 60));
}

function evidenceBlocks({ evidence }: CauseVerdict, service: string | null, limits: Limits): readonly unknown[] {
  if (evidence.length === 0) return [];
  const value = (text: string): string => plain(shortIds(text, service), limits.chars) || 'nothing';
  const rows = evidence.slice(0, limits.items).map(({ at, observed, expected }) => ({
    where: plain(placeOf(at), limits.chars),
    observed: value(observed),
    expected: value(expected),
  }));
  return [{ rows, more: more(evidence.length - rows.length) }];
}

function suspectBlocks({ verdicts, headline, service }: Diagnosis, limits: Limits): readonly unknown[] {
  const others = verdicts.filter(({ cause, outcome }) => cause !== headline && (outcome === 'confirmed' || outcome === 'suspected'));
  if (others.length === 0) return [];
  const rows = others.slice(0, limits.items).map(({ outcome, title, says }) => ({
    outcome: outcome === 'confirmed' ? 'Confirmed' : 'Possible',
    text: plain(shortIds(`${title}. ${says}`, service), Math.min(limits.chars, 300)),
  }));
  return [{ rows, more: more(others.length - rows.length) }];
}

function more(left: number): readonly { readonly text: string }[] {
  return optional(left === 0 ? '' : `and ${left} more`);
}

function nextBlocks(lines: readonly string[]): readonly unknown[] {
  return lines.length === 0 ? [] : [{ lines: asLines(lines) }];
}
