// What a press did to the message that everybody sees, for who has to answer it after the time for an answer is over.
import type { Turn } from '../conversation/ports.ts';

/** A turn that remembers whether a card was replaced for everybody. */
export function watching(turn: Turn): { readonly turn: Turn; shown(): boolean } {
  let shown = false;
  return {
    shown: () => shown,
    turn: {
      ...turn,
      async replaceCard(...asked) {
        await turn.replaceCard(...asked);
        shown = true;
      },
    },
  };
}
