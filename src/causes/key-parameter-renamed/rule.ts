// Each API may read the key from a header and a query parameter of its own names; the default ones are then not read at all
// (field guide H02, b.5). The challenge of the 401 names the header that the API expects.

import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected, unknown } from '../contract.ts';
import { fromPaste, maybeMissing, sameName, sentKeys } from '../key-check.ts';
import { fix } from './fix.ts';

const defaults = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

export const rule = defineRule({
  id: 'key-parameter-renamed',
  code: 'H02',
  stage: 'sending',
  title: 'The API reads the key under another name',
  best: 'confirmed',
  needs: [],
  wants: ['api'],
  applies: maybeMissing,

  check({ symptom, api }) {
    // What ARM says now goes before what a challenge said when the call was made.
    const known = api.status === 'read' ? api.value : null;
    if (known === null && symptom.headerName === null) return unknown(api.status === 'read' ? '' : api.says);
    const header = known?.keyNames.header ?? symptom.headerName ?? defaults.header;
    const query = known?.keyNames.query ?? defaults.query;
    const headerRenamed = !sameName(header, defaults.header);
    const queryRenamed = query !== defaults.query;
    const expected = `${defaults.header} / ${defaults.query}`;
    const seen: Evidence =
      known !== null || symptom.seen.challenge === null
        ? { at: `${known?.armId ?? ''}#/properties/subscriptionKeyParameterNames`, observed: `${header} / ${query}`, expected }
        : fromPaste(symptom.seen.challenge, `name="${defaults.header}"`);
    if (!headerRenamed && !queryRenamed) return ruledOut('The API reads the key under the default names.', seen);

    const sent = sentKeys(symptom);
    const reached = sent.find((key) => (key.where === 'header' ? sameName(key.name ?? '', header) : key.name === query));
    if (reached !== undefined) {
      return ruledOut(`The request carries a value under ${reached.name ?? ''}, the name that the API reads.`, seen, sentEvidence(reached));
    }
    const [other] = sent;
    if (other === undefined && symptom.requestSeen)
      return ruledOut('The API reads the key under another name, but the request carries no key under any name.', seen);

    const says = `This API reads the key from the header ${header} (or the query parameter ${query}), not from the default ones. What is sent under another name counts as missing.`;
    if (other !== undefined) return confirmed(says, seen, sentEvidence(other));
    return headerRenamed && symptom.code === 'key-missing' ? confirmed(says, seen) : suspected(says, seen);
  },
});

function sentEvidence(key: ReturnType<typeof sentKeys>[number]): Evidence {
  return { at: `paste#/line/${key.line}`, observed: `${key.name ?? key.where}: ${key.shown}`, expected: 'the name that the API reads' };
}

export const cause: Cause = { rule, fix };
