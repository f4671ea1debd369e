// A link, an image, a new tab, a WebSocket or an EventSource of a browser cannot carry a header of one's own (field guide H07).
import { type Cause, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { complaint, fromPaste, maybeMissing } from '../key-check.ts';
import { keyEvidence, lineOf, namesOf, reachedKey, toldOf } from '../on-the-way.ts';

const ways = {
  websocket: 'A WebSocket of a browser cannot send headers of its own.',
  'event-source': 'An EventSource of a browser cannot send headers of its own.',
  navigation: 'A link, an address or an image that a browser opens carries no header of its own.',
  'page-resource': 'What a page loads by a link or a tag carries no header of its own.',
} as const;

export const rule = defineRule({
  id: 'browser-navigation-without-key',
  code: 'H07',
  stage: 'sending',
  title: 'A browser made the call, and cannot add the header',
  best: 'suspected',
  needs: [],
  wants: ['api'],
  applies: maybeMissing,

  check({ symptom, api }) {
    const names = namesOf(symptom, api);
    const expected = `the header ${names.header} or the query parameter ${names.query}`;
    const reached = reachedKey(symptom, names);
    if (reached !== null)
      return ruledOut(`The request carries a key as ${reached.name ?? ''}, so it was added.`, keyEvidence(reached, expected));

    const told = toldOf(symptom, 'websocket', 'event-source', 'navigation', 'page-resource');
    const upgraded = symptom.requestHeaders.find((name) => name === 'sec-websocket-key' || name === 'upgrade-insecure-requests');
    const what =
      told !== null && told.what in ways ? (told.what as keyof typeof ways) : upgraded === 'sec-websocket-key' ? 'websocket' : 'navigation';
    const seen: Evidence | null =
      told !== null ? fromPaste(told, expected) : upgraded !== undefined ? lineOf(symptom, `request header ${upgraded}`, expected) : null;
    if (seen === null) {
      return ruledOut(
        'Nothing in the paste shows a link, an image, a new tab, a WebSocket or an EventSource of a browser.',
        complaint(symptom, expected),
      );
    }
    return suspected(
      `${ways[what]} Let the page make the call itself (fetch with the header ${names.header}), or send the key as the query parameter ${names.query}, or put a session of your own in front; a key in a URL ends up in histories and logs, so use one that may be lost.`,
      seen,
      complaint(symptom, expected),
    );
  },
});

export const cause: Cause = { rule, fix: null };
