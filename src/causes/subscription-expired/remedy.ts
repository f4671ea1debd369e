// A later date for whoever goes by dates. It lets nobody in: only the state does, and that is the button's.
import { defineRemedy } from '../contract.ts';
import { onlyMatch } from '../key-check.ts';
import { azRest, command } from '../to-copy.ts';

const days = 90;

export const remedy = defineRemedy({
  needs: ['key'],

  copy({ key, at }) {
    const match = onlyMatch(key);
    if (match === null) return null;
    const expirationDate = new Date(at.getTime() + days * 86_400_000).toISOString();
    return command(
      azRest('patch', match.subscription.armId, { properties: { expirationDate } }),
      'Whoever keeps such dates decides; 90 days are only an example. The gateway does not look at them: this alone lets nobody in.',
    );
  },
});
