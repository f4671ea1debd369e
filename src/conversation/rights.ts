// Who sees buttons. What is seen is a courtesy; remediation decides anew at each press.
import { mostReaders, type ViewOf, withoutFixes, withViews } from '../cards/personal-view.ts';
import type { Person, PlanRecord } from '../remediation/plan-record.ts';
import type { ConversationDeps } from './deps.ts';
import type { Card, Turn } from './ports.ts';

/** Why somebody may ask about nothing at all, as a sentence; null when there is something. */
export async function whyNotLook({ access, services }: ConversationDeps, who: Person): Promise<string | null> {
  const [first] = services;
  if (first === undefined || (await access.visible(who, services)).length > 0) return null;
  return (await access.whyNot(who, 'look', first)) ?? 'You have no role here.';
}

/** Whether somebody may press the fix buttons of an answer. */
export async function mayFix({ access }: ConversationDeps, who: Person, service: string | null): Promise<boolean> {
  return service === null || (await access.whyNot(who, 'fix', service)) === null;
}

/** Whether somebody may press what stands on a plan's card: what needs two people is also for those who may only agree. */
export async function mayPress(deps: ConversationDeps, who: Person, { service, secondPerson, state }: PlanRecord): Promise<boolean> {
  if (await mayFix(deps, who, service)) return true;
  const open = secondPerson && (state === 'prepared' || state === 'waiting');
  return open && (await deps.access.whyNot(who, 'approve', service)) === null;
}

/**
 * The card for the message that everybody sees: as whoever caused it may see it, with a view of their own for the others.
 * In a room with more people than may have one, it has no buttons, and whoever caused it gets theirs.
 */
export async function cardForAll(turn: Turn, card: Card, may: boolean, of: ViewOf): Promise<Card> {
  const own = may ? card : withoutFixes(card);
  if (turn.room.kind === 'personal') return own;
  const members = await turn.members();
  if (members === null) return own;
  const others = members.filter((member) => member !== turn.reader);
  return others.length <= mostReaders ? withViews(own, of, others) : withViews(withoutFixes(card), of, [turn.reader, ...others]);
}
