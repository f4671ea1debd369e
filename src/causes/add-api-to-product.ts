// The plan that several causes share: link the called API to a product. A PUT that can be repeated.
import type { ApiFact, KeyFact, ProductFact, Reading } from '../snapshot/snapshot.ts';
import { type FixPlan, factOrNull } from './contract.ts';
import { onlyMatch, workspaceOf } from './key-check.ts';

export interface AddInput {
  readonly api: ApiFact;
  readonly key: KeyFact;
  readonly keyProduct: ProductFact | null;
  readonly keyProductPolicy: Reading<string | null>;
}

export const addApiPermission = 'Microsoft.ApiManagement/service/products/apis/write';

const notCertain = 'Which product is meant is not certain. Give the first characters of the key that should work.';

/** To the product that the key belongs to. */
export function planAddApi({ api, key, keyProduct, keyProductPolicy }: AddInput): FixPlan {
  if (onlyMatch(key) === null || keyProduct === null) return { kind: 'refuse', says: notCertain };
  return planAdding(api, keyProduct, keyProductPolicy);
}

export interface WithoutKeyInput {
  readonly api: ApiFact;
  readonly key: Reading<KeyFact>;
  readonly keyProduct: Reading<ProductFact | null>;
  readonly keyProductPolicy: Reading<string | null>;
  readonly onlyProduct: Reading<ProductFact | null>;
  readonly onlyProductPolicy: Reading<string | null>;
}

/** The same where no key may be known: the product of the key, else the only one that the service has. */
export function planAddApiSomewhere(input: WithoutKeyInput): FixPlan {
  const { api, key, keyProduct, keyProductPolicy, onlyProduct, onlyProductPolicy } = input;
  const product = factOrNull(keyProduct);
  if (key.status === 'read' && product !== null) return planAddApi({ api, key: key.value, keyProduct: product, keyProductPolicy });
  const only = factOrNull(onlyProduct);
  if (only === null || workspaceOf(api.armId) !== null) return { kind: 'refuse', says: notCertain };
  return planAdding(api, only, onlyProductPolicy);
}

function planAdding(api: ApiFact, product: ProductFact, policy: Reading<string | null>): FixPlan {
  const open = refuseOpen(product);
  if (open !== null) return open;
  const link = `${product.armId}/apis/${api.name}`;
  return {
    kind: 'change',
    changes: [{ on: link, field: '', before: null, after: { id: link } }],
    consequence: `Every active key of the product ${product.displayName} can call ${api.displayName} from then on, not only this one.${policyWords(policy)}`,
    undo: `Takes ${api.displayName} out of the product ${product.displayName} again.`,
  };
}

/** An open product would make the API open to everybody; null for one that asks for a key. */
export function refuseOpen({ subscriptionRequired, displayName }: ProductFact): FixPlan | null {
  if (subscriptionRequired) return null;
  return {
    kind: 'refuse',
    says: `The product ${displayName} needs no key: adding the API there would open it to everybody. Its owner has to decide.`,
  };
}

export function policyWords(policy: Reading<string | null>): string {
  if (policy.status === 'unreadable')
    return ' Whether the product has a policy of its own, which would then run for these calls, could not be read.';
  return policy.value === null ? '' : ' The product has a policy of its own (limits, checks), which then runs for these calls too.';
}
