// Which origins may call is the API owner's decision.
import { defineRemedy } from '../contract.ts';
import { policy } from '../to-copy.ts';
import { snippet } from './snippet.ts';

export const remedy = defineRemedy({
  copy: () =>
    policy(
      snippet,
      'The owner of the API decides which sites may call it from a browser. It goes first into the inbound section of the API or of all APIs.',
    ),
});
