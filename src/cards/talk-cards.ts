// What the bot says around the work: hello, help, what to paste, that it is at it, that something broke.
import { lookAgain } from './buttons.ts';
import type { Card } from './card.ts';
import { plain, spoken } from './plain.ts';
import { asLines, fill, optional } from './template.ts';

/** The first sign of life. */
export function workingCard(): Card {
  return fill('working', {
    ...head('emphasis', 'One moment', 'Looking into it'),
    says: optional('I am reading the configuration of API Management. This card changes when I know.'),
  });
}

export function helpCard(): Card {
  return fill('help', {
    ...head('accent', 'Locksmith', 'I find out why an API answers 401'),
    says: optional('Paste the 401. I say what is wrong in API Management, how I know, and offer the button that mends it.'),
  });
}

export function welcomeCard(): Card {
  return fill('help', {
    ...head('accent', 'Hello, I am Locksmith', 'I find out why an API answers 401'),
    says: optional('Paste a 401 here, or mention me with one in a channel. Write "help" to see this again.'),
  });
}

/** A kind answer to a text without a 401: what to paste, with an example. */
export function guideCard({
  says,
  warnings = [],
}: {
  readonly says: string;
  readonly warnings?: readonly { readonly text: string }[];
}): Card {
  return fill('guide', {
    ...head('emphasis', 'I need a little more', 'Paste the 401, please'),
    says: optional(plain(says, 400)),
    warnings,
    actions: [],
  });
}

/** The question behind Look again is not remembered any more. */
export function forgottenCard(): Card {
  return guideCard({ says: 'I keep what was pasted for fifteen minutes only, and not on disk. Please paste it again.' });
}

/** Somebody asks who may not; nothing was looked up. */
export function notForYouCard(says: string): Card {
  return fill('outcome', {
    ...head('warning', 'Nothing was looked up', 'I may not answer you here'),
    says: optional(plain(says, 600)),
    changeBlocks: [],
    facts: [],
    nextBlocks: [{ lines: asLines(['Ask whoever runs Locksmith for a role, or ask somebody who has one.']) }],
    codeBlocks: [],
    small: [],
    actions: [],
    links: [],
  });
}

/** Somebody asks what waits for a second person, and nothing does. */
export function nothingWaitsCard(channel: boolean): Card {
  // Each post of a channel is a conversation of its own, and a card belongs to its conversation.
  const elsewhere = channel ? ' in this post of the channel. Elsewhere: write "waiting" as a reply in the post where it was asked' : '';
  return fill('outcome', {
    ...head('good', 'All settled', 'Nothing waits for a second person'),
    says: optional(`No request for a second person's Confirm is open${elsewhere || ' in this conversation'}.`),
    changeBlocks: [],
    facts: [],
    nextBlocks: [],
    codeBlocks: [],
    small: [],
    actions: [],
    links: [],
  });
}

/** Something broke on our side. */
export function errorCard(ask: string | null): Card {
  return fill('outcome', {
    ...head('warning', 'My mistake, not yours', 'Something went wrong on my side'),
    says: optional('I could not finish this. If a change was being made, look again before repeating it.'),
    changeBlocks: [],
    facts: [],
    nextBlocks: [{ lines: asLines([ask === null ? 'Paste the 401 again in a moment.' : 'Press "Look again" in a moment.']) }],
    codeBlocks: [],
    small: [],
    actions: lookAgain(ask),
    links: [],
  });
}

/** What a template's header and its spoken forms are made of. */
export function head(style: string, kicker: string, title: string): Readonly<Record<string, string>> {
  const heard = spoken(`${kicker}: ${title}.`);
  return { style, kicker: plain(kicker, 160), title: plain(title, 160), fallbackText: heard, speak: heard };
}
