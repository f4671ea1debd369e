// Making or changing a service takes 30 to 60 minutes in the classic tiers, and meanwhile changes are refused (409). After two hours it is for
// Azure support (seed 003; field guide G10 for calls that come in meanwhile).
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'provisioning-stuck',
  code: 'N09',
  stage: 'access',
  title: 'The service has not finished being made or changed',
  best: 'confirmed',
  needs: [],
  wants: ['service'],
  applies: (symptom) => symptom.layer === 'not-a-401' && signOf(symptom, 'provisioning') !== null,

  check({ symptom, service }) {
    const expected = 'Succeeded';
    const sign = signOf(symptom, 'provisioning');
    const words = sign === null ? complaint(symptom, expected) : signEvidence(sign, expected);
    const advice =
      'Classic tiers take 30 to 60 minutes, Consumption and v2 tiers a few. Look at the activity log of the service for a failed step (quota of the region, subnet, role); after two hours open a support request with the correlation id of that step.';
    if (service.status === 'unreadable')
      return suspected(`The paste says that the service has not finished. ${advice} ${service.says}`, words);
    const { provisioningState: state, name, armId } = service.value;
    if (state === null) return unknown(`Azure does not say in which state ${name} is.`);
    const evidence = { at: `${armId}#/properties/provisioningState`, observed: state, expected };
    if (state.toLowerCase() === 'succeeded')
      return ruledOut(`${name} is in the state Succeeded by now: what was under way has finished.`, evidence, words);
    if (state.toLowerCase() === 'failed')
      return confirmed(
        `The last change of ${name} failed. Read the error in its activity log, mend what it names, and repeat the change. ${advice}`,
        evidence,
        words,
      );
    return confirmed(`${name} is in the state ${state}. Changes are refused until that ends. ${advice}`, evidence, words);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
