// A new token; thirty days are the most that Azure gives (field guide G05).
import { defineRemedy, factOrNull } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

/** A day less than the most, for clocks that differ. */
const days = 29;

export const remedy = defineRemedy({
  wants: ['selfHosted'],

  copy({ at, serviceId, selfHosted }) {
    const gateway = factOrNull(selfHosted)?.called?.armId ?? `${serviceOr(serviceId)}/gateways/THE-GATEWAY`;
    const expiry = new Date(at.getTime() + days * 86_400_000).toISOString();
    return command(
      azRest('post', `${gateway}/generateToken`, { keyType: 'primary', expiry }),
      "Whoever runs the gateway's cluster does it. What it prints is a secret: put it into the secret of the gateway's deployment, not into a chat.",
    );
  },
});
