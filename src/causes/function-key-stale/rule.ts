// Azure Functions refuses an old key with a 401 that has no body (field guide B07). The gateway shows the key that a policy, a backend
// or a named value once got. Azure tells nobody whether the two are the same.
import type { Target } from '../../snapshot/way-to-backend.ts';
import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { credentialEvidence, fromBackend, hostsOf, onlyWhen, targetEvidence, wayOf } from '../backend-check.ts';
import { type Cause, defineRule, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { notThere } from '../policy-check.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'function-key-stale',
  code: 'B07',
  stage: 'backend',
  title: 'The function key that the gateway shows may be an old one',
  best: 'suspected',
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],
  applies: (symptom) => fromBackend(symptom) && symptom.layer !== 'azure-ai',

  check({ symptom, api, policies, backends, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const app = way.targets.find(isApp);
    const shown = way.credentials.find(
      ({ kind, name }) => (kind === 'header' && name === 'x-functions-key') || (kind === 'query' && name === 'code' && app !== undefined),
    );
    if (shown === undefined) {
      return notThere(
        policies,
        'The gateway shows the backend no function key.',
        'no x-functions-key header and no code parameter',
        'one of them',
      );
    }
    if (hasWords(symptom)) {
      return ruledOut(
        'Azure Functions refuses a key without any words, and this answer has some.',
        complaint(symptom, 'an answer without a body'),
      );
    }
    const place = shown.kind === 'header' ? 'the header x-functions-key' : 'the parameter code';
    const value = shown.namedValues[0];
    const holder = value === undefined ? shown.where : `the named value ${value}`;
    return suspected(
      `The gateway shows ${hostsOf(app === undefined ? way.targets : [app])} a function key in ${place} (${shown.where}), and a 401 without a body is how Azure Functions refuses a key. If its keys were changed, take the present one from the function app under App keys and put it into ${holder}.${onlyWhen(shown.conditions)}`,
      credentialEvidence(shown, `${place} is set${value === undefined ? '' : ` from {{${value}}}`}`, 'the present key of the function app'),
      ...(app === undefined ? [] : [targetEvidence(app, 'a function app that has this key')]),
      complaint(symptom, 'an answer of the function'),
    );
  },
});

function isApp({ host, backend }: Target): boolean {
  return (host !== null && hostKind(host) === 'app-service') || /\/Microsoft\.Web\/sites\//i.test(backend?.resource ?? '');
}

function hasWords({ message, body }: Symptom): boolean {
  return message !== null || (body ?? '').trim() !== '';
}

export const cause: Cause = { rule, fix: null, remedy };
