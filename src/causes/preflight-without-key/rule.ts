// A browser asks with OPTIONS first, and that preflight carries no key. Only a cors policy answers it, and one at product scope never runs,
// because without a key no product is known (field guide H08, b.17).
import { running } from '../../snapshot/policies/running.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { fromPaste } from '../key-check.ts';
import { lineOf, toldOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';
import { snippet } from './snippet.ts';

export const rule = defineRule({
  id: 'preflight-without-key',
  code: 'H08',
  stage: 'sending',
  title: "The browser's preflight has no key and no cors policy answers it",
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'api'],
  applies: fromBrowser,

  check({ symptom, policies, api }) {
    const told = toldOf(symptom, 'cors');
    const preflight = symptom.method === 'OPTIONS';
    const sign: Evidence =
      told !== null && !preflight
        ? fromPaste(told, 'a call that needs no preflight')
        : lineOf(symptom, preflight ? 'OPTIONS' : 'a browser', 'a call that needs no preflight');
    if (policies.status === 'unreadable') {
      return preflight || told !== null
        ? suspected(
            `A browser's preflight carries no key. Whether a cors policy answers it could not be read (${policies.says}). If none does, add in the inbound policy of the API: ${snippet}`,
            sign,
          )
        : unknown(policies.says, sign);
    }
    const cors = running(policies.value, 'inbound').filter(({ statement }) => statement.name === 'cors');
    const answering = cors.find(({ document }) => document.scope !== 'product');
    if (answering !== undefined) {
      return ruledOut(
        `A cors policy answers preflights: ${answering.where}. If the browser still complains, its origin, method or header is not in that policy.`,
        {
          at: answering.at,
          observed: `cors, ${answering.where}`,
          expected: 'a cors policy of the API or of all APIs',
        },
      );
    }
    const name = factOrNull(api)?.displayName ?? 'the API';
    const ofProduct = cors[0];
    const missing: Evidence =
      ofProduct === undefined
        ? {
            at: policies.value.documents[0]?.armId ?? '',
            observed: 'no cors policy for the call',
            expected: 'a cors policy of the API or of all APIs',
          }
        : { at: ofProduct.at, observed: `cors only in ${ofProduct.where}`, expected: 'a cors policy of the API or of all APIs' };
    const why =
      ofProduct === undefined
        ? `no cors policy runs for ${name}`
        : `the only cors policy is that of a product, which cannot run for a preflight: without a key no product is known`;
    const says = `A browser asks with OPTIONS before it calls, without the key, and ${why}. Add in the inbound policy of the API (or of all APIs): ${snippet}`;
    return policies.value.unread.length > 0
      ? suspected(`${says} Not every policy could be read, so another one may answer.`, missing, sign)
      : confirmed(says, missing, sign);
  },
});

/** An OPTIONS call, a browser's complaint about CORS, or a browser's call of which nothing says that it was a navigation. */
function fromBrowser(symptom: Symptom): boolean {
  const { layer, code, method, client } = symptom;
  const unanswered = layer === 'not-a-401' && (symptom.status === null || code === 'not-found');
  const missing = (layer === 'gateway-subscription' || layer === 'unknown') && code !== 'key-invalid';
  if (!unanswered && !missing) return false;
  if (method === 'OPTIONS' || toldOf(symptom, 'cors') !== null) return true;
  return (
    missing &&
    client === 'browser' &&
    method === null &&
    toldOf(symptom, 'navigation', 'page-resource', 'websocket', 'event-source') === null
  );
}

export const cause: Cause = { rule, fix: null, remedy };
