// What came over the wire with a press. Anybody can send anything here, so only the exact form of our own buttons is taken.
import type { Verb } from '../cards/buttons.ts';

export type Pressed =
  | { readonly verb: Exclude<Verb, 'look-again'>; readonly plan: string }
  | { readonly verb: 'look-again'; readonly ask: string };

const opaque = /^[\w-]{1,128}$/;

/** Null for everything that is not one of our buttons. */
export function readPress(verb: string, data: unknown): Pressed | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  // Action.Submit has its verb in the data.
  const { verb: repeated = verb, ...rest } = data as Record<string, unknown>;
  const [entry, ...more] = Object.entries(rest);
  if (repeated !== verb || entry === undefined || more.length > 0) return null;
  const [name, id] = entry;
  if (typeof id !== 'string' || !opaque.test(id)) return null;
  switch (verb) {
    case 'fix':
    case 'confirm':
    case 'cancel':
    case 'undo':
      return name === 'plan' ? { verb, plan: id } : null;
    case 'look-again':
      return name === 'ask' ? { verb, ask: id } : null;
    default:
      return null;
  }
}
