// The causes that differ only in the state of the key's subscription (field guide K04 to K08, b.8). Only `active` passes the gateway.
// Dates play no part: Azure keeps them "for audit purposes only". The built-in all-access subscription is a cause of its own (K17).
import type { KeyFact, SubscriptionFact } from '../snapshot/snapshot.ts';
import { defineRule, type FixPlan, type Rule } from './contract.ts';
import { fieldOf, judgeSubscription, labelOf, maybeInvalid, onlyMatch } from './key-check.ts';

export interface StateCause extends Pick<Rule, 'id' | 'code' | 'title'> {
  readonly state: string;
  /** What the state means and what to do, after "The key belongs to NAME, which is STATE, so every call with it gets a 401." */
  readonly advice: (subscription: SubscriptionFact) => string;
}

export function defineStateRule({ state, advice, ...rule }: StateCause): Rule {
  return defineRule({
    ...rule,
    stage: 'key',
    best: 'confirmed',
    needs: ['key'],
    applies: maybeInvalid,

    check({ key }) {
      return judgeSubscription(
        key,
        (subscription) => {
          if (subscription.state !== state || subscription.builtIn) return null;
          const says = `The key belongs to ${labelOf(subscription)}, which is ${inWords(state)}, so every call with it gets a 401.`;
          return {
            says: [says, advice(subscription), commentOn(subscription)].filter((part) => part !== '').join(' '),
            evidence: [fieldOf(subscription, 'state', state, 'active')],
          };
        },
        (subscription) => ({
          says: subscription.builtIn
            ? `The key is of the built-in all-access subscription (${subscription.state}), which is judged on its own.`
            : `The subscription ${labelOf(subscription)} is ${subscription.state}, not ${state}.`,
          evidence: [fieldOf(subscription, 'state', subscription.state, `not ${state}`)],
        }),
      );
    },
  });
}

/** The plan that sets the key's subscription to `active`; Undo puts its state back. */
export function planActivation(key: KeyFact, consequence: (subscription: SubscriptionFact) => string, undo: string): FixPlan {
  const match = onlyMatch(key);
  if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
  const { subscription } = match;
  return {
    kind: 'change',
    changes: [{ on: subscription.armId, field: 'properties.state', before: subscription.state, after: 'active' }],
    consequence: consequence(subscription),
    undo,
  };
}

export function commentOn({ stateComment }: SubscriptionFact): string {
  return stateComment === null ? '' : `The comment on it: "${stateComment}".`;
}

/** The scope as a person would type it. */
export function scopeInWords({ target, scope }: SubscriptionFact): string {
  const workspace = 'workspace' in target ? target.workspace : null;
  const inside = workspace === null ? '' : `/workspaces/${workspace}`;
  if (target.kind === 'api') return `${inside}/apis/${target.name}`;
  if (target.kind === 'product') return `${inside}/products/${target.name}`;
  return target.kind === 'all-apis' ? `${inside}/apis` : scope;
}

function inWords(state: string): string {
  return state === 'submitted' ? 'still waiting for approval (submitted)' : state;
}
