// What would change, before it does: field by field, who else notices, whether access becomes wider, the way back, and who has to agree.
import type { Impact } from '../remediation/impact.ts';
import type { PlanRecord } from '../remediation/plan-record.ts';
import { confirmButtons } from './buttons.ts';
import type { Card } from './card.ts';
import { changeRows } from './change-rows.ts';
import { clockText } from './clock-text.ts';
import { codeLine } from './code-line.ts';
import { documentBlocks, isDocument } from './document-rows.ts';
import { fitted, type Limits } from './fit.ts';
import { serviceWords, shortIds } from './place.ts';
import { exact, plain } from './plain.ts';
import { head } from './talk-cards.ts';
import { asLines, fill, optional } from './template.ts';

/** The card with Confirm and Cancel, for a fix and for an undo; also while a second person has to agree. */
export function previewCard(plan: PlanRecord): Card {
  return fitted((limits) =>
    fill('preview', {
      ...head(plan.state === 'waiting' ? 'warning' : 'accent', kickerOf(plan), titleOf(plan)),
      ...changesOf(plan, limits),
      // The same names are in every stage's service, so it is said which one this is.
      meaning: [fact('Service', plain(serviceWords(plan.service), 160)), fact('What it means', plain(plan.consequence, limits.chars))],
      noticeBlocks: plan.impact ? [noticeBlock(plan.impact, plan, limits)] : [],
      facts: factsOf(plan, limits),
      codeBlocks: plan.impact?.asCode ? [codeBlock(plan.impact.asCode, plan, limits)] : [],
      small: asLines([`Confirm works once, until ${clockText(endOf(plan))}. If somebody changes this meanwhile, nothing is sent.`]),
      actions: confirmButtons(plan.id, plan.digest),
    }),
  );
}

function kickerOf({ state }: PlanRecord): string {
  return state === 'waiting' ? 'Waiting for a second person, nothing is changed yet' : 'Nothing is changed yet';
}

function titleOf({ kind, label }: PlanRecord): string {
  return kind === 'undo' && !/^undo\b/i.test(label) ? `Undo: ${label}` : label;
}

function endOf({ state, approvalUntil, expiresAt }: PlanRecord): string {
  return state === 'waiting' ? (approvalUntil ?? expiresAt) : expiresAt;
}

function changesOf({ shown, service }: PlanRecord, limits: Limits): Readonly<Record<string, unknown>> {
  const documents = documentBlocks(shown.filter(isDocument), limits);
  const { rows, more } = changeRows({ shown: shown.filter((change) => !isDocument(change)), service }, limits);
  const changeBlock = {
    heading: 'This will change, and nothing else',
    rows: rows.map((row) => ({ ...row, beforeWord: 'now', afterWord: 'then' })),
    more: optional(more),
  };
  return {
    changeBlocks: shown.length === 0 ? [] : [changeBlock],
    documentBlocks: documents.blocks,
    documentsLeft: optional(documents.more),
  };
}

function noticeBlock({ affects }: Impact, { service }: PlanRecord, limits: Limits): unknown {
  const lines = affects.slice(0, limits.items).map((line) => sentence(line, service, limits));
  const left = affects.length - lines.length;
  return {
    heading: 'Who else notices',
    lines: asLines([...(lines.length === 0 ? ['Nobody else.'] : lines), ...(left === 0 ? [] : [`and ${left} more`])]),
  };
}

interface Fact {
  readonly name: string;
  readonly text: string;
  readonly size: string;
}

function factsOf(plan: PlanRecord, limits: Limits): readonly Fact[] {
  const { service, impact, permission, secondPerson, state } = plan;
  return [
    ...(impact ? [fact('Wider access', impact.wider === null ? 'No.' : sentence(impact.wider, service, limits))] : []),
    fact('Undo', sentence(wayBack(plan), service, limits)),
    ...(secondPerson || state === 'waiting' ? [fact('Two people', sentence(twoPeople(plan), service, limits))] : []),
    // Copied into role definitions, so nothing invisible goes in; small, to fit a phone.
    { ...fact('Needs', exact(permission, 200)), size: 'Small' },
  ];
}

function wayBack({ kind, undo, impact }: PlanRecord): string {
  const why = impact?.noWayBack ?? '';
  if (kind === 'undo') return `This is the way back. To have the change again, look again and press its button. ${why}`;
  return `${undo ?? 'There is none.'} ${why}`;
}

function twoPeople({ state, requestedBy, approvalUntil }: PlanRecord): string {
  if (state !== 'waiting')
    return 'This opens something, undoes a decision or can break other callers. Your Confirm only asks: somebody else who may agree has to press it too.';
  const until = approvalUntil === null ? '' : `, until ${clockText(approvalUntil)}; no answer is a no`;
  return `${plain(requestedBy?.name ?? '', 60) || 'Somebody'} pressed Confirm. Somebody else who may agree has to press it too${until}.`;
}

/** A warning, and what to commit instead. The patch is a line for each of its lines. */
function codeBlock({ says, patch }: NonNullable<Impact['asCode']>, { service }: PlanRecord, limits: Limits): unknown {
  const all = patch === '' ? [] : patch.split('\n');
  const shown = all.slice(0, limits.items * 4);
  const left = all.length - shown.length;
  return {
    heading: all.length === 0 ? 'This service is managed as code' : 'The next publish may take this back',
    says: asLines([sentence(says, service, limits), ...(all.length === 0 ? [] : ['Commit this as well:'])]),
    lines: shown.map((line) => ({ text: codeLine(line, Math.min(limits.chars, 160)), color: colorOf(line) })),
    more: optional(left === 0 ? '' : `and ${left} more ${left === 1 ? 'line' : 'lines'}`),
  };
}

function colorOf(line: string): string {
  // Good is a pale green in some clients, and this is the line that counts.
  if (line.startsWith('+ ')) return 'Accent';
  return line.startsWith('- ') ? 'Attention' : 'Default';
}

function sentence(text: string, service: string, limits: Limits): string {
  return plain(shortIds(text, service), limits.chars) || 'none';
}

function fact(name: string, text: string): Fact {
  return { name, text: text || 'none', size: 'Default' };
}
