// Who is in a room, for cards with a view for each reader. A courtesy: where Teams does not tell, everybody sees the same card.
import { TeamsInfo, type TurnContext } from 'botbuilder';

const forMs = 5 * 60_000;
const patienceMs = 1500;
const mostRooms = 500;

export interface Roster {
  /** The channel's user ids, at most a page of a hundred; null when they cannot be had in time. Never throws. */
  members(
    room: string,
    ask: (logic: (context: TurnContext) => Promise<readonly string[]>) => Promise<readonly string[]>,
  ): Promise<readonly string[] | null>;
}

export function createRoster(): Roster {
  const known = new Map<string, { readonly until: number; readonly members: Promise<readonly string[] | null> }>();
  return {
    members(room, ask) {
      const kept = known.get(room);
      if (kept !== undefined && kept.until > Date.now()) return kept.members;
      const members = inTime(ask(async (context) => (await TeamsInfo.getPagedMembers(context, 100)).members.map(({ id }) => id)));
      known.delete(room);
      known.set(room, { until: Date.now() + forMs, members });
      const [oldest] = known.keys();
      if (known.size > mostRooms && oldest !== undefined) known.delete(oldest);
      return members;
    },
  };
}

async function inTime(asked: Promise<readonly string[]>): Promise<readonly string[] | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), patienceMs);
  try {
    return await Promise.race([asked.catch(() => null), promise]);
  } finally {
    clearTimeout(timer);
  }
}
