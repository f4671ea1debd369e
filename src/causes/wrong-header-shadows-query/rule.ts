// The gateway looks into the query only when the header is absent: a wrong header hides a right key in the URL (field guide K18, b.5).
// A proxy, an SDK or a default header of the client may have added it.
import type { ApiFact, KeyFact, ProductFact } from '../../snapshot/snapshot.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { coversApi, fieldOf, labelOf, maybeInvalid, onlyMatch, sentKeys } from '../key-check.ts';

export const rule = defineRule({
  id: 'wrong-header-shadows-query',
  code: 'K18',
  stage: 'key',
  title: 'A wrong key in the header hides the one in the query',
  best: 'confirmed',
  needs: [],
  wants: ['key', 'shadowedKey', 'api', 'apiProducts'],
  applies: (symptom) =>
    maybeInvalid(symptom) && sentKeys(symptom).some(({ where }) => where === 'header') && queryKeyName(symptom, null) !== null,

  check({ symptom, key, shadowedKey, api, apiProducts }) {
    const called = factOrNull(api);
    const mayCall = passes(called, factOrNull(apiProducts) ?? []);
    const parameter = queryKeyName(symptom, called?.keyNames.query ?? null) ?? 'subscription-key';
    const header = sentKeys(symptom).find(
      ({ where, name }) => where === 'header' && (called === null || same(name, called.keyNames.header)),
    );
    if (header === undefined || (called !== null && !same(parameter, called.keyNames.query))) {
      const [other] = sentKeys(symptom);
      return ruledOut('The request does not carry both a header and a query parameter that this API reads.', {
        at: `paste#/line/${other?.line ?? 1}`,
        observed: `${other?.name ?? 'no key'}, ${parameter}`,
        expected: `${called?.keyNames.header ?? 'the header'} and ${called?.keyNames.query ?? 'the query parameter'} together`,
      });
    }
    const name = header.name ?? 'the key';
    const inHeader: Evidence = { at: `paste#/line/${header.line}`, observed: `${name}: ${header.shown}`, expected: 'no such header' };
    const good = factOrNull(key)?.matches.find(mayCall);
    if (good !== undefined)
      return ruledOut(`The key in the header is of ${labelOf(good.subscription)}, which may call this API.`, inHeader);

    const query = symptom.keys.find((one) => one.where === 'query' && same(one.name, parameter));
    const line = query?.line ?? symptom.seen.url?.line ?? 1;
    const inQuery: Evidence = {
      at: `paste#/line/${line}`,
      observed: `${parameter}=${query?.shown ?? '…'}`,
      expected: 'a query without a header beside it',
    };
    if (query?.fingerprint === header.fingerprint) return ruledOut('Header and query carry the same key.', inHeader, inQuery);

    const says = `The request carries a key in the header ${name} and another in the query parameter ${parameter}. The gateway reads the header and never looks at the query.`;
    const todo = `Remove the header ${name}; look for a proxy, a default header of the client or an SDK that adds it.`;
    const hidden = factOrNull(shadowedKey);
    const right = hidden === null ? null : onlyMatch(hidden);
    if (hidden !== null && hidden.matches.length === 0 && hidden.complete)
      return ruledOut('The key in the query would not pass either: no subscription has it.', inQuery, inHeader);
    if (right === null) return suspected(`${says} Whether that one would pass could not be found out. ${todo}`, inHeader, inQuery);

    const { subscription } = right;
    const state = fieldOf(subscription, 'state', subscription.state, 'active');
    if (mayCall(right))
      return confirmed(`${says} The one in the query is right: it is of ${labelOf(subscription)}. ${todo}`, inHeader, inQuery, state);
    const why = subscription.state === 'active' ? fieldOf(subscription, 'scope', subscription.scope, 'a scope that covers the API') : state;
    return ruledOut(`The key in the query, of ${labelOf(subscription)}, would not pass either.`, why, inHeader);
  },
});

function passes(api: ApiFact | null, products: readonly ProductFact[]): (match: KeyFact['matches'][number]) => boolean {
  return ({ subscription: { state, target } }) => state === 'active' && (api === null || coversApi(target, api, products));
}

/** The query parameter that carries a key, also where the paste hides its value. */
function queryKeyName({ keys, queryNames }: Symptom, wanted: string | null): string | null {
  const sent = keys.flatMap(({ where, name }) => (where === 'query' && name !== null ? [name] : []));
  const carried = [...sent, ...queryNames.filter((name) => /^(?:subscription|api)[-_]?key$/i.test(name))];
  return (wanted === null ? undefined : [...carried, ...queryNames].find((name) => same(name, wanted))) ?? carried[0] ?? null;
}

function same(a: string | null, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

export const cause: Cause = { rule, fix: null };
