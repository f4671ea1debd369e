// A key of one API opens that API and no other; a new version is another API (field guide K03, b.2 and b.11).
import { type Cause, defineRule } from '../contract.ts';
import { fieldOf, judgeSubscription, labelOf, maybeInvalid, sameName, workspaceOf } from '../key-check.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'key-for-another-api',
  code: 'K03',
  stage: 'key',
  title: 'The key belongs to another API',
  best: 'confirmed',
  needs: ['api', 'key', 'keyApi'],
  applies: maybeInvalid,

  check({ api, key, keyApi }) {
    const called = { at: api.armId, observed: `${api.displayName} was called`, expected: 'the API in the scope of the key' };
    return judgeSubscription(
      key,
      (subscription) => {
        const { target } = subscription;
        if (target.kind !== 'api' || target.workspace !== null || workspaceOf(api.armId) !== null) return null;
        // An API that is gone is another fault, with another remedy (subscription-scope-dangling).
        if (sameName(target.name, api.name) || (key.matches.length === 1 && keyApi === null)) return null;
        const other = keyApi?.displayName ?? target.name;
        const versions = keyApi?.path === api.path ? ' Both have the same path: they are versions, and each is an API of its own.' : '';
        return {
          says: `The key of ${labelOf(subscription)} is for the API ${other} and opens nothing else; ${api.displayName} was called.${versions} Use a key of ${api.displayName} or of a product that contains it, or create a subscription with the scope /apis/${api.name}.`,
          evidence: [fieldOf(subscription, 'scope', subscription.scope, `/apis/${api.name}, or a wider scope`), called],
        };
      },
      (subscription) => ({
        says: `The scope of ${labelOf(subscription)} is not another API than the one that was called.`,
        evidence: [fieldOf(subscription, 'scope', subscription.scope, 'no other API'), called],
      }),
    );
  },
});

export const cause: Cause = { rule, fix };
