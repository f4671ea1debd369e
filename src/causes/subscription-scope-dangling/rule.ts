// A well formed scope of something that was deleted: the subscription survives, and no call with its keys passes (field guide K16).
import { type Cause, defineRule, unknown } from '../contract.ts';
import { fieldOf, howMany, judgeSubscription, labelOf, maybeInvalid } from '../key-check.ts';
import { scopeInWords } from '../subscription-state.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'subscription-scope-dangling',
  code: 'K16',
  stage: 'key',
  title: 'The scope of the subscription points to something that does not exist',
  best: 'confirmed',
  needs: ['key', 'keyProduct', 'keyApi'],
  wants: ['api'],
  applies: maybeInvalid,

  check({ key, keyProduct, keyApi, api }) {
    // What the scopes of several point to is not read.
    if (key.matches.length > 1) return unknown(`${howMany(key)} Which one was sent decides what its scope has to point to.`);
    return judgeSubscription(
      key,
      (subscription) => {
        const { target } = subscription;
        if (target.kind !== 'product' && target.kind !== 'api') return null;
        if ((target.kind === 'product' ? keyProduct : keyApi) !== null) return null;
        const scope = scopeInWords(subscription);
        const better = api.status === 'read' ? `/apis/${api.value.name}, the API that was called` : 'an API or product that exists';
        const service = subscription.armId.replace(/(\/service\/[^/]+)\/.*$/i, '$1');
        const kind = target.kind === 'api' ? 'API' : 'product';
        return {
          says: `The scope of ${labelOf(subscription)} is ${scope}, and that ${kind} does not exist (any more), so its keys open nothing. Set the scope to ${better}, or create the ${kind} ${target.name} again.`,
          evidence: [
            fieldOf(subscription, 'scope', subscription.scope, `an existing ${target.kind}`),
            { at: `${service}${scope}`, observed: 'not found (404)', expected: `the ${target.kind} ${target.name}` },
          ],
        };
      },
      (subscription) => ({
        says: `The scope of ${labelOf(subscription)} does not point to an API or product that is missing.`,
        evidence: [fieldOf(subscription, 'scope', subscription.scope, 'an existing API or product')],
      }),
    );
  },
});

export const cause: Cause = { rule, fix };
