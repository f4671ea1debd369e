// What the changes of a plan touch beyond themselves. Works from the changes and ARM alone, so a fix's author writes nothing for it.

import type { Change } from '../causes/contract.ts';
import type { ArmReader } from '../snapshot/ports.ts';
import { shownOf } from '../snapshot/sealed.ts';
import { findAsCode } from './as-code.ts';
import type { Effect } from './effects/effect.ts';
import { createLooking } from './effects/looking.ts';
import { effectOf } from './effects/of-change.ts';
import { targetOf } from './effects/target.ts';
import type { Impact } from './impact.ts';
import type { FindImpact } from './ports.ts';

/** A preview waits for these; most changes need two or three. */
const mostReads = 4;

export interface FindImpactOptions {
  /** A reader for one preview, with its own deadline. */
  readonly reader: () => ArmReader;
  /** ARM ids of services that a pipeline publishes, whatever they look like. */
  readonly managedAsCode: readonly string[];
}

/** Sentences for the preview; at most four reads, first pages only. Never throws: what could not be read is said. */
export function createFindImpact({ reader, managedAsCode }: FindImpactOptions): FindImpact {
  return async (given, service) => {
    // The values come as they are shown. Should one be sealed all the same, it stays so.
    const changes = given.map((change): Change => ({ ...change, before: shownOf(change.before), after: shownOf(change.after) }));
    try {
      const looking = createLooking(reader(), mostReads);
      // The first to ask, so that a plan of many changes does not leave it without a read.
      const asCode = findAsCode(looking, changes, service, managedAsCode);
      const effects = await Promise.all(changes.map((change) => effectOf(looking, targetOf(change))));
      const code = await asCode;
      return { ...together(effects, code.unread), asCode: code.asCode };
    } catch {
      return {
        affects: ['Who else notices could not be found out: something went wrong while looking.'],
        wider: 'It may become wider: that could not be found out.',
        noWayBack: null,
        asCode: null,
      };
    }
  };
}

function together(effects: readonly Effect[], more: readonly string[]): Omit<Impact, 'asCode'> {
  const all = (texts: readonly (string | null)[]): string | null => [...new Set(texts.filter((one) => one !== null))].join(' ') || null;
  return {
    affects: [...new Set([...effects.flatMap(({ affects }) => affects), ...more])],
    wider: all(effects.map(({ wider }) => wider)),
    noWayBack: all(effects.map(({ noWayBack }) => noWayBack)),
  };
}
