// An API that needs no key still refuses a wrong one: the documentation's table denies it in every row, open product or not
// (field guide K19, b.4). Sending no key at all is the cure.
import type { ApiFact, ProductFact } from '../../snapshot/snapshot.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, unknown } from '../contract.ts';
import { complaint, coversApi, fieldOf, labelOf, maybeInvalid, onlyMatch, sentKeys } from '../key-check.ts';

export const rule = defineRule({
  id: 'key-sent-to-open-api',
  code: 'K19',
  stage: 'key',
  title: 'A wrong key is sent to an API that needs none',
  best: 'confirmed',
  needs: ['api', 'apiProducts'],
  wants: ['key'],
  applies: maybeInvalid,

  check({ symptom, api, apiProducts, key }) {
    const open = openBecause(api, apiProducts);
    if (open === null) {
      return ruledOut(`${api.displayName} needs a key, and none of its products is open.`, {
        at: `${api.armId}#/properties/subscriptionRequired`,
        observed: 'true',
        expected: 'false',
      });
    }
    const known = factOrNull(key);
    const match = known === null ? null : onlyMatch(known);
    if (match !== null && match.subscription.state === 'active' && coversApi(match.subscription.target, api, apiProducts)) {
      return ruledOut(
        `The key of ${labelOf(match.subscription)} is active and opens ${api.displayName}.`,
        fieldOf(match.subscription, 'state', 'active', 'not active, or another scope'),
      );
    }
    if (symptom.code !== 'key-invalid' && sentKeys(symptom).length === 0)
      return unknown('The paste does not say that a key was sent at all.', open);
    const { header, query } = api.keyNames;
    return confirmed(
      `${api.displayName} needs no key, but a key that is sent has to be right all the same, and this one is not. Send none: leave out the header ${header} and the query parameter ${query}. Or send a key that opens this API.`,
      open,
      complaint(symptom, 'a call without a key'),
    );
  },
});

function openBecause(api: ApiFact, products: readonly ProductFact[]): Evidence | null {
  const entity = api.subscriptionRequired ? products.find((product) => !product.subscriptionRequired) : api;
  if (entity === undefined) return null;
  return { at: `${entity.armId}#/properties/subscriptionRequired`, observed: 'false', expected: 'a call without a key' };
}

export const cause: Cause = { rule, fix: null };
