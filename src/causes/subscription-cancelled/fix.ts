// The cancelled one stays cancelled: ARM would take it back to active, but its old keys may be anywhere, and its end was wanted.
// A new one undoes that decision for the caller, so a second person agrees.
import { defineFix } from '../contract.ts';
import { createPermission, planCreate } from '../create-subscription.ts';
import { labelOf, onlyMatch } from '../key-check.ts';
import { commentOn, scopeInWords } from '../subscription-state.ts';

export const fix = defineFix({
  cause: 'subscription-cancelled',
  label: 'Create a new subscription',
  permission: createPermission,
  secondPerson: true,
  // The pasted key stays a key of the cancelled subscription; only a call with the new one shows that it works.
  provable: false,
  toBeSure: 'The old key stays cancelled. Fetch a new one in the portal under Subscriptions and make the call with it to be sure.',
  needs: ['key', 'successor'],
  wants: ['keyProduct', 'keyApi'],

  plan({ key, successor, keyProduct, keyApi }) {
    const match = onlyMatch(key);
    if (match === null) return { kind: 'refuse', says: 'Several subscriptions fit the key. Give more of its first characters.' };
    const { subscription } = match;
    const { target, scope } = subscription;
    const entity = target.kind === 'product' ? keyProduct : target.kind === 'api' ? keyApi : null;
    const gone = entity?.status === 'read' && entity.value === null;
    if (target.kind === 'malformed' || gone) {
      const why = gone ? 'does not exist any more' : 'is malformed';
      return {
        kind: 'refuse',
        says: `No button is offered: the scope of the cancelled one ${why}, so what a new one should open is not known.`,
      };
    }
    return planCreate({
      free: successor,
      scope,
      opens: `${scopeInWords(subscription)}, as those of ${labelOf(subscription)} did,`,
      besides: `${labelOf(subscription)} stays cancelled. Somebody ended it on purpose: ask them first. ${commentOn(subscription)}`.trim(),
    });
  },
});
