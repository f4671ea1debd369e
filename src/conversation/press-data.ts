// What came over the wire with a press. Anybody can send anything here, so only the exact form of our own buttons is taken.
import type { Verb } from '../cards/buttons.ts';
import type { ViewOf } from '../cards/personal-view.ts';

export type Pressed =
  | { readonly verb: Exclude<Verb, 'look-again' | 'confirm' | 'view'>; readonly plan: string }
  | { readonly verb: 'confirm'; readonly plan: string; readonly seen: string }
  | { readonly verb: 'look-again'; readonly ask: string }
  | { readonly verb: 'view'; readonly of: ViewOf };

const opaque = /^[\w-]{1,128}$/;

/** Null for everything that is not one of our buttons. */
export function readPress(verb: string, data: unknown): Pressed | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  // Action.Submit has its verb in the data.
  const { verb: repeated = verb, ...rest } = data as Record<string, unknown>;
  if (repeated !== verb) return null;
  const { plan, ask, seen } = rest;
  const names = Object.keys(rest).sort().join();
  switch (verb) {
    case 'fix':
    case 'cancel':
    case 'undo':
    case 'check':
      return names === 'plan' && isOpaque(plan) ? { verb, plan } : null;
    case 'confirm':
      return names === 'plan,seen' && isOpaque(plan) && isOpaque(seen) ? { verb, plan, seen } : null;
    case 'look-again':
      return names === 'ask' && isOpaque(ask) ? { verb, ask } : null;
    case 'view':
      if (names === 'plan' && isOpaque(plan)) return { verb, of: { plan } };
      return names === 'ask' && isOpaque(ask) ? { verb, of: { ask } } : null;
    default:
      return null;
  }
}

function isOpaque(value: unknown): value is string {
  return typeof value === 'string' && opaque.test(value);
}
