// Not a 401 itself: it stops the repair of one. A product may allow each user only so many subscriptions (field guide K20, apiops#623).
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, notApplicable } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'product-subscription-limit',
  code: 'K20',
  stage: 'key',
  title: 'The product allows this user no further subscription',
  best: 'confirmed',
  needs: [],
  wants: ['limitedProducts'],
  applies: complainsOfLimit,

  check({ symptom, limitedProducts }) {
    if (!complainsOfLimit(symptom)) return notApplicable('The paste does not complain of a limit.');
    const products = factOrNull(limitedProducts) ?? [];
    const limits = products.map(
      ({ armId, displayName, limit }): Evidence => ({
        at: `${armId}#/properties/subscriptionsLimit`,
        observed: `${displayName}: ${limit} per user`,
        expected: 'no limit, or a higher one',
      }),
    );
    const names = products.map(({ displayName, limit }) => `${displayName} (${limit})`).join(', ');
    const which = names === '' ? '' : ` Products with such a limit: ${names}.`;
    return confirmed(
      `Azure refused to create the subscription, because the owner in the request already has as many subscriptions of the product as it allows.${which} Create it without "ownerId" in the properties, cancel one that the owner does not need, or ask the owner of the product to raise subscriptionsLimit.`,
      complaint(symptom, 'a subscription that was created'),
      ...limits,
    );
  },
});

function complainsOfLimit({ message, seen }: Symptom): boolean {
  return /subscriptions?\s+limit\s+(?:was\s+|has\s+been\s+)?reached\s+for\s+(?:the\s+)?same\s+user/i.test(
    `${message ?? ''} ${seen.message?.text ?? ''}`,
  );
}

export const cause: Cause = { rule, fix: null, remedy };
