// A reader's client asks for their own view of a card that everybody sees. Nothing changes by it.
import { withoutFixes, withViews } from '../cards/personal-view.ts';
import { planCard, strangeButtonCard } from '../cards/press-card.ts';
import { forgottenCard } from '../cards/talk-cards.ts';
import type { ConversationDeps } from './deps.ts';
import type { Card, Turn } from './ports.ts';
import { nextOf } from './press.ts';
import type { Pressed } from './press-data.ts';
import { mayFix, mayPress } from './rights.ts';

export async function ownView(deps: ConversationDeps, turn: Turn, { of }: Extract<Pressed, { verb: 'view' }>): Promise<Card> {
  const view = 'plan' in of ? await viewOfPlan(deps, turn, of.plan) : await viewOfAnswer(deps, turn, of.ask);
  // So that the view is asked for again when the message changes.
  return withViews(view, of, [turn.reader]);
}

async function viewOfPlan(deps: ConversationDeps, turn: Turn, id: string): Promise<Card> {
  const plan = await deps.remediation.find(id);
  if (plan === null || plan.conversation !== turn.room.id) return strangeButtonCard();
  const ask = deps.asks.ofPlan(id, turn.room.id, turn.now());
  const card = planCard(plan, ask?.id ?? null, await nextOf(deps, plan));
  return (await mayPress(deps, turn.who, plan)) ? card : withoutFixes(card);
}

async function viewOfAnswer(deps: ConversationDeps, turn: Turn, id: string): Promise<Card> {
  const ask = deps.asks.find(id, turn.room.id, turn.now());
  const views = ask === null ? null : deps.asks.viewsOf(ask);
  if (views === null) return forgottenCard();
  return (await mayFix(deps, turn.who, views.service)) ? views.fixer : views.viewer;
}
