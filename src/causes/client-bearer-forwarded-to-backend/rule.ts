// The gateway sends the caller's Authorization header on to the backend unless a policy takes it away. A backend with a sign-in of its own
// finds a token that is not for it, or two credentials at once (field guide B10).
import { fatesOf } from '../../snapshot/header-fate.ts';
import { isAi } from '../../snapshot/identities.ts';
import type { Credential } from '../../snapshot/way-to-backend.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { credentialEvidence, fromBackend, isAboutKey, isAboutRole, onlyWhen, targetEvidence, wayOf } from '../backend-check.ts';
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { headersSeen } from '../on-the-way.ts';
import { lookedThrough, runningNamed, statementEvidence, tagOf } from '../policy-check.ts';
import { remedy } from './remedy.ts';
import { removal } from './removal.ts';

const twoSchemes = /only one scheme should be used|multiple authentication schemes|more than one authorization/i;
const ownSignIn = /you do not have permission to view this directory or page|IDX10214|IDX10511|audience validation failed/i;

export const rule = defineRule({
  id: 'client-bearer-forwarded-to-backend',
  code: 'B10',
  stage: 'backend',
  title: "The caller's token is sent on to a backend with a sign-in of its own",
  best: 'confirmed',
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],
  applies: (symptom) => fromBackend(symptom) && !isAboutRole(symptom) && !isAboutKey(symptom),

  check({ symptom, api, policies, backends, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const [target] = way.targets;
    if (target === undefined) return unknown('The way to the backend is not known.');
    const fates = fatesOf(way, target, 'header', 'authorization');
    const kept = lookedThrough(policies, 'nothing that removes or replaces the header Authorization', removal);
    if (!fates.includes('kept')) {
      return ruledOut("A policy or the backend removes or replaces the caller's Authorization header.", {
        ...kept,
        observed: 'Authorization is removed or replaced',
      });
    }
    const said = `${symptom.message ?? ''} ${symptom.body ?? ''} ${symptom.seen.message?.text ?? ''}`;
    const [check] = runningNamed(policies, ['validate-jwt', 'validate-azure-ad-token'], ['inbound']);
    const sent = bearerEvidence(symptom);
    if (sent === null && check === undefined && !twoSchemes.test(said)) {
      return ruledOut('Neither the paste nor a policy shows that callers send a token.', headersSeen(symptom, 'a header Authorization'));
    }
    const forAi = symptom.token?.aud.some((one) => /cognitiveservices\.azure|\/\/ai\.azure\.com/i.test(one)) ?? false;
    if (isAi(target) && forAi) {
      return ruledOut(
        "The caller's token is made for Azure AI, so it is meant to be sent on.",
        complaint(symptom, 'a token for the gateway'),
      );
    }
    if (policies.unread.length > 0) {
      return unknown(`${policies.unread[0]?.says ?? ''} So whether a policy removes the caller's token is not known.`, kept);
    }
    const other = way.credentials.find(({ name, kind }) => kind !== 'certificate' && name !== 'authorization');
    const refusesTokens = symptom.layer === 'azure-ai' && isAi(target);
    const advice = `Take it away in the inbound policy, after the token was checked: ${removal}; then let the gateway sign in by itself.`;
    const says = `The gateway sends the caller's Authorization header on to ${target.host ?? target.of}. ${advice}`;
    const evidence = [kept, targetEvidence(target, "a call without the caller's token"), ...proof(sent, check, other)] as const;
    const certain = fates.length === 1 && target.conditions.length === 0;
    // A token that the gateway checks is the gateway's; one that nobody checks may well be meant for the backend.
    const gateways = check !== undefined || (symptom.token !== null && refusesTokens);
    if (twoSchemes.test(said) || (gateways && (refusesTokens || ownSignIn.test(said)))) {
      const words = complaint(symptom, 'no complaint about a second credential or a foreign token');
      const whole = `${says} The backend's words fit: it found a token that is not for it, or two credentials.`;
      return certain ? confirmed(whole, words, ...evidence) : suspected(`${whole}${onlyWhen(target.conditions)}`, words, ...evidence);
    }
    if (refusesTokens) return suspected(`${says} If callers get their tokens for Azure AI itself, look at the token instead.`, ...evidence);
    if (other !== undefined) {
      return suspected(`${says} It gets the gateway's own credential as well (${other.where}), and some backends refuse two.`, ...evidence);
    }
    return ruledOut("The caller's token is sent on, and nothing shows that the backend has another sign-in.", kept);
  },
});

function bearerEvidence(symptom: Symptom): Evidence | null {
  const bearer = symptom.keys.find(({ where }) => where === 'bearer');
  if (bearer !== undefined && bearer.line > 0) {
    return { at: `paste#/line/${bearer.line}`, observed: `Authorization: ${bearer.shown}`, expected: 'no token at the backend' };
  }
  return symptom.requestHeaders.includes('authorization') || symptom.token !== null
    ? headersSeen(symptom, 'no token at the backend')
    : null;
}

function proof(
  sent: Evidence | null,
  check: ReturnType<typeof runningNamed>[number] | undefined,
  other: Credential | undefined,
): readonly Evidence[] {
  return [
    ...(sent === null ? [] : [sent]),
    ...(check === undefined ? [] : [statementEvidence(check, tagOf(check.statement), 'the token is used here and goes no further')]),
    ...(other === undefined ? [] : [credentialEvidence(other, '', 'the only credential')]),
  ];
}

export const cause: Cause = { rule, fix: null, remedy };
