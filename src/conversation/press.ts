// Somebody presses a button of a plan. The card answers whoever pressed, and replaces the message for everybody.
import { behindShow, withNote, withoutFixes } from '../cards/personal-view.ts';
import { planCard, pressCard } from '../cards/press-card.ts';
import type { PlanRecord, Press, PressResult, Remediation } from '../remediation/plan-record.ts';
import type { ConversationDeps } from './deps.ts';
import { onTheCard } from './on-the-card.ts';
import type { Places } from './places.ts';
import type { Card, Place, Turn } from './ports.ts';
import type { Pressed } from './press-data.ts';
import { audienceOf, cardForAll, mayPress } from './rights.ts';

type PlanPress = Extract<Pressed, { plan: string }>;

export async function pressPlan(deps: ConversationDeps, places: Places, turn: Turn, pressed: PlanPress): Promise<Card> {
  const result = await act(deps.remediation, pressed, { who: turn.who, conversation: turn.room.id, signOn: turn.signOn });
  const ask = deps.asks.ofPlan(pressed.plan, turn.room.id, turn.now());
  const { plan } = result;
  // An undo, and the next step of a sequence, are about the same question.
  if (plan !== null && ask !== null) for (const id of [plan.id, plan.nextPlan]) if (id !== null) deps.asks.link(id, ask);
  const shown = pressCard({ result, ask: ask?.id ?? null, next: await nextOf(deps, plan) });
  if (plan === null) return shown;
  const card = needsCompany(plan, turn) ? withNote(shown, aloneHere) : shown;
  const may = await mayPress(deps, turn.who, plan);
  if (isForEverybody(result)) {
    const known = places.of(plan);
    const shownAt = known.length > 0 || ask === null ? known : [{ message: ask.card, address: ask.address, buttons: true }];
    const isShown = await showEverywhere(deps, turn, shownAt, async (place) => {
      const audience = await audienceOf(turn, may, may && place.buttons);
      places.keepAudience(plan, place, audience);
      return cardForAll(audience, card, { plan: plan.id });
    });
    if (isShown) await onTheCard(deps, ask, plan);
  }
  return may ? card : withoutFixes(card);
}

const aloneHere =
  'Nobody else reads this chat, so nobody can agree here. Paste the 401 in a channel or group chat with an approver in it, and press there.';

/** Two people are needed, and this is a chat of one with the bot. */
function needsCompany({ secondPerson, state }: PlanRecord, { room }: Turn): boolean {
  return room.kind === 'personal' && secondPerson && (state === 'prepared' || state === 'waiting');
}

/** Whoever pressed has the card already; that others see an old one must not turn the answer into an error. Whether the first shows it. */
async function showEverywhere(
  deps: ConversationDeps,
  turn: Turn,
  [first, ...copies]: readonly Place[],
  cardAt: (place: Place) => Promise<Card>,
): Promise<boolean> {
  let isShown = false;
  const done = (): void => {
    isShown = true;
  };
  const trouble = (error: unknown): void => deps.log.error({ error }, 'a card could not be replaced');
  if (first !== undefined) await turn.replaceCard(first.message, await cardAt(first), first.address).then(done, trouble);
  // One after the other, as Teams wants it in one conversation. A copy that cannot be edited is not worth a new message.
  for (const copy of copies) await turn.editCard(copy.message, await cardAt(copy), copy.address).catch(trouble);
  return isShown;
}

/** The card of a plan as it stands, for everybody who was seen to read that message; where nobody was, its buttons are one press away. */
export async function cardOf(deps: ConversationDeps, places: Places, plan: PlanRecord, place: Place): Promise<Card> {
  const card = planCard(plan, null, await nextOf(deps, plan));
  const audience = places.audience(plan, place);
  if (audience !== null && (audience.alone || audience.others !== null)) return cardForAll(audience, card, { plan: plan.id });
  return place.buttons ? behindShow(card, plan.id) : withoutFixes(card);
}

export async function nextOf({ remediation }: ConversationDeps, plan: PlanRecord | null): Promise<PlanRecord | null> {
  return plan?.nextPlan ? remediation.find(plan.nextPlan) : null;
}

function act(remediation: Remediation, pressed: PlanPress, press: Press): Promise<PressResult> {
  switch (pressed.verb) {
    case 'fix':
      return remediation.prepare(pressed.plan, press);
    case 'confirm':
      return remediation.confirm(pressed.plan, press, pressed.seen);
    case 'cancel':
      return remediation.cancel(pressed.plan, press);
    case 'undo':
      return remediation.undo(pressed.plan, press);
    case 'check':
      return remediation.check(pressed.plan, press);
  }
}

/**
 * Not the refusal of one person, whose press must not take the buttons from those who may; and not the answer to a
 * second press while the first is at work, which would come to lie on top of the result.
 */
function isForEverybody({ kind, plan }: PressResult): boolean {
  if (plan === null || kind === 'not-allowed') return false;
  if (kind !== 'already') return true;
  return plan.state !== 'applying' && plan.state !== 'undoing' && !(plan.state === 'applied' && plan.verified === null);
}
