// What somebody reads who may not: what was seen, what it means, who can change it. Names settings, never other people's ids.
import type { Act } from '../remediation/ports.ts';

const settingOf: Readonly<Record<Act, string>> = {
  look: 'LOCKSMITH_VIEWERS',
  fix: 'LOCKSMITH_FIXERS',
  approve: 'LOCKSMITH_APPROVERS',
};

export function sayGuest(): string {
  return 'You are a guest in this tenant, and I answer its own people only. Ask one of them to look, or to press this for you.';
}

export function sayStranger(): string {
  return 'Your tenant is not among those that I answer (LOCKSMITH_ALLOWED_TENANTS), so nothing was done. Ask somebody of the team that runs this bot.';
}

/** `because`: a sentence of its own about what kept the groups from being read. */
export function sayGroupsUnread(act: Act, because: string): string {
  return `${settingOf[act]} names groups, and whether you are in one of them could not be read, so I take it as a no. ${because}`;
}

export function sayUnknownGuest(): string {
  return 'I answer everybody of this tenant except guests, and Teams did not tell me whether you are one. Try again in a minute; if it stays so, ask whoever runs this bot to name you in LOCKSMITH_VIEWERS.';
}

/** For pressing and agreeing: those whom a list names by their own id need not wait for Teams. */
export function sayUnknownInGroup(act: Act): string {
  return `${settingOf[act]} names groups, whose guests do not count, and Teams did not tell me whether you are a guest, so nothing was done. Try again in a minute; if it stays so, ask whoever runs this bot to name you there by your own id.`;
}

/** `someone`: whether anybody has this role here. `looks`: whether this person is known to be allowed to look. */
export function sayNoRole(act: Act, { someone, looks }: { readonly someone: boolean; readonly looks: boolean }): string {
  const youMay = looks ? 'You may look here, but ' : '';
  if (act === 'look') {
    return someone
      ? 'You are not among those whom I answer here (LOCKSMITH_VIEWERS). Ask whoever runs this bot to add you.'
      : 'Nobody is named yet whom I may answer here (LOCKSMITH_VIEWERS). Whoever runs this bot decides that.';
  }
  if (act === 'fix') {
    return someone
      ? capital(`${youMay}fix buttons are for fixers (LOCKSMITH_FIXERS). Ask one of them to press it.`)
      : capital(
          `${youMay}nobody is named who may press fix buttons (LOCKSMITH_FIXERS), so I only look. Whoever runs this bot decides that.`,
        );
  }
  return someone
    ? capital(`${youMay}agreeing as the second person is for approvers (LOCKSMITH_APPROVERS). Ask one of them to press it.`)
    : capital(
        `${youMay}nobody is named who may agree as the second person (LOCKSMITH_APPROVERS), so this cannot be applied. Whoever runs this bot decides that.`,
      );
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
