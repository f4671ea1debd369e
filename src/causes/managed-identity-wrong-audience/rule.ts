// The policy asks for a token, and for the wrong resource: the backend refuses it for its audience (field guide B04, a.3).

import { filled } from '../../snapshot/policies/filled.ts';
import { attribute } from '../../snapshot/policies/statement.ts';
import { audiencesFor, sameAudience } from '../backend-audiences.ts';
import {
  credentialEvidence,
  fromBackend,
  hostsOf,
  identitiesIn,
  isAboutKey,
  isAboutRole,
  isVerdict,
  namedValuesOf,
  onlyWhen,
  targetEvidence,
  wayOf,
} from '../backend-check.ts';
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected, unknown, type Verdict } from '../contract.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'managed-identity-wrong-audience',
  code: 'B04',
  stage: 'backend',
  title: "The service's token is for another resource than the backend",
  best: 'confirmed',
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets'],
  applies: (symptom) => fromBackend(symptom) && !isAboutRole(symptom) && !isAboutKey(symptom),

  check({ symptom, api, policies, backends, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const tokens = identitiesIn(way, policies);
    if (isVerdict(tokens)) return tokens;
    const known = way.targets.flatMap((target) => {
      const audiences = target.host === null ? null : audiencesFor(target.host);
      return audiences === null ? [] : [{ target, audiences }];
    });
    if (known.length === 0) {
      return unknown(`For whom a token at ${hostsOf(way.targets)} has to be is the choice of its owner; Azure does not publish it.`);
    }
    let open: Evidence | null = null;
    let good: Evidence | null = null;
    const doubts: Verdict[] = [];
    for (const token of tokens) {
      const written = token.step === null ? null : attribute(token.step.statement, 'resource');
      const resource = filled(written ?? '', namedValuesOf(backendSecrets));
      for (const { target, audiences } of known) {
        const right = audiences.right.join(' or ');
        const seen = credentialEvidence(token, `resource="${resource ?? written ?? ''}"`, right);
        if (resource === null) open ??= seen;
        else if (audiences.right.some((one) => sameAudience(one, resource))) good ??= seen;
        else {
          const contested = audiences.perhaps.some((one) => sameAudience(one, resource));
          if (contested && symptom.layer !== 'azure-ai') continue;
          const conditions = [...token.conditions, ...target.conditions];
          const says = `The policy asks for a token for ${resource}, and the call goes to ${target.host}, which accepts tokens for ${right} only. Write resource="${audiences.right[0]}" in ${token.where}.${contested ? ' Some newer APIs accept the other audience as well, so try it with this one.' : ''}`;
          const evidence = [seen, targetEvidence(target, `a host that takes tokens for ${resource}`)] as const;
          if (conditions.length === 0 && !contested) return confirmed(says, ...evidence);
          doubts.push(suspected(`${says}${onlyWhen(conditions)}`, ...evidence));
        }
      }
    }
    const [doubt] = doubts;
    if (doubt !== undefined) return doubt;
    if (open !== null) return unknown('The policy takes the resource of its token from a value that only run time knows.', open);
    return good === null
      ? unknown('For whom the token has to be is contested for this host.')
      : ruledOut(`The token is asked for the resource that ${hostsOf(known.map(({ target }) => target))} accepts.`, good);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
