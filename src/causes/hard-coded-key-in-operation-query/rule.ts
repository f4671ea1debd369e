// A default value for the key's query parameter in an operation's definition: consoles send it in place of the right key (field guide H10).
// The query counts only where no header carries a key (b.5).
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, unknown } from '../contract.ts';
import { maybeInvalid, sentKeys } from '../key-check.ts';
import { keyEvidence, reachedKey } from '../on-the-way.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'hard-coded-key-in-operation-query',
  code: 'H10',
  stage: 'sending',
  title: 'The operation has a key written into its query parameters',
  best: 'confirmed',
  needs: ['api', 'operations'],
  applies: maybeInvalid,

  check({ symptom, api, operations }) {
    const name = api.keyNames.query;
    const presets = operations.candidates.flatMap((operation) =>
      operation.queryParameters
        .filter((parameter) => parameter.fingerprint !== null && parameter.name === name)
        .map((parameter) => ({ operation, parameter })),
    );
    const [first, ...rest] = presets.map(
      ({ operation, parameter }): Evidence => ({
        at: `${operation.armId}#/properties/request/queryParameters/${parameter.name}`,
        observed: `default value ${parameter.shown ?? ''}`,
        expected: 'no default value',
      }),
    );
    if (first === undefined) {
      if (operations.unread > 0)
        return unknown(
          `${operations.unread} of the API's operations were not read; name the operation (method and URL) to look at it alone.`,
        );
      return ruledOut(`No operation that can have been called fills in the query parameter ${name} by itself.`, {
        at: `${api.armId}/operations`,
        observed: 'no default value',
        expected: 'no default value',
      });
    }

    const reached = reachedKey(symptom, api.keyNames);
    if (reached?.where === 'header') {
      return ruledOut(
        `The request carries a key in the header ${reached.name ?? ''}, and the gateway reads the query only where that header is missing.`,
        keyEvidence(reached, `no header, so that ${name} counts`),
        first,
      );
    }
    const sent = sentKeys(symptom).filter((key) => !key.partial);
    if (sent.length > 0 && !sent.some((key) => presets.some(({ parameter }) => parameter.fingerprint === key.fingerprint))) {
      return ruledOut(
        'The request carries another key than the one in the definition of the operation, so it does not come from there.',
        first,
        ...rest,
      );
    }
    const names = presets.map(({ operation }) => operation.displayName).join(', ');
    return confirmed(
      `${names}: the definition has a fixed value for the query parameter ${name}. Test consoles send that value where they have no key of their own; own clients do not. Remove the parameter from the definition.`,
      first,
      ...rest,
    );
  },
});

export const cause: Cause = { rule, fix };
