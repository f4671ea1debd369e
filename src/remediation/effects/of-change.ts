// Which effect a change has: by the type of the resource and the field, and nothing else.
import { isDeepStrictEqual } from 'node:util';
import { apiEffect, operationEffect } from './api.ts';
import { type Effect, effect, unknownEffect } from './effect.ts';
import { gatewayLinkEffect, productLinkEffect } from './link.ts';
import type { Looking } from './looking.ts';
import { namedValueEffect, userEffect } from './others.ts';
import { policyEffect } from './policy.ts';
import { subscriptionEffect } from './subscription.ts';
import type { Target } from './target.ts';

type EffectOf = (looking: Looking, target: Target) => Promise<Effect> | Effect;

const byType: Readonly<Record<string, EffectOf>> = {
  'products/apis': productLinkEffect,
  'products/apilinks': productLinkEffect,
  'gateways/apis': gatewayLinkEffect,
  subscriptions: subscriptionEffect,
  apis: apiEffect,
  'apis/operations': (_, target) => operationEffect(target),
  policies: policyEffect,
  'products/policies': policyEffect,
  'apis/policies': policyEffect,
  'apis/operations/policies': policyEffect,
  policyfragments: policyEffect,
  namedvalues: namedValueEffect,
  users: userEffect,
};

export async function effectOf(looking: Looking, target: Target): Promise<Effect> {
  if (isSavedAgain(target)) {
    return effect(
      ['Nobody: what is saved is what is there already, and it only makes the gateway load it again.'],
      null,
      'Saving again changes no value, so there is nothing to take back.',
    );
  }
  return (byType[target.type] ?? unknownEffect)(looking, target);
}

function isSavedAgain({ field, before, after }: Target): boolean {
  return !field.startsWith('!') && isDeepStrictEqual(before, after);
}
