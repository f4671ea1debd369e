// A plan on its way: what would change, what changed, what was put back, and why nothing happened.
import type { PlanRecord, PressResult } from '../remediation/plan-record.ts';
import { type Button, confirmButtons, fixButton, lookAgain, undoButton } from './buttons.ts';
import type { Card } from './card.ts';
import { changeRows } from './change-rows.ts';
import { clockText } from './clock-text.ts';
import { fitted, type Limits } from './fit.ts';
import { outcomeHead } from './outcome-words.ts';
import { shortIds } from './place.ts';
import { exact, plain } from './plain.ts';
import { head } from './talk-cards.ts';
import { asLines, fill, optional } from './template.ts';

/** The card that answers a press. `ask` names the question for Look again; null when it is not remembered. */
export function pressCard(result: PressResult, ask: string | null): Card {
  const { kind, plan } = result;
  if (plan !== null && (kind === 'preview' || (kind === 'already' && plan.state === 'prepared'))) return previewCard(plan);
  return fitted((limits) => outcomeCard(result, ask, limits));
}

/** Exactly what would change, what that means, and how to get back. */
export function previewCard(plan: PlanRecord): Card {
  return fitted((limits) =>
    fill('preview', {
      ...head('accent', 'Nothing is changed yet', plan.label),
      changeBlocks: changeBlocks(plan, 'This will change, and nothing else', ['now', 'then'], limits),
      facts: [
        fact('What it means', plain(plan.consequence, limits.chars)),
        fact('Undo', plain(plan.undo ?? 'There is none.', limits.chars)),
        ...(plan.secondPerson ? [fact('Two people', 'It widens access or undoes a decision, so a second person should agree.')] : []),
        // Copied into role definitions, so nothing invisible goes in; small, to fit a phone.
        { ...fact('Needs', exact(plan.permission, 200)), size: 'Small' },
      ],
      small: asLines([`Confirm works once, until ${clockText(plan.expiresAt)}. If somebody changes this meanwhile, nothing is sent.`]),
      actions: confirmButtons(plan.id),
    }),
  );
}

function outcomeCard(result: PressResult, ask: string | null, limits: Limits): Card {
  const { plan, says } = result;
  return fill('outcome', {
    ...outcomeHead(result),
    says: optional(plain(shortIds(says, plan?.service ?? null), limits.chars)),
    changeBlocks: plan === null ? [] : doneBlocks(plan, limits),
    facts: plan === null ? [] : who(plan),
    nextBlocks: [{ lines: asLines(next(result, ask)) }],
    small: [],
    actions: [...buttonsFor(result), ...lookAgain(ask)],
  });
}

/** What can still be pressed, by what is true of the plan now. */
function buttonsFor({ kind, plan }: PressResult): readonly Button[] {
  if (plan === null || kind === 'expired') return [];
  if (plan.state === 'offered') return [fixButton(plan.label, plan.id)];
  if (plan.state === 'prepared') return confirmButtons(plan.id);
  return plan.state === 'applied' && plan.undo !== null && plan.undoUntil !== null ? [undoButton(plan.id)] : [];
}

function doneBlocks(plan: PlanRecord, limits: Limits): readonly unknown[] {
  if (plan.state === 'applied') return changeBlocks(plan, 'This was changed', ['was', 'is'], limits);
  if (plan.state !== 'undone') return [];
  const shown = plan.shown.map((change) => ({ ...change, before: change.after, after: change.before })).reverse();
  return changeBlocks({ ...plan, shown }, 'This was put back', ['was', 'is'], limits);
}

function changeBlocks(
  plan: Pick<PlanRecord, 'shown' | 'service'>,
  heading: string,
  [beforeWord, afterWord]: readonly [string, string],
  limits: Limits,
): readonly unknown[] {
  const { rows, more } = changeRows(plan, limits);
  return rows.length === 0 ? [] : [{ heading, rows: rows.map((row) => ({ ...row, beforeWord, afterWord })), more: optional(more) }];
}

function who({ confirmedBy, appliedAt, undoneBy, undoneAt, state, undo, undoUntil }: PlanRecord): readonly Fact[] {
  const facts: Fact[] = [];
  if (confirmedBy !== null) facts.push(fact('Confirmed by', byAt(confirmedBy.name, appliedAt)));
  if (undoneBy !== null) facts.push(fact('Undone by', byAt(undoneBy.name, undoneAt)));
  if (state === 'applied' && undo !== null && undoUntil !== null) {
    facts.push(fact('Undo', plain(`${undo} Possible until ${clockText(undoUntil)}.`, 300)));
  }
  return facts;
}

interface Fact {
  readonly name: string;
  readonly text: string;
  readonly size: string;
}

function fact(name: string, text: string): Fact {
  return { name, text: text || 'none', size: 'Default' };
}

function byAt(name: string, at: string | null): string {
  return `${plain(name, 60) || 'Somebody'}${at === null ? '' : `, ${clockText(at)}`}`;
}

function next({ kind, plan }: PressResult, ask: string | null): readonly string[] {
  const again = ask === null ? 'Paste the 401 again to see how it is now.' : 'Press "Look again" to see how it is now.';
  if (plan?.state === 'applied' && (kind === 'applied' || kind === 'already')) return ['Make the call again to see it work.'];
  if (kind === 'not-allowed' && (plan?.state === 'offered' || plan?.state === 'prepared')) {
    return ['Ask somebody who may: the buttons stay here for them.'];
  }
  if (plan?.state === 'applying' || plan?.state === 'undoing') return ['The card changes when that is done.'];
  return [again];
}

/** For a press that none of our buttons can have sent. */
export function strangeButtonCard(): Card {
  const says = 'I cannot read what this button sent. Nothing was changed.';
  return pressCard({ kind: 'unknown-plan', plan: null, says }, null);
}
