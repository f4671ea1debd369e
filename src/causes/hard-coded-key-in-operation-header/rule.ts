// A default value for the key's header in an operation's definition makes test consoles send that value instead of the right key
// (field guide H09; seeds 002 and 000). A client of its own is not touched by it.

import { type Cause, confirmed, defineRule, type Evidence, ruledOut, unknown } from '../contract.ts';
import { maybeInvalid, sameName, sentKeys } from '../key-check.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'hard-coded-key-in-operation-header',
  code: 'H09',
  stage: 'sending',
  title: 'The operation has a key written into its definition',
  best: 'confirmed',
  needs: ['api', 'operations'],
  applies: maybeInvalid,

  check({ symptom, api, operations }) {
    const name = api.keyNames.header;
    const presets = operations.candidates.flatMap((operation) =>
      operation.headers
        .filter((header) => header.fingerprint !== null && sameName(header.name, name))
        .map((header) => ({ operation, header })),
    );
    const at = `${api.armId}/operations`;
    const [first, ...rest] = presets;
    if (first === undefined) {
      if (operations.unread > 0)
        return unknown(
          `${operations.unread} of the API's operations were not read; name the operation (method and URL) to look at it alone.`,
        );
      return ruledOut(`No operation that can have been called fills in ${name} by itself.`, {
        at,
        observed: 'no default value',
        expected: 'no default value',
      });
    }

    const evidence = [first, ...rest].map(
      ({ operation, header }): Evidence => ({
        at: `${operation.armId}#/properties/request/headers/${header.name}`,
        observed: `default value ${header.shown ?? ''}`,
        expected: 'no default value',
      }),
    );
    const sent = sentKeys(symptom).filter((key) => !key.partial);
    const [one] = evidence;
    if (one === undefined) return unknown('The operations could not be compared.');
    if (sent.length > 0 && !sent.some((key) => presets.some(({ header }) => header.fingerprint === key.fingerprint))) {
      return ruledOut(
        'The request carries another key than the one in the definition of the operation, so it does not come from there.',
        one,
        ...evidence.slice(1),
      );
    }
    const names = [first, ...rest].map(({ operation }) => operation.displayName).join(', ');
    return confirmed(
      `${names}: the definition has a fixed value for ${name}. Test consoles send that value in place of the right key; own clients do not.`,
      one,
      ...evidence.slice(1),
    );
  },
});

export const cause: Cause = { rule, fix };
