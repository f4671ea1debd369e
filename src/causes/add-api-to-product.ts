// The plan that two causes share: link the called API to the product that the key belongs to. A PUT that can be repeated.
import type { ApiFact, KeyFact, ProductFact, Reading } from '../snapshot/snapshot.ts';
import type { FixPlan } from './contract.ts';
import { onlyMatch } from './key-check.ts';

export interface AddInput {
  readonly api: ApiFact;
  readonly key: KeyFact;
  readonly keyProduct: ProductFact | null;
  readonly keyProductPolicy: Reading<string | null>;
}

export const addApiPermission = 'Microsoft.ApiManagement/service/products/apis/write';

export function planAddApi({ api, key, keyProduct, keyProductPolicy }: AddInput): FixPlan {
  if (onlyMatch(key) === null || keyProduct === null) {
    return { kind: 'refuse', says: 'Which product is meant is not certain. Give the first characters of the key that should work.' };
  }
  if (!keyProduct.subscriptionRequired) {
    return {
      kind: 'refuse',
      says: `The product ${keyProduct.displayName} needs no key: adding the API there would open it to everybody. Its owner has to decide.`,
    };
  }
  const link = `${keyProduct.armId}/apis/${api.name}`;
  return {
    kind: 'change',
    changes: [{ on: link, field: '', before: null, after: { id: link } }],
    consequence: `Every active key of the product ${keyProduct.displayName} can call ${api.displayName} from then on, not only this one.${policyWords(keyProductPolicy)}`,
    undo: `Takes ${api.displayName} out of the product ${keyProduct.displayName} again.`,
  };
}

function policyWords(policy: Reading<string | null>): string {
  if (policy.status === 'unreadable')
    return ' Whether the product has a policy of its own, which would then run for these calls, could not be read.';
  return policy.value === null ? '' : ' The product has a policy of its own (limits, checks), which then runs for these calls too.';
}
