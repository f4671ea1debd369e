// An API's own fields: the names that its key is read from, and whether it wants one. And an operation's definition.
import { defaultKeyNames } from '../../snapshot/from-arm.ts';
import { callersOf } from './callers.ts';
import { type Effect, effect, unknownEffect } from './effect.ts';
import type { Looking } from './looking.ts';
import type { Target } from './target.ts';

export async function apiEffect(looking: Looking, target: Target): Promise<Effect> {
  const [name = ''] = target.names;
  if (target.field === 'properties.subscriptionKeyParameterNames') {
    const [old, fresh] = [namesOf(target.before), namesOf(target.after)];
    const changes = [
      ...(old.header.toLowerCase() === fresh.header.toLowerCase()
        ? []
        : [`the header ${old.header} (${fresh.header} is read in its place)`]),
      ...(old.query === fresh.query ? [] : [`the query parameter ${old.query} (${fresh.query} is read in its place)`]),
    ];
    if (changes.length === 0) return effect(['Nobody who calls: the same names are read as before.']);
    const callers = await callersOf(looking, target, name);
    return effect([`${callers} Those of their callers who send the key in ${changes.join(' or in ')} get a 401 from then on.`]);
  }
  if (target.field === 'properties.subscriptionRequired' && typeof target.after === 'boolean') {
    const callers = await callersOf(looking, target, name);
    if (target.after) return effect([`Calls without a key get a 401 from then on. ${callers}`]);
    return effect([`Calls without a key are let in from then on. ${callers}`], 'Anybody can call the API without a key.');
  }
  return unknownEffect();
}

/** The definition tells consoles what to send. The gateway does not look for a key in it. */
export function operationEffect({ field }: Target): Effect {
  if (field !== 'properties.request') return unknownEffect();
  return effect([
    'Test consoles and the developer portal, which fill in a call by this definition. Calls of other clients are not changed by it, except where a validate-parameters policy checks them against it.',
  ]);
}

function namesOf(value: unknown): { readonly header: string; readonly query: string } {
  const { header, query } = (value ?? {}) as { header?: unknown; query?: unknown };
  return {
    header: typeof header === 'string' && header !== '' ? header : defaultKeyNames.header,
    query: typeof query === 'string' && query !== '' ? query : defaultKeyNames.query,
  };
}
