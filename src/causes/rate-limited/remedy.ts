// Twice the calls as an example.
import { defineRemedy, factOrNull } from '../contract.ts';
import { runningNamed } from '../policy-check.ts';
import { higherLimit } from '../policy-limits.ts';
import { policy } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['policies'],

  copy({ symptom, policies }) {
    // What Azure's management API or an AI model limits, no policy of the gateway raises.
    if (symptom.layer === 'arm-management' || symptom.layer === 'azure-ai') return null;
    const known = factOrNull(policies);
    const [step] = known === null ? [] : runningNamed(known, ['rate-limit', 'rate-limit-by-key'], ['inbound']);
    const where = step === undefined ? 'It takes the place of the present limit.' : `It takes the place of the one in ${step.where}.`;
    return policy(
      higherLimit(step?.statement, '<rate-limit calls="THE-CALLS" renewal-period="60" />'),
      `The owner of the API or product decides how many calls the backend can bear. ${where}`,
    );
  },
});
