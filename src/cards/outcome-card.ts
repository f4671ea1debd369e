// What a press led to, and what a plan has become since: what changed, who did it, what can still be pressed, and why nothing happened.
import type { MissingRight, PlanRecord, PressResult } from '../remediation/plan-record.ts';
import { type Button, checkButton, fixButton, lookAgain, showButton, undoButton } from './buttons.ts';
import type { Card } from './card.ts';
import { changeRows } from './change-rows.ts';
import { clockText } from './clock-text.ts';
import type { Limits } from './fit.ts';
import { isReplacement, outcomeHead } from './outcome-words.ts';
import { shortIds } from './place.ts';
import { exact, plain } from './plain.ts';
import { asLines, fill, optional } from './template.ts';

export interface OutcomeView {
  readonly result: PressResult;
  /** Names the question for Look again; null when it is not remembered. */
  readonly ask: string | null;
  /** The next step of a sequence, when there is one. */
  readonly next: PlanRecord | null;
}

export function outcomeCard({ result, ask, next }: OutcomeView, limits: Limits): Card {
  const { plan, says, missing } = result;
  return fill('outcome', {
    ...outcomeHead(result),
    says: optional(plain(shortIds(says, plan?.service ?? null), limits.chars)),
    changeBlocks: plan === null ? [] : doneBlocks(plan, limits),
    facts: [...(plan === null ? [] : who(plan)), ...(missing === undefined ? [] : rights(missing, limits))],
    nextBlocks: [{ lines: asLines(whatNext(result, ask, next).map((line) => plain(line, limits.chars))) }],
    codeBlocks: missing === undefined ? [] : commandBlock(missing, limits),
    small: [],
    actions: [...buttonsFor(result, next), ...lookAgain(ask)],
    links: missing === undefined ? [] : [{ title: 'Open in the Azure portal', url: missing.portal }],
  });
}

/** What can still be pressed, by what is true of the plan now. */
function buttonsFor({ kind, plan }: PressResult, next: PlanRecord | null): readonly Button[] {
  if (plan === null || kind === 'expired') return [];
  if (plan.state === 'waiting' || (plan.state === 'prepared' && plan.kind === 'undo')) return [showButton(plan.id)];
  if (plan.state === 'offered' || plan.state === 'prepared') return [fixButton(plan.label, plan.id)];
  if (plan.state !== 'applied') return [];
  const undo = plan.undo !== null && plan.undoUntil !== null ? [undoButton(plan.id)] : [];
  const step = next?.state === 'offered' ? [fixButton(next.label, next.id)] : [];
  return [...(isCallable(plan) ? [checkButton(plan.id)] : []), ...step, ...undo];
}

/** A call would tell more, and was not made yet or did not go through. */
function isCallable({ callable, verified }: PlanRecord): boolean {
  return callable !== null && verified !== null && verified !== 'ruled-out';
}

function doneBlocks(plan: PlanRecord, limits: Limits): readonly unknown[] {
  if (plan.state === 'applied') return changeBlocks(plan, 'This was changed', limits);
  if (plan.state !== 'undone') return [];
  const shown = plan.shown.map((change) => ({ ...change, before: change.after, after: change.before })).reverse();
  return changeBlocks({ ...plan, shown }, 'This was put back', limits);
}

function changeBlocks(plan: Pick<PlanRecord, 'shown' | 'service'>, heading: string, limits: Limits): readonly unknown[] {
  const { rows, more } = changeRows(plan, limits);
  return rows.length === 0
    ? []
    : [{ heading, rows: rows.map((row) => ({ ...row, beforeWord: 'was', afterWord: 'is' })), more: optional(more) }];
}

interface Fact {
  readonly name: string;
  readonly text: string;
  readonly size: string;
}

