// An AI account can be closed to the internet, wholly or but for listed networks. The key is not even looked at (field guide A14 and a.3).
import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { accountField, accountLabel, calledAccount } from '../ai-key.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf, unreadVerdict } from '../signs.ts';
import { remedy } from './remedy.ts';

const access = 'properties/publicNetworkAccess';
const rules = 'properties/networkAcls/defaultAction';
const advice =
  "Call from an allowed network or over the private endpoint (the resource's own host name must resolve to it), or have the resource's owner add this network under Networking.";

export const rule = defineRule({
  id: 'ai-network-blocked',
  code: 'A14',
  stage: 'backend',
  title: 'The AI account does not accept calls from this network',
  best: 'confirmed',
  needs: [],
  wants: ['aiAccounts', 'aiKey'],
  applies: (symptom) => signOf(symptom, 'ai-network') !== null || isBareForbidden(symptom),

  check({ symptom, aiAccounts, aiKey }) {
    const sign = signOf(symptom, 'ai-network');
    const expected = 'a call that is let in';
    const seen: Evidence = sign === null ? complaint(symptom, expected) : signEvidence(sign, expected);
    const listed = factOrNull(aiAccounts);
    const [match, ...more] = factOrNull(aiKey)?.matches ?? [];
    const target = calledAccount(symptom, listed?.accounts ?? []) ?? (more.length === 0 ? match?.account : undefined);
    if (target !== undefined) {
      const open = accountField(target, access, target.publicAccess ?? 'not set', 'Enabled');
      const list = accountField(target, rules, target.networkDefault ?? 'not set', 'Allow');
      if (target.publicAccess?.toLowerCase() === 'disabled')
        return confirmed(`${accountLabel(target)} takes calls over private endpoints only. ${advice}`, open, seen);
      if (target.networkDefault?.toLowerCase() === 'deny')
        return confirmed(`${accountLabel(target)} takes calls from listed networks only. ${advice}`, list, seen);
      return ruledOut(`${accountLabel(target)} is open to all networks now.`, open, list);
    }
    if (sign !== null) return suspected(`The AI service says that it does not accept calls from this network. ${advice}`, seen);
    if (listed === null) return unreadVerdict(aiAccounts);
    return ruledOut('The answer does not speak of networks, and the called address is of no account that I can see.', seen);
  },
});

function isBareForbidden(symptom: Symptom): boolean {
  const { status, host } = symptom;
  return status === 403 && host !== null && hostKind(host) === 'azure-ai' && signOf(symptom, 'ai-keys-disabled') === null;
}

export const cause: Cause = { rule, fix: null, remedy };
