// The gateway signs in at Azure AI with its managed identity, and the identity has no role there that allows to call it
// (field guide B03; data actions by learn.microsoft.com/azure/role-based-access-control/built-in-roles).
import { principalOf } from '../../snapshot/identities.ts';
import {
  credentialEvidence,
  fromBackend,
  identitiesIn,
  isAboutRole,
  isVerdict,
  namedValuesOf,
  notToAi,
  onlyWhen,
  wayOf,
} from '../backend-check.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected } from '../contract.ts';
import { accessEvidence, grant, judgeAccess, unclearVerdict } from '../identity-roles.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'managed-identity-lacks-role',
  code: 'B03',
  stage: 'backend',
  title: "The service's managed identity has no role at Azure AI",
  best: 'confirmed',
  needs: ['api', 'policies', 'backends', 'service', 'identityAccess'],
  wants: ['backendSecrets'],
  applies: (symptom) => fromBackend(symptom) && (symptom.layer !== 'azure-ai' || isAboutRole(symptom)),

  check({ symptom, api, policies, backends, service, identityAccess, backendSecrets }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const tokens = identitiesIn(way, policies);
    if (isVerdict(tokens)) return tokens;
    const elsewhere = notToAi(way);
    if (elsewhere !== null) return elsewhere;
    if (tokens.every((token) => principalOf(token, service.identity, namedValuesOf(backendSecrets)) === null)) {
      return ruledOut('The service has no such identity at present, so there is none that could have a role.', {
        at: `${service.armId}#/identity`,
        observed: service.identity.type,
        expected: 'an identity that the policy can use',
      });
    }

    const judged = judgeAccess(identityAccess, symptom);
    const [first, ...more] = judged.filter(({ may }) => may === 'not');
    const callable = judged.filter(({ may }) => may === 'call');
    const unclear = judged.find(({ may }) => may === 'unclear');
    if (first === undefined) {
      const [good] = callable;
      if (unclear !== undefined) return unclearVerdict(unclear);
      return good === undefined
        ? ruledOut('No address of this call needs a role.', credentialEvidence(tokens[0], '', 'a call of Azure AI'))
        : ruledOut('The identity has a role that allows to call it. A new one takes up to ten minutes to work.', accessEvidence(good));
    }
    if (way.targets.some(({ pool }) => pool !== null) && callable.length > 0) {
      const says =
        'The identity has its role at other members of the pool; the one without it is a fault of its own (backend-pool-member-unauthorized).';
      return ruledOut(says, ...([callable[0] ?? first, first].map(accessEvidence) as [ReturnType<typeof accessEvidence>]));
    }
    const says = `The gateway signs in at ${first.access.host} with a managed identity that has no role there that allows to call it. Somebody who may grant roles runs: ${grant(first.access)}. It takes up to ten minutes to work.`;
    const evidence = [
      accessEvidence(first),
      credentialEvidence(tokens[0], '', 'an identity with a role'),
      ...more.map(accessEvidence),
    ] as const;
    const conditions = [...tokens[0].conditions, ...(way.targets.find(({ host }) => host === first.access.host)?.conditions ?? [])];
    return conditions.length === 0 ? confirmed(says, ...evidence) : suspected(`${says}${onlyWhen(conditions)}`, ...evidence);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
