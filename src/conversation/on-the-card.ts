// What was put on a question's card is newer than everything that any of its plans had to show there.
import type { PlanRecord } from '../remediation/plan-record.ts';
import type { Ask } from './asks.ts';
import type { ConversationDeps } from './deps.ts';

/** Notes it for the plan that is shown, and for all others of the question. What could not be noted is shown once more: no harm. */
export async function onTheCard(deps: ConversationDeps, ask: Ask | null, shown: PlanRecord | null): Promise<void> {
  const others = ask === null ? [] : deps.asks.plansOf(ask).filter((id) => id !== shown?.id);
  try {
    if (shown !== null) await deps.remediation.cardShown(shown);
    for (const plan of await Promise.all(others.map((id) => deps.remediation.find(id)))) {
      if (plan !== null) await deps.remediation.cardShown(plan);
    }
  } catch (error) {
    deps.log.error({ error }, 'it could not be noted what a card shows');
  }
}
