// What becomes of a client's header or query parameter between the gateway and the backend.
// (learn.microsoft.com/azure/api-management/set-header-policy, `exists-action`; what no policy touches is sent on as it came.)
import { isLastOfAll } from './policies/branches.ts';
import type { Running } from './policies/running.ts';
import { attribute } from './policies/statement.ts';
import { credentialsOfBackend, isDelete, type Target, type Way } from './way-to-backend.ts';

/** What can become of a header (or query parameter) of the client's on its way: it stays, it is taken away, the gateway's own stands there. */
export type Fate = 'kept' | 'removed' | 'set';

/** Every fate that is possible; one alone is certain. */
export function fatesOf(way: Way, target: Target, kind: 'header' | 'query', name: string): readonly Fate[] {
  const wanted = name.toLowerCase();
  const touching = way.steps.filter((step) => touches(step, kind, wanted));
  let after: readonly Fate[] = ['kept'];
  for (const [index, step] of touching.entries()) {
    const now = after.flatMap((fate) => changed(fate, step));
    const left = isLastOfAll(touching, index) ? after.filter((fate) => fate !== 'kept') : after;
    after = unique(step.conditions.length === 0 ? now : left.concat(now));
  }
  const own = target.backend === null ? [] : credentialsOfBackend(target.backend);
  return own.some((one) => one.kind === kind && one.name === wanted) ? ['set'] : after;
}

function touches({ statement }: Running, kind: 'header' | 'query', wanted: string): boolean {
  const named = (statement.attributes.name ?? '').toLowerCase() === wanted;
  if (statement.name === 'set-header') return kind === 'header' && named;
  if (statement.name === 'set-query-parameter') return kind === 'query' && named;
  if (kind !== 'header' || wanted !== 'authorization') return false;
  if (statement.name === 'authentication-basic') return true;
  return statement.name === 'authentication-managed-identity' && attribute(statement, 'output-token-variable-name') === null;
}

function changed(fate: Fate, step: Running): readonly Fate[] {
  if (isDelete(step)) return ['removed'];
  const action = (attribute(step.statement, 'exists-action') ?? 'override').toLowerCase();
  // Appended to the client's value, the backend reads both; left when there is one, it reads the client's.
  if (action === 'append') return fate === 'kept' ? ['kept'] : ['set'];
  if (action === 'skip') return fate === 'removed' ? ['set'] : [fate];
  return ['set'];
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
