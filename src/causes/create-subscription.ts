// The plan that several causes share: a new subscription with the right scope. `state: active` is sent, because without it a subscription
// is only submitted; `notify` is not, so nobody is sent a mail. The new keys are never read.
import type { FreeSubscriptionFact } from '../snapshot/facts-fixes.ts';
import type { FixPlan } from './contract.ts';
import { workspaceOf } from './key-check.ts';

export const createPermission = 'Microsoft.ApiManagement/service/subscriptions/write';

export const fetchTheNewKey =
  'The old key stays what it was. Fetch a new one in the portal under Subscriptions and make the call with it to be sure.';

export interface NewSubscription {
  readonly free: FreeSubscriptionFact;
  /** As ARM is given it. */
  readonly scope: string;
  /** What its keys open, in words. */
  readonly opens: string;
  /** What else is to know, one or more sentences. */
  readonly besides: string;
}

export function planCreate({ free: { armId, displayName }, scope, opens, besides }: NewSubscription): Extract<FixPlan, { kind: 'change' }> {
  const inside = workspaceOf(armId);
  const where = inside === null ? 'in the portal under Subscriptions' : `in the portal under Workspaces, ${inside}, Subscriptions`;
  return {
    kind: 'change',
    changes: [{ on: armId, field: '', before: null, after: { properties: { scope, displayName, state: 'active' } } }],
    consequence: `Two new keys open ${opens} and nothing else. They are not shown here: fetch one ${where}, "${displayName}", "Show/hide keys", and call again with it. ${besides}`,
    undo: 'Deletes the new subscription; its keys stop working.',
    permission: inside === null ? createPermission : 'Microsoft.ApiManagement/service/workspaces/subscriptions/write',
  };
}
