// Whose address may call is a decision about the network.
import { defineRemedy, factOrNull } from '../contract.ts';
import { runningNamed } from '../policy-check.ts';
import { policy } from '../to-copy.ts';

export const remedy = defineRemedy({
  wants: ['policies'],

  copy({ policies }) {
    const known = factOrNull(policies);
    const [step] = known === null ? [] : runningNamed(known, ['ip-filter'], ['inbound']);
    const forbids = step?.statement.attributes.action?.toLowerCase() === 'forbid';
    const where = step === undefined ? 'the ip-filter' : step.where;
    return policy(
      '<address>THE-ADDRESS-OF-THE-CALLER</address>',
      `Whoever keeps the list decides: the owner of the API with the network's. ${forbids ? `This is the line to take out of ${where}.` : `It goes into the list of ${where}.`}`,
    );
  },
});
