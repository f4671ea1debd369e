// ip-filter answers 403 with the one word "Forbidden"; the address and the reason are only in LastError (field guide, a.2).
import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { notThere, runningNamed, statementEvidence, tagOf, whenItRuns } from '../policy-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

const advice =
  "Call from an allowed address (behind a proxy the gateway sees the proxy's), or have the owner of the policy add this one; LastErrorReason in the gateway log has CallerIpNotAllowed or CallerIpBlocked.";

export const rule = defineRule({
  id: 'caller-ip-blocked',
  code: 'N04',
  stage: 'policy',
  title: "The caller's address is not allowed",
  best: 'confirmed',
  needs: [],
  wants: ['policies'],
  applies: (symptom) => signOf(symptom, 'caller-ip') !== null || isBareForbidden(symptom),

  check({ symptom, policies }) {
    const expected = 'an address that the ip-filter policies allow';
    const sign = signOf(symptom, 'caller-ip');
    const words = sign === null ? complaint(symptom, expected) : signEvidence(sign, expected);
    const filters = policies.status === 'read' ? runningNamed(policies.value, ['ip-filter'], ['inbound']) : [];
    const statements = filters.slice(0, 3).map((step) => statementEvidence(step, tagOf(step.statement), expected));
    if (sign !== null) return confirmed(`An ip-filter policy refused the caller's address. ${advice}`, words, ...statements);
    const [first] = filters;
    if (first !== undefined) {
      const where = `${first.where.replace(/^t/, 'T')}, lets only some addresses call, and this is its answer.`;
      return first.conditions.length === 0
        ? confirmed(`${where} ${advice}`, words, ...statements)
        : suspected(`${where}${whenItRuns(first)} ${advice}`, words, ...statements);
    }
    if (policies.status === 'read')
      return notThere(policies.value, 'No policy that runs for this call filters by address.', 'no ip-filter', 'an ip-filter');
    return suspected(`"Forbidden" alone is what an ip-filter policy answers; other policies can say it too. ${advice}`, words);
  },
});

/** 403 with that one word, or with none, from what can be a gateway. */
function isBareForbidden({ layer, status, code, message, host }: Symptom): boolean {
  if (layer !== 'not-a-401' || code !== 'forbidden' || (status !== 403 && status !== null)) return false;
  if (host !== null && !['apim', 'unknown'].includes(hostKind(host))) return false;
  return message === null ? host !== null && hostKind(host) === 'apim' : /^forbidden\.?$/i.test(message.trim());
}

export const cause: Cause = { rule, fix: null, remedy };
