// One look: diagnose, keep the plans that buttons will name, make the card.

import { diagnosisCard, mostFixes, type PlannedFix, type PlannedUndo } from '../cards/diagnosis-card.ts';
import { withoutFixes } from '../cards/personal-view.ts';
import type { Diagnosis, Offer } from '../diagnosis/diagnosis.ts';
import type { Ask } from './asks.ts';
import type { ConversationDeps } from './deps.ts';
import { onTheCard } from './on-the-card.ts';
import type { Card, Turn } from './ports.ts';
import { audienceOf, cardForAll, mayFix } from './rights.ts';

export interface Look {
  /** As whoever asked may see it. */
  readonly own: Card;
  /** For the message that everybody sees. */
  readonly card: Card;
  readonly fixes: readonly PlannedFix[];
}

export async function look(deps: ConversationDeps, turn: Turn, ask: Ask): Promise<Look> {
  const { paste, keyPrefix } = ask;
  const services = await deps.access.visible(turn.who, deps.services);
  const diagnosis = await deps.diagnose({ paste, services, ...(keyPrefix === null ? {} : { keyPrefix }) });
  deps.metrics?.diagnosis(diagnosis.answer.kind, diagnosis.ms / 1000, diagnosis.arm);
  const undo = await undoable(deps, turn, ask);
  const fixes = await offerFixes(deps, turn, ask, diagnosis);
  for (const { plan } of fixes) deps.asks.link(plan, ask);
  const whole = diagnosisCard({ diagnosis, fixes, undo, ask: ask.id });
  const { service } = diagnosis;
  // Where Teams tells nobody's names, a viewer who looks again must not take the buttons from whoever asked.
  const may = await mayFix(deps, turn.who, service);
  if (turn.room.kind !== 'personal') deps.asks.keepViews(ask, { service, fixer: whole, viewer: withoutFixes(whole) });
  return {
    own: may ? whole : withoutFixes(whole),
    card: cardForAll(await audienceOf(turn, may, may || turn.who.id !== ask.person), whole, { ask: ask.id }),
    fixes,
  };
}

/** What was mended on this card and can be taken back: looking again must not take its Undo away. */
async function undoable({ asks, remediation }: ConversationDeps, turn: Turn, ask: Ask): Promise<PlannedUndo | null> {
  const plans = await Promise.all(asks.plansOf(ask).map((plan) => remediation.find(plan)));
  const open = plans.findLast((plan) => plan?.kind === 'fix' && plan.state === 'applied' && plan.undo !== null && plan.undoUntil !== null);
  if (!open?.undoUntil || open.undoUntil <= turn.now().toISOString()) return null;
  return { plan: open.id, label: open.label, until: open.undoUntil };
}

/** Shows it in the message of the question, for everybody, and remembers there where the plans are. */
export async function show(deps: ConversationDeps, turn: Turn, ask: Ask, { card, fixes }: Look): Promise<void> {
  await turn.replaceCard(ask.card, card, ask.address);
  await onTheCard(deps, ask, null);
  await Promise.all(fixes.map(({ plan }) => deps.remediation.placed(plan, ask.card)));
}

/** The headline's first, then those of other causes; a key that stands in the chat is replaced whatever else is wrong. */
function offersIn({ verdicts, headline, rotation }: Diagnosis): readonly Offer[] {
  const ofHeadline = verdicts.filter(({ cause }) => cause === headline);
  const others = verdicts.filter(({ cause }) => cause !== headline);
  const offers = [...ofHeadline, ...others].flatMap(({ fix, otherFixes }) => [...(fix === null ? [] : [fix]), ...otherFixes]);
  return rotation === null ? offers.slice(0, mostFixes) : [...offers.slice(0, mostFixes - 1), rotation.first];
}

async function offerFixes({ remediation }: ConversationDeps, turn: Turn, ask: Ask, diagnosis: Diagnosis): Promise<readonly PlannedFix[]> {
  const { service, symptom } = diagnosis;
  if (service === null) return [];
  return Promise.all(
    offersIn(diagnosis).map(async ({ changes, ...offer }: Offer) => {
      const { who, room } = turn;
      const { id, label, cause } = await remediation.offer({
        ...offer,
        shown: changes,
        symptom,
        service,
        who,
        // Where its message is, which whoever looks again may not be.
        address: ask.address,
        conversation: room.id,
      });
      return { cause, label, plan: id };
    }),
  );
}
