// The gateway sends the caller's subscription key on to the backend unless a policy takes it away. Azure AI reads a key of its own
// under the same names, and refuses the gateway's (field guide B01, b.16).

import { fatesOf } from '../../snapshot/header-fate.ts';
import { isAi } from '../../snapshot/identities.ts';
import type { Target, Way } from '../../snapshot/way-to-backend.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { fromBackend, hostsOf, isAboutKey, notToAi, onlyWhen, targetEvidence, wayOf } from '../backend-check.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { sameName, sentKeys } from '../key-check.ts';
import { lookedThrough } from '../policy-check.ts';
import { remedy } from './remedy.ts';

/** Names under which Azure AI looks for its key. */
const readByAi = { header: ['ocp-apim-subscription-key', 'api-key'], query: ['subscription-key'] } as const;

export const rule = defineRule({
  id: 'key-forwarded-to-backend',
  code: 'B01',
  stage: 'backend',
  title: "The gateway's own key is sent on to Azure AI",
  best: 'confirmed',
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],
  applies: (symptom) => fromBackend(symptom) && (symptom.layer !== 'azure-ai' || isAboutKey(symptom)),

  check({ symptom, api, policies, backends, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const elsewhere = notToAi(way);
    if (elsewhere !== null) return elsewhere;

    const { kind, name } = sentUnder(symptom, api.keyNames);
    const asked = lookedThrough(
      policies,
      `nothing that removes or replaces the ${kind} ${name}`,
      `a statement that removes or replaces it`,
    );
    if (!(readByAi[kind] as readonly string[]).includes(name.toLowerCase())) {
      return ruledOut(`This API takes its key from the ${kind} ${name}, which Azure AI does not read.`, {
        at: `${api.armId}#/properties/subscriptionKeyParameterNames`,
        observed: name,
        expected: 'a name that Azure AI reads',
      });
    }
    if (!api.subscriptionRequired && symptom.requestSeen && sentKeys(symptom).length === 0) {
      return ruledOut('The request carries no key, so the gateway had none to send on.', {
        at: `${api.armId}#/properties/subscriptionRequired`,
        observed: 'false, and no key in the request',
        expected: 'a key that is sent on',
      });
    }
    const [first, ...more] = way.targets.filter(isAi).filter((target) => reaches(way, target, kind, name));
    if (first === undefined) {
      return ruledOut(`A policy or the backend removes or replaces the ${kind} ${name} before the call goes to Azure AI.`, {
        ...asked,
        observed: `the ${kind} ${name} is removed or replaced`,
      });
    }
    if (policies.unread.length > 0) {
      return unknown(`${policies.unread[0]?.says ?? ''} So whether a policy removes the key before it is sent on is not known.`, asked);
    }
    const says = `The gateway sends the key of ${api.displayName} on to ${hostsOf([first, ...more])} in the ${kind} ${name}. Azure AI looks there for its own key and refuses the gateway's. In the inbound policy, after <base />, put the AI account's key in its place: ${replacement(first)}. Or sign in with the service's identity and take the key away: <authentication-managed-identity resource="https://cognitiveservices.azure.com" /> and ${removal(kind, name)}.`;
    const evidence = [targetEvidence(first, "a call without the gateway's own key"), asked] as const;
    if (showsToken(way, first)) {
      return isAboutKey(symptom)
        ? suspected(`${says} The gateway shows a token too, yet Azure AI complains about a key.`, ...evidence)
        : ruledOut('The gateway signs in at Azure AI with a token, so the key beside it is most likely not looked at.', ...evidence);
    }
    const certain = way.targets.every((target) => isAi(target) && reaches(way, target, kind, name) && isCertain(way, target, kind, name));
    return certain ? confirmed(says, ...evidence) : suspected(`${says}${onlyWhen(first.conditions)}`, ...evidence);
  },
});

/** The place that the caller's key travels in: where the request has it, else the header. */
function sentUnder(
  symptom: Symptom,
  names: { readonly header: string; readonly query: string },
): { kind: 'header' | 'query'; name: string } {
  const keys = sentKeys(symptom);
  const inHeader = keys.some((key) => key.where === 'header' && sameName(key.name ?? '', names.header));
  const inQuery = keys.some((key) => key.where === 'query' && key.name === names.query);
  return inQuery && !inHeader ? { kind: 'query', name: names.query } : { kind: 'header', name: names.header };
}

/** The key arrives, and the account's own header is not filled with something else. */
function reaches(way: Way, target: Target, kind: 'header' | 'query', name: string): boolean {
  if (!fatesOf(way, target, kind, name).includes('kept')) return false;
  const own = ownHeader(target);
  const replaced = sameName(own, name) ? ['kept'] : fatesOf(way, target, 'header', own);
  return !(replaced.length === 1 && replaced[0] === 'set');
}

function isCertain(way: Way, target: Target, kind: 'header' | 'query', name: string): boolean {
  return fatesOf(way, target, kind, name).length === 1;
}

function ownHeader({ host }: Target): string {
  return host !== null && /\.(?:openai|services\.ai)\.azure\./.test(host) ? 'api-key' : 'Ocp-Apim-Subscription-Key';
}

function showsToken(way: Way, target: Target): boolean {
  const fates = fatesOf(way, target, 'header', 'authorization');
  return fates.length === 1 && fates[0] === 'set';
}

function replacement(target: Target): string {
  return `<set-header name="${ownHeader(target)}" exists-action="override"><value>{{the-named-value-with-the-ai-key}}</value></set-header>`;
}

function removal(kind: 'header' | 'query', name: string): string {
  return kind === 'header'
    ? `<set-header name="${name}" exists-action="delete" />`
    : `<set-query-parameter name="${name}" exists-action="delete" />`;
}

export const cause: Cause = { rule, fix: null, remedy };
