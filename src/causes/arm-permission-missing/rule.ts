// A read that this very question needed was refused, so what depends on it is not known (field guide M03). The caller is not to blame.
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, unknown } from '../contract.ts';
import { fromKeyCheck } from '../key-check.ts';

export const rule = defineRule({
  id: 'arm-permission-missing',
  code: 'M03',
  stage: 'access',
  title: 'Locksmith may not read what it needs',
  best: 'confirmed',
  needs: [],
  applies: fromKeyCheck,

  check({ refusals, serviceId }) {
    const [first, ...rest] = refusals.map(
      ({ action, at }): Evidence => ({ at, observed: `403 AuthorizationFailed for ${action}`, expected: `${action} allowed` }),
    );
    if (first !== undefined) {
      const actions = refusals.map(({ action }) => action).join(', ');
      const role = actions.includes('listSecrets')
        ? 'The role API Management Service Contributor has it; better is a role of your own with the reader role and this action.'
        : 'The role API Management Service Reader Role has it.';
      return confirmed(
        `Azure refused a read that this answer needs: ${actions}. ${role} An Owner or User Access Administrator of the service can grant it.`,
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

export const cause: Cause = { rule, fix: null };
