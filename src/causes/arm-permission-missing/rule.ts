// A read that this very question needed was refused, so what depends on it is not known (field guide M03). The caller is not to blame.
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, unknown } from '../contract.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'arm-permission-missing',
  code: 'M03',
  stage: 'access',
  title: 'Locksmith may not read what it needs',
  best: 'confirmed',
  needs: [],
  // Whatever was asked about: a read that an answer needs can be refused for every kind of symptom.
  applies: () => true,

  check({ symptom, refusals, serviceId }) {
    const pasted = signOf(symptom, 'arm-refused');
    if (pasted !== null) {
      return confirmed(
        `Azure refused what the paste asked of it: the signed-in identity lacks the action that the message names, over the scope that it names. ${roleInWords(pasted.text)} An Owner or User Access Administrator of that scope can grant it; a new role takes some minutes and a new sign-in.`,
        signEvidence(pasted, 'the action allowed'),
      );
    }
    const [first, ...rest] = refusals.map(
      ({ action, at }): Evidence => ({ at, observed: `403 AuthorizationFailed for ${action}`, expected: `${action} allowed` }),
    );
    if (first !== undefined) {
      const actions = refusals.map(({ action }) => action).join(', ');
      return confirmed(
        `Azure refused a read that this answer needs: ${actions}. ${roleFor(actions)} An Owner or User Access Administrator of the service can grant it.`,
        first,
        ...rest,
      );
    }
    if (serviceId === null) return unknown('No service was asked, so no permission was tried.');
    return ruledOut('Nothing that was asked of Azure was refused.', {
      at: serviceId,
      observed: 'no refused read',
      expected: 'no refused read',
    });
  },
});

/** The action stands in ARM's message, which may be cut. */
function roleInWords(text: string): string {
  const [action] = /Microsoft\.(?:ApiManagement|CognitiveServices)\/[\w/]{1,120}/i.exec(text) ?? [];
  if (action === undefined) return 'Which role has it, the list of built-in roles tells by that action.';
  return /\/(?:write|delete|action)$/i.test(action) && !/listSecrets|CognitiveServices/i.test(action)
    ? 'The role API Management Service Contributor has it.'
    : roleFor(action);
}

function roleFor(actions: string): string {
  if (actions.includes('Microsoft.CognitiveServices'))
    return 'The role Cognitive Services User on the AI accounts or their resource group has it.';
  if (actions.includes('listSecrets'))
    return 'The role API Management Service Contributor has it; better is a role of your own with the reader role and this action.';
  return 'The role API Management Service Reader Role has it.';
}

export const cause: Cause = { rule, fix: null, remedy };
