// A self-hosted gateway serves only the APIs that are assigned to it; for any other path it answers 404 before it looks at a key (field guide G04, b.13).
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { sameName } from '../key-check.ts';
import { lineOf, toldOf } from '../on-the-way.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'api-not-on-gateway',
  code: 'G04',
  stage: 'configuration',
  title: 'The API is not assigned to the self-hosted gateway',
  best: 'confirmed',
  needs: ['selfHosted'],
  wants: ['api', 'hostOwner'],
  applies: ({ layer, code }) => layer === 'not-a-401' && code === 'not-found',

  check({ symptom, selfHosted, api, hostOwner }) {
    const { gateways, called, at } = selfHosted;
    const names = gateways.map(({ name }) => name).join(', ');
    const list: Evidence = { at, observed: names === '' ? 'no self-hosted gateway' : names, expected: 'the gateway that answered' };
    if (gateways.length === 0) return ruledOut('The service has no self-hosted gateway.', list);
    if (api.status === 'unreadable') {
      return ruledOut(`Which API was called is not certain (${api.says}), so it is not the assignment to a gateway that is missing.`, list);
    }
    const { name, displayName } = api.value;
    const lacking = gateways.filter(({ apis }) => !apis.some((one) => sameName(one, name)));
    if (called === null) {
      const managed = hostOwner.status === 'read' && hostOwner.value.gatewayHosts.includes(symptom.host ?? '');
      if (toldOf(symptom, 'self-hosted-gateway') === null && (managed || symptom.host === null || isDefaultHost(symptom.host))) {
        return ruledOut(
          'The answer came from the gateway in Azure, which serves every API; nothing names a self-hosted one.',
          lineOf(symptom, symptom.host ?? 'no host', 'a host of a self-hosted gateway'),
          list,
        );
      }
      const [first, ...rest] = lacking.map((gateway) => assigned(gateway.armId, gateway.apis, name));
      if (first === undefined) return ruledOut(`${displayName} is assigned to every self-hosted gateway (${names}).`, list);
      return suspected(
        `${displayName} is not assigned to ${lacking.map((gateway) => gateway.name).join(', ')}, and a self-hosted gateway answers 404 for such an API. Say which gateway was called, then assign the API to it (Gateways, APIs).`,
        first,
        ...rest,
      );
    }
    const evidence = assigned(called.armId, called.apis, name);
    if (!lacking.includes(called)) return ruledOut(`${displayName} is assigned to the gateway ${called.name}.`, evidence);
    return confirmed(
      `${displayName} is not assigned to the self-hosted gateway ${called.name}, so that gateway answers 404 for its path. Assign the API to it (Gateways, ${called.name}, APIs); it fetches its configuration every ten seconds.`,
      evidence,
    );
  },
});

function isDefaultHost(host: string): boolean {
  return /\.azure-api\.(?:net|us|cn)$|^localhost$|^[\d.:[\]]+$/.test(host);
}

function assigned(armId: string, apis: readonly string[], wanted: string): Evidence {
  return { at: `${armId}/apis`, observed: apis.length === 0 ? 'no API' : apis.join(', '), expected: `${wanted} among them` };
}

export const cause: Cause = { rule, fix };
