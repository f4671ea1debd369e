// Every cause, in the order a person would check: what blocks the view, the key, how it is sent, configuration, policies, the backend.
import { type Cause, type Fix, stages } from './contract.ts';
import * as registry from './registry.ts';

export const causes: readonly Cause[] = Object.values(registry).sort(byStageThenCode);

export function causeOf(id: string): Cause | null {
  return causes.find(({ rule }) => rule.id === id) ?? null;
}

/** The fix behind an offer's id: `<cause>`, or `<cause>/<name>` for a further one; null for an offer without a cause. */
export function fixOf(offer: string): Fix | null {
  const cause = causeOf(causeIdOf(offer));
  return [cause?.fix ?? null, ...(cause?.otherFixes ?? [])].find((fix) => fix !== null && offerIdOf(fix) === offer) ?? null;
}

/** The cause that an offer is for. */
export function causeIdOf(offer: string): string {
  return offer.split('/')[0] ?? offer;
}

export function offerIdOf({ cause, name }: Fix): string {
  return name === undefined ? cause : `${cause}/${name}`;
}

function byStageThenCode(a: Cause, b: Cause): number {
  const stage = stages.indexOf(a.rule.stage) - stages.indexOf(b.rule.stage);
  return stage !== 0 ? stage : place(a).localeCompare(place(b), 'en');
}

/**
 * A token of the wrong kind has the wrong audience and claims too, so its kind (P10) comes before them.
 * An API that needs no key (K19) is called best without one: that comes before what would make this key fit.
 */
function place({ rule }: Cause): string {
  if (rule.code === 'K19') return 'K00-open';
  return rule.code === 'P10' ? 'P01-kind' : rule.code;
}
