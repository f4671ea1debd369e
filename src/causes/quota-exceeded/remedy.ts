// Twice the quota as an example.
import { defineRemedy, factOrNull } from '../contract.ts';
import { runningNamed } from '../policy-check.ts';
import { higherLimit } from '../policy-limits.ts';
import { policy } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['policies'],

  copy({ policies }) {
    const known = factOrNull(policies);
    const [step] = known === null ? [] : runningNamed(known, ['quota', 'quota-by-key'], ['inbound']);
    const where = step === undefined ? 'It takes the place of the present quota.' : `It takes the place of the one in ${step.where}.`;
    return policy(
      higherLimit(step?.statement, '<quota calls="THE-CALLS" renewal-period="604800" />'),
      `The owner of the product decides, as a quota is often what was paid for. ${where}`,
    );
  },
});
