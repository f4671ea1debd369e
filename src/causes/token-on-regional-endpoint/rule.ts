// A token of Entra ID is for one resource, and a regional address names none: tokens need the resource's own host, its custom subdomain
// (field guide A15 and a.3).
import type { AiAccountFact } from '../../snapshot/facts-ai.ts';
import { aiEndpoint } from '../ai-endpoint.ts';
import { accountField, accountLabel, calledAccount } from '../ai-key.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

const field = 'properties/customSubDomainName';
const expected = "a call to the resource's own host";

export const rule = defineRule({
  id: 'token-on-regional-endpoint',
  code: 'A15',
  stage: 'backend',
  title: 'A token was sent to a regional address',
  best: 'confirmed',
  needs: [],
  wants: ['aiAccounts'],
  applies: (symptom) =>
    signOf(symptom, 'ai-custom-subdomain') !== null ||
    (symptom.layer === 'azure-ai' && symptom.token !== null && aiEndpoint(symptom).form === 'regional'),

  check({ symptom, aiAccounts }) {
    const sign = signOf(symptom, 'ai-custom-subdomain');
    const seen = sign === null ? complaint(symptom, expected) : signEvidence(sign, expected);
    const accounts = factOrNull(aiAccounts)?.accounts ?? [];
    const { form, region, host } = aiEndpoint(symptom);
    const called = calledAccount(symptom, accounts);
    if (called?.customSubdomain != null)
      return ruledOut(
        `The call went to ${called.name}'s own host, which takes tokens.`,
        accountField(called, field, called.customSubdomain, 'set'),
      );

    const concerned =
      called !== null ? [called] : accounts.filter((one) => host === null || (form === 'regional' && one.region === region));
    const [first] = concerned;
    const evidence = concerned.slice(0, 5).map((one) => accountField(one, field, one.customSubdomain ?? 'not set', 'set, and called'));
    if (sign === null || first === undefined) {
      return suspected(
        "A token works only with the resource's own host, https://NAME.cognitiveservices.azure.com; the regional address takes keys. Set a custom subdomain for the resource (it cannot be taken back) and call that.",
        seen,
        ...evidence,
      );
    }
    const named = concerned.find(({ customSubdomain }) => customSubdomain !== null);
    if (named === undefined)
      return confirmed(
        `${listed(concerned)} without a custom subdomain, so no address there takes a token. Set one (az cognitiveservices account update --custom-domain NAME; it cannot be taken back) and call https://NAME.cognitiveservices.azure.com, or send a key.`,
        accountField(first, field, 'not set', 'set'),
        ...evidence.slice(1),
        seen,
      );
    const says = `A token works only with the resource's own host. Call https://${named.customSubdomain}.cognitiveservices.azure.com/ for ${named.name}${host === null ? '' : ` instead of ${host}`}.`;
    if (form !== 'regional') return suspected(says, seen, ...evidence);
    return confirmed(says, accountField(named, field, named.customSubdomain ?? '', 'the called host'), seen);
  },
});

function listed(accounts: readonly AiAccountFact[]): string {
  return `${accounts.slice(0, 5).map(accountLabel).join(', ')} ${accounts.length === 1 ? 'is' : 'are'}`;
}

export const cause: Cause = { rule, fix: null };
