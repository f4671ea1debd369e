// A self-hosted gateway that cannot reach Azure goes on with its last configuration, so new keys are unknown there (field guide G06, b.13).
import { type Cause, defineRule, ruledOut, suspected } from '../contract.ts';
import { fromPaste } from '../key-check.ts';
import { lineOf, toldOf } from '../on-the-way.ts';
import { aboutSelfHosted, gatewayNamed, staleThere } from '../self-hosted.ts';

export const rule = defineRule({
  id: 'gateway-configuration-unreachable',
  code: 'G06',
  stage: 'configuration',
  title: 'The self-hosted gateway cannot fetch its configuration',
  best: 'suspected',
  needs: [],
  wants: ['selfHosted', 'key', 'api', 'apiProducts'],
  applies: aboutSelfHosted,

  check({ symptom, serviceId, selfHosted, key, api, apiProducts }) {
    const gateway = gatewayNamed(selfHosted);
    const service = serviceId?.split('/').at(-1) ?? '<service>';
    const remedy = `From its cluster, open TCP 443 to ${service}.configuration.azure-api.net (DNS and firewall), look for errors of that host in the pod's log, and wait ten seconds after they end.`;
    const told = toldOf(symptom, 'gateway-configuration');
    if (told !== null) {
      return suspected(
        `The words say that the self-hosted gateway ${gateway.name} does not reach its configuration, so it lives on an old one. ${remedy}`,
        fromPaste(told, 'a gateway that reaches its configuration'),
      );
    }
    const stale = staleThere({ symptom, selfHosted, key, api, apiProducts });
    if (stale !== null) {
      return suspected(
        `By what Azure has, this key should pass, and the self-hosted gateway ${gateway.name} refuses it: it may not reach Azure for a newer configuration. ${remedy}`,
        ...stale,
      );
    }
    return ruledOut(
      "Nothing in the paste points to the gateway's configuration, and no key that is right in Azure was refused there.",
      lineOf(symptom, 'no word of a configuration', "a word of the gateway's configuration, or stale keys"),
    );
  },
});

export const cause: Cause = { rule, fix: null };
