// A service that is down or on its way out explains more than any key (field guide G10). While it is updating most tiers keep serving.
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { remedy } from './remedy.ts';

const down = ['failed', 'stopped', 'terminating'];

export const rule = defineRule({
  id: 'service-not-online',
  code: 'G10',
  stage: 'access',
  title: 'The service is not online',
  best: 'confirmed',
  needs: ['service'],
  applies: ({ layer, status, host }) =>
    layer.startsWith('gateway-') ||
    layer === 'unknown' ||
    layer === 'backend' ||
    (layer === 'not-a-401' && (status !== null || host !== null)),

  check({ service }) {
    const state = service.provisioningState;
    if (state === null) return unknown(`Azure does not say in which state ${service.name} is.`);
    const evidence = { at: `${service.armId}#/properties/provisioningState`, observed: state, expected: 'Succeeded' };
    const now = state.toLowerCase();
    if (now === 'succeeded') return ruledOut(`The service ${service.name} is online: its state is ${state}.`, evidence);
    if (down.includes(now)) {
      return confirmed(
        `The service ${service.name} is in the state ${state}, so whatever its gateway answers cannot be relied on. ${adviceFor(now)}`,
        evidence,
      );
    }
    if (now === 'updating') {
      const tier =
        service.sku?.toLowerCase() === 'developer'
          ? 'The Developer tier has one unit and can refuse or lose calls meanwhile.'
          : 'Most tiers keep serving meanwhile; configuration changes may be answered 409.';
      return suspected(
        `The service ${service.name} is being updated. ${tier} Wait until the state is Succeeded and call again; after two hours ask Azure support.`,
        evidence,
      );
    }
    return suspected(
      `The service ${service.name} is in the state ${state}, not Succeeded. Look at its activity log in Azure, wait for Succeeded and call again.`,
      evidence,
    );
  },
});

function adviceFor(state: string): string {
  if (state === 'failed')
    return 'The last change of the service did not finish: read the error in its activity log, apply network settings again or repeat the change, and open a support request when it stays so for two hours.';
  if (state === 'stopped') return 'Start it again (its owner can), or ask why it was stopped, before looking at keys.';
  return 'It is being deleted: ask its owner whether that is meant; a deleted service can be recovered for 48 hours.';
}

export const cause: Cause = { rule, fix: null, remedy };
