// What the service's identity may do at each Azure AI address of a call, for the causes B03 and B09.
import { allowsCalls } from '../snapshot/ai-roles.ts';
import type { AccessFact } from '../snapshot/facts-backend.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { type Evidence, unknown, type Verdict } from './contract.ts';
import { az } from './to-copy.ts';

export interface JudgedAccess {
  readonly access: AccessFact;
  /** `unclear`: the account or a role's definition could not be read. */
  readonly may: 'call' | 'not' | 'unclear';
}

export function judgeAccess(accesses: readonly AccessFact[], symptom: Symptom): readonly JudgedAccess[] {
  const path = symptom.urlPath ?? symptom.apiPath ?? '';
  const wanted = /Microsoft\.CognitiveServices\/accounts\/[\w/]{1,200}/i.exec(symptom.message ?? '')?.[0] ?? null;
  return accesses.map((access) => {
    const openAi = /\.openai\.azure\./.test(access.host) || /\/openai\//i.test(path);
    if (access.account === null || access.unread !== null) return { access, may: 'unclear' };
    if (access.roles.some(({ dataActions }) => dataActions !== null && allowsCalls(dataActions, wanted, openAi)))
      return { access, may: 'call' };
    return { access, may: access.roles.some(({ dataActions }) => dataActions === null) ? 'unclear' : 'not' };
  });
}

export function accessEvidence({ access }: JudgedAccess): Evidence {
  const roles = access.roles.map(({ role, viaGroup }) => (viaGroup ? `${role} (through a group)` : role));
  return {
    at: `${access.account ?? access.host}/providers/Microsoft.Authorization/roleAssignments`,
    observed: `${access.principalId} has ${roles.length === 0 ? 'no role' : roles.slice(0, 8).join(', ')}`,
    expected: `a role that allows to call it, such as ${roleFor(access)}`,
  };
}

export function roleFor({ host }: AccessFact): string {
  return /\.openai\.azure\./.test(host) ? 'Cognitive Services OpenAI User' : 'Cognitive Services User';
}

/** The command that grants the role. */
export function grant(access: AccessFact): string {
  return az(
    ...['role', 'assignment', 'create', '--assignee-object-id', access.principalId, '--assignee-principal-type', 'ServicePrincipal'],
    ...['--role', roleFor(access), '--scope', access.account ?? 'THE-ARM-ID-OF-THE-ACCOUNT'],
  );
}

/** Why nothing can be said of this access. */
export function unclearVerdict({ access }: JudgedAccess): Verdict {
  if (access.unread !== null) {
    const { says, at, reason, action } = access.unread;
    return unknown(says, { at, observed: action === null ? reason : `${reason}: ${action}`, expected: 'readable' });
  }
  if (access.account === null) {
    return unknown(`None of the AI accounts that I can list has the host ${access.host}; it may be in another Azure subscription.`);
  }
  const role = access.roles.find(({ dataActions }) => dataActions === null);
  return unknown(`What the role ${role?.role ?? ''} allows could not be read.`, {
    at: role?.armId ?? access.account,
    observed: role?.role ?? '',
    expected: 'a role whose definition can be read',
  });
}
