// A pool shares the calls among its members, and one of them refuses: a 401 now and then (field guide B09).
import type { BackendFact } from '../../snapshot/facts-backend.ts';
import { credentialsOfBackend, type Way } from '../../snapshot/way-to-backend.ts';
import { credentialEvidence, fromBackend, onlyWhen, targetEvidence, wayOf } from '../backend-check.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { accessEvidence, grant, judgeAccess } from '../identity-roles.ts';
import { complaint } from '../key-check.ts';
import { toldOf } from '../on-the-way.ts';
import { lookedThrough } from '../policy-check.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'backend-pool-member-unauthorized',
  code: 'B09',
  stage: 'backend',
  title: 'One member of the backend pool refuses the gateway',
  best: 'confirmed',
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets', 'identityAccess'],
  applies: fromBackend,

  check({ symptom, api, policies, backends, backendSecrets, identityAccess }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const members = way.targets.filter(({ pool }) => pool !== null);
    const [first] = members;
    if (first === undefined || first.pool === null) {
      const dark = way.targets.find(({ host }) => host === null);
      if (dark !== undefined && dark.backend === null && dark.of !== `the API ${api.displayName}`)
        return unknown(`Whether ${dark.of} is a pool is not known.`, targetEvidence(dark, 'a backend that can be read'));
      return ruledOut('The call goes to one backend, not to a pool.', lookedThrough(policies, 'no pool is chosen', 'a pool of backends'));
    }
    const pool = first.pool;
    const names = members.map(({ host, of }) => `${of} (${host ?? 'no address'})`).join(', ');
    const list = { at: `${pool.armId}#/properties/pool/services`, observed: names, expected: 'members that all accept the gateway' };

    const judged = judgeAccess(factOrNull(identityAccess) ?? [], symptom).filter(({ access }) =>
      members.some(({ host }) => host === access.host),
    );
    const refusing = judged.find(({ may }) => may === 'not');
    const accepting = judged.find(({ may }) => may === 'call');
    if (refusing !== undefined && accepting !== undefined && !(symptom.layer === 'azure-ai' && symptom.code === 'ai-key-or-endpoint')) {
      const { access } = refusing;
      const says = `The pool ${pool.name} shares the calls among ${names}. The service's identity has no role at ${access.host} that allows to call it, while it has one at ${accepting.access.host}: the calls that go there fail. Grant it: ${grant(access)}.`;
      const evidence = [accessEvidence(refusing), accessEvidence(accepting), list] as const;
      return first.conditions.length === 0 ? confirmed(says, ...evidence) : suspected(`${says}${onlyWhen(first.conditions)}`, ...evidence);
    }
    const bare = memberWithoutCredential(
      way,
      members.flatMap(({ backend }) => backend ?? []),
    );
    if (bare !== null) {
      const { without, having } = bare;
      return suspected(
        `The pool ${pool.name} shares the calls among ${names}. ${having.name} brings a credential of its own and ${without.name} brings none: the calls that go there may be refused. Give it the same kind of credential.`,
        { at: `${without.armId}#/properties/credentials`, observed: 'none', expected: 'a credential as the other members have' },
        ...credentialsOfBackend(having)
          .slice(0, 1)
          .map((one) => credentialEvidence(one, '', 'the same at every member')),
        list,
      );
    }
    const now = toldOf(symptom, 'intermittent');
    const passed = symptom.others.find(({ status }) => status !== null && status >= 200 && status < 300);
    if (members.length > 1 && (now !== null || passed !== undefined)) {
      return suspected(
        `Only some calls fail, and the pool ${pool.name} shares them among ${names}. Call each member by itself, or look at backendUrl in the gateway's log, to see which one refuses; then give the gateway access there.`,
        now === null
          ? complaint(symptom, 'the same answer to every call')
          : { at: `paste#/line/${now.line}`, observed: now.text, expected: 'the same answer to every call' },
        list,
      );
    }
    return ruledOut('Nothing sets the members of the pool apart, and the paste does not say that only some calls fail.', list);
  },
});

/** What a policy shows is the same for every member; what the members bring themselves may differ. */
function memberWithoutCredential(way: Way, members: readonly BackendFact[]): { without: BackendFact; having: BackendFact } | null {
  if (way.credentials.some(({ backend }) => backend === null)) return null;
  const having = members.find((one) => credentialsOfBackend(one).length > 0);
  const without = members.find((one) => credentialsOfBackend(one).length === 0);
  return having === undefined || without === undefined ? null : { having, without };
}

export const cause: Cause = { rule, fix: null, remedy };
