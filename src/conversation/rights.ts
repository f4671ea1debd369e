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

/** Who reads a message: whoever caused what it shows, and the others as far as Teams tells them. */
export interface Audience {
  /** Nobody else reads a chat of one. */
  readonly alone: boolean;
  /** The channel's user id of whoever caused it, and whether they may press. */
  readonly reader: string;
  readonly may: boolean;
  /** Whether the message has its buttons for all who have no view of their own. */
  readonly buttons: boolean;
  /** The channel's user ids; null where that cannot be known. */
  readonly others: readonly string[] | null;
}

/** `buttons`: absent where they depend on whoever caused it. */
export async function audienceOf(turn: Turn, may: boolean, buttons: boolean = may): Promise<Audience> {
  const alone = turn.room.kind === 'personal';
  const members = alone ? null : await turn.members();
  return { alone, reader: turn.reader, may, buttons, others: members?.filter((member) => member !== turn.reader) ?? null };
}

/**
 * The card for the message that everybody sees: as whoever caused it may see it, with a view of their own for the others.
 * In a room with more people than may have one, it has no buttons, and whoever caused it gets theirs.
 */
export function cardForAll({ alone, reader, may, buttons, others }: Audience, card: Card, of: ViewOf): Card {
  const own = buttons ? card : withoutFixes(card);
  if (alone || others === null) return own;
  // Whoever sees in their own view what the message has for all needs none.
  const readers = may === buttons ? others : [reader, ...others];
  return readers.length <= mostReaders ? withViews(own, of, readers) : withViews(withoutFixes(card), of, [reader, ...others]);
}
