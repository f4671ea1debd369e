// From the fixes of a cause to what may be offered: the first that can be planned, then the others. What refuses says why.
import { offerIdOf } from '../causes/catalogue.ts';
import type { Fix, FixPlan } from '../causes/contract.ts';
import { shownOf } from '../snapshot/sealed.ts';
import type { Offer } from './diagnosis.ts';

export type ChangePlan = Extract<FixPlan, { kind: 'change' }>;

/** An offer and its changes as they would be sent, secrets inside. */
export interface Offered {
  readonly offer: Offer;
  readonly plan: ChangePlan;
}

export interface Offers {
  readonly offered: readonly Offered[];
  /** Why there is no button for the first fix; '' when there is one, or nothing to say. */
  readonly refusal: string;
}

/** `planned`: the fixes of one cause in order; null for one whose facts could not be read. */
export function offersOf(planned: readonly { readonly fix: Fix; readonly plan: FixPlan | null }[]): Offers {
  const offered: Offered[] = [];
  const refusals: string[] = [];
  for (const { fix, plan } of planned) {
    if (plan?.kind === 'change') offered.push({ offer: toOffer(fix, plan), plan });
    if (plan?.kind === 'refuse') refusals.push(plan.says);
  }
  // What stands in the way of the first is worth knowing beside another button; the rest only where there is none.
  const own = planned[0]?.plan?.kind === 'refuse' ? planned[0].plan.says : '';
  return { offered, refusal: offered.length > 0 ? own : (refusals.find((says) => says !== '') ?? '') };
}

function toOffer(fix: Fix, plan: ChangePlan): Offer {
  return offerFrom(
    {
      cause: offerIdOf(fix),
      label: fix.label,
      permission: plan.permission ?? fix.permission,
      secondPerson: fix.secondPerson || plan.secondPerson === true,
    },
    plan,
  );
}

export function offerFrom(named: Pick<Offer, 'cause' | 'label' | 'permission' | 'secondPerson'>, plan: ChangePlan): Offer {
  return {
    ...named,
    consequence: plan.consequence,
    undo: plan.undo,
    changes: plan.changes.map((change) => ({ ...change, before: shownOf(change.before), after: shownOf(change.after) })),
  };
}
