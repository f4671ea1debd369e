// A workspace has APIs, products and subscriptions of its own, and the lists of the service do not show them (field guide K21, b.12).
// A key opens nothing across the border of its workspace; inside, products and APIs are judged as K01 to K03 judge those of the service.
import type { ApiFact, ProductFact, SubscriptionFact } from '../../snapshot/snapshot.ts';
import { type Cause, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import {
  coversApi,
  fieldOf,
  type Judgement,
  judgeSubscription,
  labelOf,
  maybeInvalid,
  nobodyHasIt,
  sameWorkspace,
  workspaceOf,
  workspaceOfKey,
} from '../key-check.ts';
import { scopeInWords } from '../subscription-state.ts';
import { fix } from './fix.ts';
import { otherFix } from './other-fix.ts';

export const rule = defineRule({
  id: 'workspace-key-mismatch',
  code: 'K21',
  stage: 'key',
  title: 'Key and API belong to different workspaces, or do not fit inside one',
  best: 'confirmed',
  needs: ['key', 'api', 'workspaces'],
  wants: ['apiProducts', 'keyProduct', 'keyApi'],
  applies: maybeInvalid,

  check({ key, api, workspaces, apiProducts, keyProduct, keyApi }) {
    const called: Evidence = {
      at: api.armId,
      observed: `${api.displayName} is ${place(workspaceOf(api.armId))}`,
      expected: 'where the key is',
    };
    if (key.matches.length === 0) {
      if (!key.complete) return nobodyHasIt(key);
      const searched = {
        at: workspaces?.at ?? key.at,
        observed: `${workspaces?.names.length ?? 0} workspaces, none has the key`,
        expected: 'the key',
      };
      return ruledOut('No subscription has the key, in the service or in its workspaces.', searched);
    }
    const products = factOrNull(apiProducts);
    const inside = workspaceOf(api.armId);
    if (products === null && inside !== null) return unknown('The products of the API could not be read.', called);
    const dangling = key.matches.length === 1 && [keyProduct, keyApi].every((fact) => fact.status === 'read' && fact.value === null);
    const verdict = judgeSubscription(
      key,
      (subscription) => mismatch(subscription, api, products ?? [], dangling, called),
      (subscription) => ({
        says:
          inside === null && workspaceOfKey(subscription) === null
            ? 'Neither the key nor the API belongs to a workspace.'
            : `${labelOf(subscription)} and ${api.displayName} fit together.`,
        evidence: [fieldOf(subscription, 'scope', subscription.scope, 'a scope in the workspace of the API'), called],
      }),
    );
    const [match] = key.matches;
    // Whether the service's scope /apis reaches into workspaces is not documented.
    if (verdict.outcome === 'confirmed' && match?.subscription.target.kind === 'all-apis' && workspaceOfKey(match.subscription) === null)
      return suspected(verdict.says, ...verdict.evidence);
    return verdict;
  },
});

function mismatch(
  subscription: SubscriptionFact,
  api: ApiFact,
  products: readonly ProductFact[],
  dangling: boolean,
  called: Evidence,
): Judgement | null {
  const { target, builtIn } = subscription;
  const [ofKey, ofApi] = [workspaceOfKey(subscription), workspaceOf(api.armId)];
  if (builtIn || target.kind === 'malformed' || target.kind === 'service') return null;
  if (ofKey === null && ofApi === null) return null;
  const evidence: Judgement['evidence'] = [fieldOf(subscription, 'scope', subscription.scope, 'a scope that covers the API'), called];
  const here = ofApi === null ? 'of the service itself' : `of the workspace ${ofApi}`;
  if (!sameWorkspace(ofKey, ofApi)) {
    return {
      says: `The key of ${labelOf(subscription)} is ${place(ofKey)}, and ${api.displayName} is ${place(ofApi)}. Keys open nothing across the border of a workspace: use a key of a subscription ${here} whose scope covers ${api.displayName}.`,
      evidence,
    };
  }
  if (coversApi(target, api, products) || dangling) return null;
  const name = scopeInWords(subscription);
  const remedy =
    target.kind === 'product'
      ? `add the API to that product (PUT workspaces/${ofApi}/products/${target.name}/apiLinks/${api.name} with the apiId ${api.armId}), or use a key of a product that has it`
      : `use a key of ${api.displayName}, or create a subscription ${here} with the scope /workspaces/${ofApi}/apis/${api.name}`;
  return {
    says: `In the workspace ${ofApi}, the key of ${labelOf(subscription)} is for ${name}, and that does not cover ${api.displayName}: ${remedy}.`,
    evidence,
  };
}

function place(workspace: string | null): string {
  return workspace === null ? 'in the service itself, outside of workspaces' : `in the workspace ${workspace}`;
}

export const cause: Cause = { rule, fix, otherFixes: [otherFix] };
