// A link and a new resource have no version of their own to send along, and what makes them right stands elsewhere: a product may have been
// opened to everybody since the preview. So before they are sent, the plan is made once more.
import type { Change } from '../causes/contract.ts';
import type { PlanRecord } from './plan-record.ts';
import type { RemediationDeps } from './steps.ts';

/** Why the plan that was shown would not be made now, as a sentence; null when it would, or where ETags tell. */
export async function whyNotMadeAgain(deps: RemediationDeps, plan: PlanRecord): Promise<string | null> {
  if (plan.kind === 'undo' || plan.shown.every(({ field }) => field !== '')) return null;
  const { offers } = await deps.rediagnose(plan.symptom, plan.service);
  const offer = offers.get(plan.cause);
  const same = offer?.consequence === plan.consequence && JSON.stringify(offer.changes) === JSON.stringify(plan.shown);
  return same ? null : 'Things have changed since this plan was shown, so nothing was changed. Look again to see how it is now.';
}

/** Nobody's role on one service is good for another: every change has to be inside the service that the plan names. */
export function isInside(service: string, changes: readonly Change[]): boolean {
  return changes.every(({ on }) => on.toLowerCase().startsWith(`${service.toLowerCase()}/`));
}