function who({ requestedBy, approvedBy, confirmedBy, appliedAt, undoneBy, undoneAt, state, undo, undoUntil }: PlanRecord): readonly Fact[] {
  const facts: Fact[] = [];
  if (approvedBy !== null && requestedBy !== null) facts.push(fact('Asked for by', byAt(requestedBy.name, null)));
  if (approvedBy !== null) facts.push(fact('Agreed to by', byAt(approvedBy.name, appliedAt)));
  else if (confirmedBy !== null) facts.push(fact('Confirmed by', byAt(confirmedBy.name, appliedAt)));
  if (undoneBy !== null) facts.push(fact('Undone by', byAt(undoneBy.name, undoneAt)));
  if (state === 'applied' && undo !== null && undoUntil !== null) {
    facts.push(fact('Undo', plain(`${undo} Possible until ${clockText(undoUntil)}.`, 300)));
  }
  return facts;
}

function rights({ action, role, grantedBy }: MissingRight, limits: Limits): readonly Fact[] {
  return [
    { ...fact('Missing permission', exact(action, 200)), size: 'Small' },
    fact('A role that has it', plain(role, limits.chars)),
    fact('Who can grant it', plain(grantedBy, limits.chars)),
  ];
}

function commandBlock({ azRest }: MissingRight, limits: Limits): readonly unknown[] {
  // Copied into a terminal, so it is whole or not there at all.
  if (azRest.length > limits.chars * 4) return [];
  return [{ heading: 'The same in a terminal, by somebody who has it', lines: asLines([exact(azRest, azRest.length)]), note: [] }];
}

function fact(name: string, text: string): Fact {
  return { name, text: text || 'none', size: 'Default' };
}

function byAt(name: string, at: string | null): string {
  return `${plain(name, 60) || 'Somebody'}${at === null ? '' : `, ${clockText(at)}`}`;
}

function whatNext({ kind, plan }: PressResult, ask: string | null, next: PlanRecord | null): readonly string[] {
  const again = ask === null ? 'Paste the 401 again to see how it is now.' : 'Press "Look again" to see how it is now.';
  if (kind === 'not-allowed' && plan !== null && ['offered', 'prepared', 'waiting', 'applied'].includes(plan.state)) {
    return ['Ask somebody who may: the buttons stay here for them.'];
  }
  if (plan?.state === 'applying' || plan?.state === 'undoing') return ['The card changes when that is done.'];
  if (plan?.state === 'uncertain') return ['Press nothing again before it is clear; the card changes when it is.', again];
  if (plan?.state !== 'applied') return [again];
  if (isReplacement(plan)) return [...replaced(plan), ...nextStep(next)];
  const proven = plan.verified === 'ruled-out' && plan.checkCall !== null;
  const lines = proven
    ? ['The call goes through: nothing is left to do.']
    : isCallable(plan)
      ? [`"Make the call" sends ${plan.callable} once through the gateway, with a key that I take from Azure and forget.`]
      : [callAgain(plan)];
  return plan.nextCheckAt === null || plan.verified === 'ruled-out'
    ? lines
    : [...lines, `I ask again by myself, next at ${clockText(plan.nextCheckAt)}; this card changes when something is known.`];
}

/** How whoever called sees that it works: what was mended decides whether the same call will do. */
function callAgain({ shown }: PlanRecord): string {
  if (shown.some(({ on, field, before }) => field === '' && before === null && /\/subscriptions\/[^/]+$/i.test(on))) {
    return 'Fetch a key of the new subscription in the portal, under Subscriptions, "Show/hide keys", and call with it: the old key stays as it was.';
  }
  if (shown.every(({ field }) => field === 'properties.request')) {
    return 'Test again in the console, which fills in a key of its own now. A copied command still sends the old value.';
  }
  return 'Make the call again to see it work.';
}

/** What a replaced key asks of people; while a second step is to come, that its callers get the new one. */
function replaced({ nextPlan }: PlanRecord): readonly string[] {
  const where = 'The new key is in the portal, under Subscriptions, "Show/hide keys"; it is not shown here.';
  return nextPlan === null
    ? ['The old key opens nothing any more: whoever gets a 401 now still sends it.', where]
    : [where, 'Give it to everybody who calls with the pasted one.'];
}

function nextStep(next: PlanRecord | null): readonly string[] {
  return next?.state === 'offered' ? [`Then press "${next.label}", until ${clockText(next.expiresAt)}. ${next.consequence}`] : [];
}
