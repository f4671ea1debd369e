// Translator's shared address cannot tell the region from the key: with a regional or multi-service resource it wants a header that names it
// (field guide A09 and a.3, 401000).
import { aiEndpoint, isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel } from '../ai-key.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint, fromPaste } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

const header = 'Ocp-Apim-Subscription-Region';

export const rule = defineRule({
  id: 'translator-region-missing',
  code: 'A09',
  stage: 'backend',
  title: 'Translator was not told the region of the key',
  best: 'confirmed',
  needs: [],
  wants: ['aiKey'],
  applies: (symptom) =>
    isAiKeyCall(symptom) &&
    signOf(symptom, 'ai-token-refused') === null &&
    (aiEndpoint(symptom).service === 'translator' || (symptom.host === null && signOf(symptom, 'ai-credentials-missing') !== null)),

  check({ symptom, aiKey }) {
    const { form } = aiEndpoint(symptom);
    const place = symptom.seen.url ?? symptom.seen.status ?? symptom.seen.message;
    const names = `request headers: ${symptom.requestHeaders.join(', ') || 'none'}`.slice(0, 200);
    const seen: Evidence = symptom.requestSeen ? fromPaste({ line: place?.line ?? 1, text: names }, header) : complaint(symptom, header);
    const named = signOf(symptom, 'ai-region-header');
    if (named !== null && !symptom.requestSeen) return ruledOut(`The paste shows ${header}.`, signEvidence(named, header));
    if (symptom.requestHeaders.includes(header.toLowerCase())) return ruledOut(`The request carries ${header}.`, seen);
    if (form === 'own' || form === 'regional')
      return ruledOut('The call went to an address that names the resource or its region, where the header is not needed.', seen);

    const key = factOrNull(aiKey);
    const [match, ...more] = key?.matches ?? [];
    if (match !== undefined && more.length === 0) {
      const { account } = match;
      const region = accountField(account, 'location', account.region, 'global, or the header');
      if (account.region === 'global')
        return ruledOut(`The key is of ${accountLabel(account)}, a global resource, which needs no header.`, region);
      const says = `The key is of ${accountLabel(account)}, and Translator's shared address has to be told so: add the header ${header}: ${account.region}.`;
      // Code that sets the key's header and nowhere names the other one is as good as the request itself.
      const shown = symptom.requestSeen || (named === null && symptom.keys.some(({ where }) => where === 'header'));
      const sure = shown && (match.whole || key?.complete === true);
      return sure ? confirmed(says, region, seen) : suspected(`${says} The request with its headers would settle it.`, region, seen);
    }
    if (signOf(symptom, 'ai-credentials-missing') === null && !symptom.requestSeen)
      return unknown('The paste shows neither the request nor the words that Translator uses for this.');
    return suspected(
      `Translator's shared address needs the region of a regional or multi-service resource: add the header ${header} with the region that "Keys and Endpoint" shows, such as westeurope. The request and the key would settle it.`,
      seen,
    );
  },
});

export const cause: Cause = { rule, fix: null };
