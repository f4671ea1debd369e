// What was asked in the last minutes, so that "the key starts with 9b1c" and Look again know what they are about.
// A paste may hold a secret: it lives here, in memory, and goes nowhere else. Bounded in time, number and size.
import { randomBytes } from 'node:crypto';
import type { Card, MessageId } from './ports.ts';

export interface Ask {
  /** Opaque; a Look again button carries it. */
  readonly id: string;
  readonly paste: string;
  readonly keyPrefix: string | null;
  /** Who asked, and the conversation id. */
  readonly person: string;
  readonly room: string;
  /** The message that shows the answer, and where it is. */
  readonly card: MessageId;
  readonly address: string | null;
}

export interface AskStore {
  remember(ask: Omit<Ask, 'id'>, now: Date): Ask;
  /** Null when it is forgotten, or was asked in another conversation. */
  find(id: string, room: string, now: Date): Ask | null;
  /** The newest of this person in this conversation. */
  latest(person: string, room: string, now: Date): Ask | null;
  /** The question that led to a plan. */
  ofPlan(plan: string, room: string, now: Date): Ask | null;
  link(plan: string, ask: Ask): void;
  /** The plans that its answers led to, oldest first. */
  plansOf(ask: Ask): readonly string[];
  /** Keeps what its message shows to whom, for readers who ask for their own view. */
  keepViews(ask: Ask, views: Views): void;
  viewsOf(ask: Ask): Views | null;
}

/** One answer as those see it who may press its buttons, and as all others do. */
export interface Views {
  /** ARM id that the buttons are about; null when there are none. */
  readonly service: string | null;
  readonly fixer: Card;
  readonly viewer: Card;
}

export interface AskLimits {
  readonly asks: number;
  readonly minutes: number;
  /** Characters of all pastes together. */
  readonly characters: number;
}

interface Kept {
  readonly ask: Ask;
  readonly at: number;
  readonly plans: Set<string>;
  views: Views | null;
}

const usual: AskLimits = { asks: 200, minutes: 15, characters: 4_000_000 };

export function createAsks(limits: AskLimits = usual): AskStore {
  // In the order they came, so the first one is the oldest.
  const kept = new Map<string, Kept>();

  function tidy(now: Date): void {
    const oldest = now.getTime() - limits.minutes * 60_000;
    let characters = 0;
    for (const { ask } of kept.values()) characters += ask.paste.length;
    for (const [id, { ask, at }] of kept) {
      if (at > oldest && kept.size <= limits.asks && characters <= limits.characters) break;
      kept.delete(id);
      characters -= ask.paste.length;
    }
  }

  function newest(now: Date, fits: (one: Kept) => boolean): Ask | null {
    tidy(now);
    return [...kept.values()].findLast(fits)?.ask ?? null;
  }

  return {
    remember(asked, now) {
      const ask: Ask = { ...asked, id: randomBytes(16).toString('base64url') };
      kept.set(ask.id, { ask, at: now.getTime(), plans: new Set(), views: null });
      tidy(now);
      return ask;
    },
    find: (id, room, now) => newest(now, ({ ask }) => ask.id === id && ask.room === room),
    latest: (person, room, now) => newest(now, ({ ask }) => ask.person === person && ask.room === room),
    ofPlan: (plan, room, now) => newest(now, ({ ask, plans }) => plans.has(plan) && ask.room === room),
    link(plan, ask) {
      kept.get(ask.id)?.plans.add(plan);
    },
    plansOf: (ask) => [...(kept.get(ask.id)?.plans ?? [])],
    keepViews(ask, views) {
      const one = kept.get(ask.id);
      if (one !== undefined) one.views = views;
    },
    viewsOf: (ask) => kept.get(ask.id)?.views ?? null,
  };
}
