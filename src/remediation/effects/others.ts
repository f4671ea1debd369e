// A named value that is fetched again, and a user.
import { type Effect, effect, unknownEffect } from './effect.ts';
import { displayName, type Looking } from './looking.ts';
import type { Target } from './target.ts';
import { pageWords } from './words.ts';

export async function namedValueEffect(looking: Looking, target: Target): Promise<Effect> {
  if (target.field !== '!refreshSecret') return unknownEffect();
  const own = await looking.get(target.on);
  const name = own.status === 'read' ? displayName(own.value) : (target.names[0] ?? '');
  return effect(
    [
      `Every policy that uses the named value ${name} gets what Key Vault has now. Which policies use it is not known without reading all of them, so that was not done.`,
    ],
    null,
    `The secret that ${name} had until now cannot be put back from here; older versions are in Key Vault only.`,
  );
}

export async function userEffect(looking: Looking, target: Target): Promise<Effect> {
  if (target.field !== 'properties.state') return unknownEffect();
  const works = target.after === 'active';
  const subscriptions = await looking.list(`${target.on}/subscriptions`, "state eq 'active'");
  const signIn = `The user can ${works ? '' : 'no longer '}sign in to the developer portal.`;
  const keys =
    subscriptions.status === 'unreadable'
      ? `Which subscriptions the user has could not be read: ${subscriptions.says}`
      : subscriptions.value.total === 0
        ? 'The user has no active subscription, so no key is concerned.'
        : `The keys of ${pageWords(subscriptions.value, 'active subscription', 'active subscriptions')} of this user ${works ? 'work again' : 'get a 401 from then on'}.`;
  const wider = 'Everything that this user holds a key for is open again, and the developer portal too.';
  return effect([keys, signIn], works ? wider : null);
}
