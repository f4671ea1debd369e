// A content network that keeps a 401 goes on giving it after the key was mended (field guide H06). Only its own headers can show that.
import { type Cause, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint, fromKeyCheck } from '../key-check.ts';
import { isGoodKey, lineOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'unauthorized-cached-at-edge',
  code: 'H06',
  stage: 'sending',
  title: 'A cache in front of the gateway gives an old answer',
  best: 'suspected',
  needs: [],
  wants: ['api', 'apiProducts', 'key'],
  applies: fromKeyCheck,

  check({ symptom, api, apiProducts, key }) {
    const { edgeHeaders } = symptom;
    const names = Object.keys(edgeHeaders).filter((name) => name !== 'server' && name !== 'location');
    const expected = 'an answer of the gateway itself';
    if (names.length === 0)
      return ruledOut(
        'The answer has no header of a cache (Age, X-Cache, CF-Cache-Status), so nothing shows that it came from one.',
        complaint(symptom, expected),
      );

    const told = ['x-cache', 'cf-cache-status', 'x-proxy-cache'].flatMap((name) =>
      edgeHeaders[name] ? [`${name}: ${edgeHeaders[name]}`] : [],
    );
    const age = Number(edgeHeaders.age ?? 0);
    const seen: Evidence = lineOf(symptom, [...told, ...(age > 0 ? [`age: ${age}`] : [])].join(', ') || names.join(', '), expected);
    const hit = told.some((one) => /\b(?:TCP_)?(?:\w+_)?HIT\b|\bSTALE\b|\bREVALIDATED\b/i.test(one));
    if (hit || age > 0) {
      const old = age > 0 ? `, ${age} seconds old` : '';
      return suspected(
        `This answer was given by a cache in front of the gateway${old}, not by the gateway for this call. Purge that path at the cache, keep 401 out of it (Cache-Control: no-store on errors, or a rule for status codes), and call the gateway's own host to see what it says now.`,
        seen,
      );
    }
    if (told.length > 0) return ruledOut('The cache in front of the gateway says that it passed the call on.', seen);

    const [known, products, found] = [factOrNull(api), factOrNull(apiProducts), factOrNull(key)];
    if (symptom.code === 'key-invalid' && known !== null && products !== null && found !== null && isGoodKey(found, known, products)) {
      return suspected(
        'By what Azure has, this key should pass, and the answer came through a content network or proxy, which may have kept an old 401. Purge that path there, and call the gateway directly with the same key.',
        seen,
        {
          at: found.at,
          observed: `${found.shown} belongs to an active subscription that covers the API`,
          expected: 'a key that is refused',
        },
      );
    }
    return ruledOut('The answer came through a proxy or content network, but nothing shows that it was kept there.', seen);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
