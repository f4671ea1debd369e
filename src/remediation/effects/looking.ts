// Reading for a preview: each thing once, first pages only, and no more reads than a preview is worth.
import { text } from '../../snapshot/from-arm.ts';
import type { ArmReader, ArmResource } from '../../snapshot/ports.ts';
import type { Reading } from '../../snapshot/snapshot.ts';

/** The first page of a list, and how long the list is. */
export interface Page {
  readonly items: readonly ArmResource[];
  /** ARM's `count`; the entries of the page where ARM gave none. */
  readonly total: number;
  /** There are more than `total` says. */
  readonly orMore: boolean;
}

export interface Looking {
  get(armId: string): Promise<Reading<ArmResource>>;
  list(armId: string, filter?: string): Promise<Reading<Page>>;
}

/** At most `most` reads; what would be one more is unreadable, and says why. */
export function createLooking(reader: ArmReader, most: number): Looking {
  const known = new Map<string, Promise<Reading<unknown>>>();
  let left = most;

  function once<T>(name: string, armId: string, read: () => Promise<Reading<T>>): Promise<Reading<T>> {
    const before = known.get(name);
    if (before !== undefined) return before as Promise<Reading<T>>;
    left -= 1;
    const asked = left >= 0 ? read() : Promise.resolve(notAsked(armId));
    known.set(name, asked);
    return asked;
  }

  return {
    get: (armId) => once(`get ${armId}`.toLowerCase(), armId, () => reader.get(armId)),
    list: (armId, filter) =>
      once(`list ${armId} ${filter ?? ''}`.toLowerCase(), armId, async () => {
        const listed = await reader.list(armId, filter === undefined ? undefined : { $filter: filter }, 1);
        if (listed.status === 'unreadable') return listed;
        const { items, total, next } = listed.value;
        return { status: 'read', value: { items, total: Math.max(total ?? 0, items.length), orMore: total === null && next !== null } };
      }),
  };
}

function notAsked(at: string): Reading<never> {
  const says = `A preview asks Azure at most a few times, and this would be one time more.`;
  return { status: 'unreadable', reason: 'unavailable', at, action: null, says };
}

/** The name that people gave it, else the one in its id. */
export function displayName({ name, properties }: ArmResource): string {
  return text(properties.displayName) ?? name;
}
