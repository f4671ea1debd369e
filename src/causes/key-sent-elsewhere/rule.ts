// The gateway reads a key from one header and one query parameter, never from a body, a cookie, a form, or a name that is nearly right
// (field guide H04, b.5; seed 003 for typing errors).

import type { KeyNames } from '../../snapshot/snapshot.ts';
import type { PastedKey, Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint, maybeMissing, sameName, sentKeys } from '../key-check.ts';
import { headersSeen, keyEvidence, namesOf, reachedKey } from '../on-the-way.ts';

const defaults: KeyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };
/** What SDKs send by themselves is another cause. */
const ofSdks = ['api-key', 'x-api-key', 'apikey', 'x-functions-key', 'authorization'];

export const rule = defineRule({
  id: 'key-sent-elsewhere',
  code: 'H04',
  stage: 'sending',
  title: 'The key was sent where the gateway does not look',
  best: 'confirmed',
  needs: [],
  wants: ['api'],
  applies: maybeMissing,

  check({ symptom, api }) {
    const names = namesOf(symptom, api);
    const expected = `the header ${names.header} or the query parameter ${names.query}`;
    const reached = reachedKey(symptom, names);
    if (reached !== null)
      return ruledOut(`The request carries a key as ${reached.name ?? ''}, where the API looks for it.`, keyEvidence(reached, expected));

    const stray = strayKey(symptom, names);
    if (stray === null) {
      const seen: Evidence = symptom.requestSeen ? headersSeen(symptom, expected) : complaint(symptom, expected);
      return ruledOut('The paste shows no key in a body, a cookie, or under a name that is nearly right.', seen);
    }
    const certain = symptom.code === 'key-missing' || factOrNull(api) !== null;
    const says = `The key stands ${stray.place}, and the gateway does not look there. Send it in the header ${names.header}${stray.query ? ` or as the query parameter ${names.query}` : ''}, spelled exactly so.`;
    const evidence = keyEvidence(stray.key, expected);
    return certain ? confirmed(says, evidence, complaint(symptom, expected)) : suspected(says, evidence);
  },
});

interface Stray {
  readonly key: PastedKey;
  readonly place: string;
  readonly query: boolean;
}

function strayKey(symptom: Symptom, names: KeyNames): Stray | null {
  const inBody = symptom.keys.find((key) => key.where === 'prose' && key.name !== null && key.line > 0);
  if (inBody !== undefined) {
    const place = inBody.name === 'Cookie' ? 'in a cookie' : `in the body, as ${inBody.name}`;
    return { key: inBody, place, query: false };
  }
  for (const key of sentKeys(symptom)) {
    const name = key.name ?? '';
    if (ofSdks.includes(name.toLowerCase())) continue;
    // The default names at an API with names of its own: that API was renamed, which is another cause.
    if (key.where === 'header' ? sameName(name, defaults.header) : name === defaults.query) continue;
    if (key.where === 'query') {
      const place = sameName(name, names.header) ? `in the query under the header's name ${name}` : `in the query as ${name}`;
      return { key, place, query: true };
    }
    const place = sameName(name, names.query) ? `in a header under the query parameter's name ${name}` : `in the header ${name}`;
    return { key, place, query: false };
  }
  return null;
}

export const cause: Cause = { rule, fix: null };
