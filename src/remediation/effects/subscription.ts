// A subscription: its state, its scope, a new one, one that goes, a key that is replaced.
import { text } from '../../snapshot/from-arm.ts';
import { readScope } from '../../snapshot/scope.ts';
import { type Effect, effect, unknownEffect } from './effect.ts';
import { displayName, type Looking } from './looking.ts';
import { openedBy } from './opened.ts';
import type { Target } from './target.ts';

/** Fields that are there to be read: the dates are "for audit purposes only" (spec, SubscriptionContractProperties). */
const silent = /^properties\.(?:displayName|stateComment|startDate|expirationDate|endDate|notificationDate)$/;

export async function subscriptionEffect(looking: Looking, target: Target): Promise<Effect> {
  const { field, before, after } = target;
  const key = /^!regenerate(Primary|Secondary)Key$/.exec(field)?.[1]?.toLowerCase();
  if (key !== undefined) return regenerated(looking, target, key);
  if (field === '') return after === null ? deleted(looking, target) : created(looking, target);
  if (field === 'properties.state') return stateChanged(looking, target, String(before), String(after));
  if (field === 'properties.scope') return scopeChanged(looking, target, String(before), String(after));
  if (silent.test(field)) return effect(['Nobody who calls: the gateway does not look at this field.']);
  return unknownEffect();
}

async function stateChanged(looking: Looking, target: Target, before: string, after: string): Promise<Effect> {
  if (before !== 'active' && after !== 'active') return effect(['Nobody who calls: its keys open nothing in either state.']);
  const own = await looking.get(target.on);
  if (own.status === 'unreadable') {
    const affects = [`Which APIs its keys open could not be read: ${own.says}`];
    return effect(affects, after === 'active' ? 'Everybody who holds one of its keys can call again.' : null);
  }
  const label = `the subscription ${displayName(own.value)}`;
  const { words, opens } = await openedBy(looking, target.service, target.home, text(own.value.properties.scope) ?? '');
  if (after !== 'active') return effect([`Whoever holds a key of ${label} gets a 401 from then on. Until now these keys open ${words}.`]);
  return effect(
    [`Whoever holds a key of ${label} can call ${words}.`],
    opens ? `The keys of ${label} work from then on; in the state "${before}" they open nothing.` : null,
  );
}

async function scopeChanged(looking: Looking, target: Target, before: string, after: string): Promise<Effect> {
  const [own, opened] = await Promise.all([looking.get(target.on), openedBy(looking, target.service, target.home, after)]);
  const label = own.status === 'read' ? displayName(own.value) : (target.names[0] ?? '');
  const state = own.status === 'read' ? text(own.value.properties.state) : null;
  const asleep = state === null || state === 'active' ? '' : ` It is ${state} at present, so they open nothing until it is active.`;
  const old = readScope(before, target.service);
  const lost = old.kind === 'malformed' ? '' : ` What they opened by ${before} and is not among these gets a 401.`;
  // ARM checks a scope when it is written; of the malformed ones only a revision's suffix gets past that (field guide, b.9).
  const noWayBack =
    old.kind === 'malformed' && !/;rev=/i.test(before)
      ? `Azure refuses to store the scope ${before} again, because it is malformed.`
      : null;
  return effect(
    [`Whoever holds a key of ${label} can call ${opened.words}.${asleep}${lost}`],
    opened.opens && old.kind !== 'service'
      ? `The keys of ${label} open what the scope ${after} covers, which they may not have opened before.`
      : null,
    noWayBack,
  );
}

async function created(looking: Looking, target: Target): Promise<Effect> {
  const {
    scope,
    state,
    displayName: name,
  } = ((target.after as { properties?: unknown } | null)?.properties ?? {}) as Record<string, unknown>;
  const { words, opens } = await openedBy(looking, target.service, target.home, text(scope) ?? '');
  const label = text(name) ?? target.names[0] ?? '';
  const affects = ['Nobody who calls today: the keys are new, and all others stay as they are.'];
  if (state !== 'active') return effect([...affects, `The keys of ${label} open nothing until the subscription is active.`]);
  return effect(affects, opens ? `There are two keys more: whoever gets one of ${label} can call ${words}.` : null);
}

async function deleted(looking: Looking, target: Target): Promise<Effect> {
  const own = await looking.get(target.on);
  const label = own.status === 'read' ? displayName(own.value) : (target.names[0] ?? '');
  return effect(
    [`Whoever holds a key of the subscription ${label} gets a 401 from then on.`],
    null,
    'The keys of a deleted subscription cannot be brought back; a new one has other keys.',
  );
}

async function regenerated(looking: Looking, target: Target, key: string): Promise<Effect> {
  const own = await looking.get(target.on);
  const label = own.status === 'read' ? displayName(own.value) : (target.names[0] ?? '');
  const other = key === 'primary' ? 'secondary' : 'primary';
  return effect(
    [
      `Every caller who sends the ${key} key of ${label} gets a 401 from then on, until it has the new one. The ${other} key keeps working.`,
      "Who sends which key is not known: only the gateway's own logs could tell, and they were not asked.",
    ],
    null,
    'A key that was replaced cannot be brought back: Azure keeps no copy of it.',
  );
}
