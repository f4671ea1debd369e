// One look: diagnose, keep the plans that buttons will name, make the card.
import { diagnosisCard, mostFixes, type PlannedFix, type PlannedUndo } from '../cards/diagnosis-card.ts';
import type { Diagnosis, Offer } from '../diagnosis/diagnosis.ts';
import type { Ask } from './asks.ts';
import type { ConversationDeps } from './deps.ts';
import type { Card, Turn } from './ports.ts';

export interface Look {
  readonly card: Card;
  readonly fixes: readonly PlannedFix[];
}

export async function look(deps: ConversationDeps, turn: Turn, ask: Ask): Promise<Look> {
  const { paste, keyPrefix } = ask;
  const diagnosis = await deps.diagnose(keyPrefix === null ? { paste } : { paste, keyPrefix });
  deps.metrics?.diagnosis(diagnosis.answer.kind, diagnosis.ms / 1000, diagnosis.arm);
  const undo = await undoable(deps, turn, ask);
  const fixes = await offerFixes(deps, turn, diagnosis);
  for (const { plan } of fixes) deps.asks.link(plan, ask);
  return { card: diagnosisCard({ diagnosis, fixes, undo, ask: ask.id }), fixes };
}

/** What was mended on this card and can be taken back: looking again must not take its Undo away. */
async function undoable({ asks, remediation }: ConversationDeps, turn: Turn, ask: Ask): Promise<PlannedUndo | null> {
  const plans = await Promise.all(asks.plansOf(ask).map((plan) => remediation.find(plan)));
  const open = plans.findLast((plan) => plan?.state === 'applied' && plan.undo !== null && plan.undoUntil !== null);
  if (!open?.undoUntil || open.undoUntil <= turn.now().toISOString()) return null;
  return { plan: open.id, label: open.label, until: open.undoUntil };
}

/** Shows it in the message of the question, for everybody, and remembers there where the plans are. */
export async function show(deps: ConversationDeps, turn: Turn, ask: Ask, { card, fixes }: Look): Promise<void> {
  await turn.replaceCard(ask.card, card);
  await Promise.all(fixes.map(({ plan }) => deps.remediation.placed(plan, ask.card)));
}

async function offerFixes({ remediation }: ConversationDeps, turn: Turn, diagnosis: Diagnosis): Promise<readonly PlannedFix[]> {
  const { service, symptom, headline } = diagnosis;
  if (service === null) return [];
  const offers = diagnosis.verdicts
    .map(({ fix }) => fix)
    .filter((fix) => fix !== null)
    .toSorted((a, b) => Number(b.cause === headline) - Number(a.cause === headline))
    .slice(0, mostFixes);
  return Promise.all(
    offers.map(async ({ changes, ...offer }: Offer) => {
      const input = { ...offer, shown: changes, symptom, service, who: turn.who, conversation: turn.room.id };
      const { id, label, cause } = await remediation.offer(input);
      return { cause, label, plan: id };
    }),
  );
}
