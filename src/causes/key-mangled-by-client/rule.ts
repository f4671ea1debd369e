// The right key, damaged on its way: a variable that was never filled in, quotation marks that came along, a value cut short
// (field guide K12). The paste proves the first kind; the second shows when what was sent is nearly a key.
import type { KeyNames } from '../../snapshot/snapshot.ts';
import type { KeyFlaw, PastedKey, Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { labelOf, maybeInvalid, sentKeys } from '../key-check.ts';

const flaws: Readonly<Record<KeyFlaw, string>> = {
  word: 'a word that a program leaves where a variable was empty (undefined, null and the like). Fill in the variable that holds the key',
  template: 'a placeholder that nobody filled in. Set the variable in the environment that is active, or write the key itself',
  quoted: 'a value inside quotation marks, which count as part of the key. Send it without them',
  blanks: 'a value with blanks in it, and keys are compared to the last character. Remove the blanks and line breaks',
  several: 'several values in one. Send a single key, in a single header',
};

/** Shorter values that begin like a key are how people write keys down, not how they send them. */
const shortestSent = 8;

export const rule = defineRule({
  id: 'key-mangled-by-client',
  code: 'K12',
  stage: 'key',
  title: 'The client sends the key damaged',
  best: 'confirmed',
  needs: [],
  wants: ['key', 'api'],
  applies: maybeInvalid,

  check({ symptom, key, api }) {
    const sent = whatTheGatewayRead(symptom, factOrNull(api)?.keyNames ?? null);
    if (sent === null) return unknown('The paste does not show the value that was sent.');
    const name = sent.name ?? sent.where;
    const value: Evidence = {
      at: `paste#/line/${sent.line}`,
      observed: `${name}: ${sent.shown}`,
      expected: 'the whole key and nothing else',
    };
    // What was looked for is the same value only when it stands in the same line; a prefix given beside the paste goes before it.
    const found = factOrNull(key);
    const known = found !== null && found.line === sent.line && found.shown === sent.shown ? found : null;
    const [match] = known?.matches ?? [];
    if (match?.whole) return ruledOut(`The value in ${name} is the whole key of ${labelOf(match.subscription)}.`, value);
    if (sent.flaw !== undefined) return confirmed(`What was sent in ${name} is ${flaws[sent.flaw]}.`, value);

    if (match !== undefined && !sent.partial && sent.length >= shortestSent) {
      return suspected(
        `The ${sent.length} characters that were sent in ${name} are the beginning of the ${match.slot} key of ${labelOf(match.subscription)}, and not the whole of it. If the paste was not shortened, the client cuts the key off: send all of it.`,
        value,
        { at: match.subscription.armId, observed: `the ${match.slot} key begins like that and is longer`, expected: 'equal' },
      );
    }
    const near = known?.near ?? null;
    if (near !== null && !sent.partial) {
      const theirs = `the ${near.slot} key of ${labelOf(near.subscription)}`;
      const [how, seen] =
        near.how === 'folded'
          ? [`is ${theirs} but for letter case or blanks around it`, 'is nearly equal']
          : [`begins with the same four characters as ${theirs}, and then differs`, 'begins alike'];
      return suspected(`The value that was sent in ${name} ${how}. Copy that key again, whole and unchanged.`, value, {
        at: near.subscription.armId,
        observed: `the ${near.slot} key ${seen}`,
        expected: 'equal',
      });
    }
    return ruledOut(
      `The value in ${name} shows no sign of damage: no quotation marks, blanks or placeholders, and no key is nearly like it.`,
      value,
    );
  },
});

/** The header before the query, under the names of the API where they are known (field guide, b.5). */
function whatTheGatewayRead(symptom: Symptom, names: KeyNames | null): PastedKey | null {
  const sent = sentKeys(symptom);
  const named = (where: string, name: string): PastedKey | undefined =>
    sent.find((key) => key.where === where && key.name?.toLowerCase() === name.toLowerCase());
  const header = named('header', names?.header ?? symptom.headerName ?? 'Ocp-Apim-Subscription-Key');
  return header ?? named('query', names?.query ?? 'subscription-key') ?? (names === null ? (sent[0] ?? null) : null);
}

export const cause: Cause = { rule, fix: null };
