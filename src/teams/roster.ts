// Who is in a room, for cards with a view for each reader. A courtesy: where Teams does not tell, everybody sees the same card.
import { TeamsInfo, type TurnContext } from 'botbuilder';
import { within } from './within.ts';

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
      const asked = ask(async (context) => (await TeamsInfo.getPagedMembers(context, 100)).members.map(({ id }) => id));
      const members = within(
        asked.catch(() => null),
        patienceMs,
      );
      known.delete(room);
      known.set(room, { until: Date.now() + forMs, members });
      const [oldest] = known.keys();
      if (known.size > mostRooms && oldest !== undefined) known.delete(oldest);
      return members;
    },
  };
}
