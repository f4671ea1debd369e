// A service in several regions has a gateway in each, and one of them can lag behind or be switched off (field guide G11, inference there).
import { type Cause, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { fromKeyCheck, fromPaste } from '../key-check.ts';
import { isGoodKey, lineOf, toldOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'regional-gateway-stale',
  code: 'G11',
  stage: 'configuration',
  title: 'The gateway of one region lives on an old configuration',
  best: 'suspected',
  needs: ['service'],
  wants: ['key', 'api', 'apiProducts'],
  applies: fromKeyCheck,

  check({ symptom, service, key, api, apiProducts }) {
    const { additionalLocations } = service;
    const regions: Evidence = {
      at: `${service.armId}#/properties/additionalLocations`,
      observed:
        additionalLocations.length === 0
          ? `only ${service.location ?? 'one region'}`
          : additionalLocations.map(({ location }) => location).join(', '),
      expected: 'one region, or the same answer in every one',
    };
    if (additionalLocations.length === 0)
      return ruledOut(`${service.name} runs in one region only, so no other one can lag behind.`, regions);

    const [found, known, products] = [factOrNull(key), factOrNull(api), factOrNull(apiProducts)];
    const good =
      symptom.code === 'key-invalid' && found !== null && known !== null && products !== null && isGoodKey(found, known, products);
    const host =
      symptom.host !== null && (symptom.host.includes('.regional.') || additionalLocations.some((place) => place.host === symptom.host))
        ? symptom.host
        : null;
    const told = toldOf(symptom, 'one-region');
    const off = [
      ...additionalLocations.filter(({ gatewayDisabled }) => gatewayDisabled).map(({ location }) => location),
      ...(service.gatewayDisabled ? [service.location ?? 'the main region'] : []),
    ];
    const offWords = off.length === 0 ? '' : ` The gateway is switched off in ${off.join(', ')}.`;
    const remedy = `Make the same call to each region's own host (${additionalLocations.map((place) => place.host ?? place.location).join(', ')}); if one differs, wait ten minutes, then save the subscription once more or ask Azure support.${offWords}`;
    if (told !== null)
      return suspected(
        `The words say that one region answers otherwise, and ${service.name} runs in several. ${remedy}`,
        fromPaste(told, 'the same answer in every region'),
        regions,
      );
    if (host !== null && good) {
      return suspected(
        `By what Azure has, this key should pass, and the gateway of one region (${host}) refuses it. ${remedy}`,
        lineOf(symptom, host, 'an answer of the API'),
        regions,
      );
    }
    return ruledOut(
      `${service.name} runs in several regions, but nothing in the paste shows that one of them answers otherwise than the others.`,
      regions,
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
