// The narrowest built-in role that has the action, at the service.
import { defineRemedy } from '../contract.ts';
import { signOf } from '../signs.ts';
import { az, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy({ symptom, refusals, serviceId }) {
    const pasted = /Microsoft\.[A-Za-z]+\/[\w/]{1,120}/.exec(signOf(symptom, 'arm-refused')?.text ?? '')?.[0];
    const actions = pasted === undefined ? refusals.map(({ action }) => action) : [pasted];
    const ai = refusals.find(({ action }) => action.includes('Microsoft.CognitiveServices'));
    const [role, scope] = actions.some((action) => action.includes('Microsoft.CognitiveServices'))
      ? ['Cognitive Services User', scopeOf(ai?.at ?? '')]
      : [actions.every(isRead) ? 'API Management Service Reader Role' : 'API Management Service Contributor', serviceOr(serviceId)];
    return command(
      az('role', 'assignment', 'create', '--assignee', 'THE-IDENTITY', '--role', role, '--scope', scope),
      'An Owner or User Access Administrator of that scope decides. A role of your own with only the refused action is narrower.',
    );
  },
});

function isRead(action: string): boolean {
  return action.toLowerCase().endsWith('/read');
}

/** The Azure subscription that was listed, where there is no narrower id. */
function scopeOf(at: string): string {
  return (
    /^\/subscriptions\/[^/]+(?:\/resourceGroups\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/]+)?/i.exec(at)?.[0] ??
    'THE-ARM-ID-OF-THE-ACCOUNT'
  );
}
