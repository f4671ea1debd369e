// App Service authentication (Easy Auth) stands in front of the backend and refuses the token, or the lack of one (field guide B08).
// What it accepts is set in the app, which API Management's data does not show.

import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { credentialEvidence, fromBackend, hostsOf, targetEvidence, wayOf } from '../backend-check.ts';
import { type Cause, defineRule, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint, fromPaste } from '../key-check.ts';
import { remedy } from './remedy.ts';

const itsWords = /you do not have permission to view this directory or page|IDX102\d\d|audience validation failed/i;

export const rule = defineRule({
  id: 'app-service-auth-rejects',
  code: 'B08',
  stage: 'backend',
  title: "App Service's own sign-in refuses the call",
  best: 'suspected',
  needs: [],
  wants: ['api', 'policies', 'backends', 'backendSecrets'],
  applies: (symptom) => (fromBackend(symptom) && symptom.layer !== 'azure-ai') || (symptom.layer === 'backend' && isApp(symptom.host)),

  check({ symptom, api, policies, backends, backendSecrets }) {
    const advice =
      "In the app, under Authentication, compare the allowed token audiences and the issuer with the token's aud and iss, and see whether calls without a token are allowed at all.";
    const words = itsWords.test(`${symptom.message ?? ''} ${symptom.body ?? ''} ${symptom.seen.message?.text ?? ''}`);
    if (words)
      return suspected(
        `The answer is in the words of App Service authentication or of its token check. ${advice}`,
        complaint(symptom, 'an answer of the app itself'),
      );
    const challenge = symptom.seen.challenge;
    if (
      challenge !== null &&
      /bearer/i.test(challenge.text) &&
      /azurewebsites\.|\.auth\/|login\.(?:microsoftonline|windows)/i.test(challenge.text)
    ) {
      return suspected(`The challenge asks for a token of the app's own sign-in. ${advice}`, fromPaste(challenge, 'no challenge'));
    }
    const facts = { api: factOrNull(api), policies: factOrNull(policies), backends: factOrNull(backends) };
    if (facts.api === null || facts.policies === null || facts.backends === null) {
      if (isApp(symptom.host))
        return ruledOut('Nothing in the answer points to App Service authentication.', complaint(symptom, 'its words or its challenge'));
      const unread = [api, policies, backends].find(({ status }) => status === 'unreadable');
      return unknown(unread?.status === 'unreadable' ? unread.says : 'The way to the backend is not known.');
    }
    const way = wayOf({ api: facts.api, policies: facts.policies, backends: facts.backends, backendSecrets });
    const app = way.targets.find(({ host }) => isApp(host));
    const [first] = way.targets;
    if (app === undefined) {
      if (first === undefined) return unknown('The way to the backend is not known.');
      return ruledOut(
        `The call goes to ${hostsOf(way.targets)}, which is no address of App Service.`,
        targetEvidence(first, 'an address of App Service'),
      );
    }
    const token = way.credentials.find(({ kind }) => kind === 'identity');
    if (token !== undefined && symptom.message === null) {
      return suspected(
        `The gateway signs in at ${app.host ?? ''} with its managed identity, and the app refuses the call without a word of its own. ${advice} The token is for the resource that the policy names.`,
        credentialEvidence(token, '', 'a token that the app accepts'),
        targetEvidence(app, 'an app that accepts it'),
      );
    }
    return ruledOut(
      `The call goes to ${app.host ?? ''}, and nothing in the answer points to App Service authentication.`,
      complaint(symptom, 'its words or its challenge'),
    );
  },
});

function isApp(host: Symptom['host']): boolean {
  return host !== null && hostKind(host) === 'app-service';
}

export const cause: Cause = { rule, fix: null, remedy };
