// Keeps a card small enough for every client. Teams counts UTF-16, two bytes for each unit, and says 100 KB in one place
// and 28 in another; 25 KB is safe on every copy. What has to go is said ("and 12 more"), never dropped silently.
import type { Card } from './card.ts';

/** Bytes of the card as UTF-16 JSON. */
export const CARD_BYTES = 25_000;

/** How much of lists and texts a rendering may show. */
export interface Limits {
  /** Entries of each list. */
  readonly items: number;
  /** Characters of each text. */
  readonly chars: number;
}

const generous: Limits = { items: 6, chars: 600 };
const tighter: readonly Limits[] = [
  { items: 5, chars: 400 },
  { items: 4, chars: 260 },
  { items: 3, chars: 160 },
  { items: 2, chars: 110 },
  { items: 1, chars: 80 },
];

export function cardBytes(card: Card): number {
  return JSON.stringify(card).length * 2;
}

/** The fullest rendering that is small enough. */
export function fitted(render: (limits: Limits) => Card): Card {
  let card = render(generous);
  for (const limits of tighter) {
    if (cardBytes(card) <= CARD_BYTES) break;
    card = render(limits);
  }
  return card;
}
