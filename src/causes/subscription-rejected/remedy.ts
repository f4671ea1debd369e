// A rejection is a decision; whoever made it can take it back.
import { defineRemedy } from '../contract.ts';
import { labelOf, onlyMatch } from '../key-check.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  needs: ['key'],

  copy({ key, serviceId }) {
    const found = onlyMatch(key)?.subscription;
    const who = found === undefined ? 'it' : labelOf(found);
    return command(
      azRest('patch', found?.armId ?? `${serviceOr(serviceId)}/subscriptions/THE-SUBSCRIPTION-ID`, { properties: { state: 'active' } }),
      `Whoever rejected ${who} decides: its keys work from then on. Ask the owner of the product first.`,
    );
  },
});
