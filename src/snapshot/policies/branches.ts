// Conditions of statements that stand in the branches of one `choose`.
import type { Running } from './running.ts';

/** The `otherwise` of a choose whose every branch did the same kind of thing: what was before it can not be the case any more. */
export function isLastOfAll(steps: readonly Running[], index: number): boolean {
  const [condition, ...more] = steps[index]?.conditions ?? [];
  if (condition === undefined || more.length > 0 || !condition.startsWith('none of: ')) return false;
  const branches = steps.slice(0, index).flatMap(({ conditions }) => (conditions.length === 1 ? [conditions[0] ?? ''] : []));
  return branches.some((_, start) => condition === `none of: ${[...new Set(branches.slice(start))].join('; ')}`);
}
