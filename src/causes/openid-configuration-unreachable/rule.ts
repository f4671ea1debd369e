// The gateway fetches the issuer's openid-configuration itself. In a virtual network, or from a self-hosted gateway, it may not get there
// (field guide P06). Azure publishes no state of that fetch, so an address that only a private network knows is the most there is to see.
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { notThere, statementEvidence } from '../policy-check.ts';
import { tokenRefused } from '../token-check.ts';
import { tokenPolicies } from '../token-policy.ts';
import { remedy } from './remedy.ts';

const signs =
  /IDX2080\d|unable to (?:obtain|retrieve) (?:configuration|document)|openid[- ]?config\w* (?:could not|cannot|can't|failed)|failed to (?:fetch|retrieve|load) (?:the )?(?:openid|jwks)/i;
const privateHost =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[(?:::1|f[cd][0-9a-f]{2}:))|^[^.]+$|\.(?:local|internal|lan|corp|intranet|home|svc)$/i;

export const rule = defineRule({
  id: 'openid-configuration-unreachable',
  code: 'P06',
  stage: 'policy',
  title: 'The gateway may not reach the issuer',
  best: 'suspected',
  needs: [],
  wants: ['policies', 'namedValues'],
  // The gateway's words about it look like a backend's (IDX…).
  applies: (symptom) => tokenRefused(symptom) || (symptom.layer === 'backend' && signs.test(symptom.message ?? '')),

  check({ symptom, policies, namedValues }) {
    const said = [symptom.lastError?.reason, symptom.message, symptom.body].some((text) => text != null && signs.test(text));
    if (policies.status === 'unreadable' && !said) return unknown(policies.says);
    const checks = policies.status === 'read' ? tokenPolicies(policies.value, namedValues) : [];
    const urls = checks.flatMap(({ step, openidUrls }) => openidUrls.known.map((url) => ({ step, url })));
    const hidden = urls.find(({ url }) => isPrivate(url));
    const first = hidden ?? urls[0];
    const seen =
      first === undefined ? [] : [statementEvidence(first.step, `openid-config ${first.url}`, 'an https address that the gateway reaches')];
    const todo = `Check from the network of the gateway (not from your own machine) that ${first?.url ?? 'the openid-config URL of the policy'} answers, and that DNS, firewall and certificate allow it.`;
    if (said)
      return suspected(
        `The gateway could not fetch the configuration of the issuer. ${todo}`,
        complaint(symptom, 'the configuration fetched'),
        ...seen,
      );
    const [evidence] = seen;
    if (evidence === undefined) {
      return policies.status === 'read'
        ? notThere(policies.value, 'No statement that runs for this call fetches an openid-configuration.', 'no openid-config', 'one')
        : unknown(policies.says);
    }
    if (hidden !== undefined)
      return suspected(`The configuration of the issuer has an address that only a private network knows. ${todo}`, evidence);
    return ruledOut('The issuer has a public address, and the answer does not speak of fetching it.', evidence);
  },
});

function isPrivate(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.protocol !== 'https:' || privateHost.test(parsed.hostname));
}

export const cause: Cause = { rule, fix: null, remedy };
