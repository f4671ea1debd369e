// A service has several hosts, and only those of its gateway answer API calls (field guide G07): not the developer portal, not the management
// endpoint, not the name under another cloud's suffix, not another service.

import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { lineOf } from '../on-the-way.ts';

const faces = {
  'developer-portal': 'the developer portal',
  portal: 'the old developer portal',
  management: 'the management endpoint',
  scm: 'the Git endpoint',
  configuration: 'the configuration endpoint',
  'other-cloud': "the service's name in another Azure cloud",
} as const;

export const rule = defineRule({
  id: 'wrong-host',
  code: 'G07',
  stage: 'configuration',
  title: 'The call went to the wrong host',
  best: 'confirmed',
  needs: ['hostOwner'],
  wants: ['api', 'apiElsewhere'],
  applies: mayBeWrongHost,

  check({ symptom, hostOwner, api, apiElsewhere }) {
    const { host, face, service, gatewayHosts, near, at } = hostOwner;
    const right = gatewayHosts.join(', ');
    const compared: Evidence = {
      at: `${at}#/properties/hostnameConfigurations`,
      observed: right === '' ? host : `${host}, beside the gateway's ${right}`,
      expected: 'a host of the gateway',
    };
    const called = lineOf(symptom, host, right === '' ? 'a host of the gateway' : right);
    const path = symptom.urlPath ?? symptom.apiPath ?? '';

    if (face === 'nobody') {
      const unanswered = symptom.layer === 'not-a-401' && (symptom.status === null || symptom.code === 'not-found');
      if (near !== null && unanswered) {
        return suspected(
          `${host} belongs to no configured service, and differs by a letter or two from ${right}. Call https://${gatewayHosts[0] ?? ''}${path}.`,
          called,
          compared,
        );
      }
      return unknown(`${host} belongs to no configured service, so whether another was meant is not known.`, called);
    }
    if (face in faces) {
      return confirmed(
        `${host} is ${faces[face as keyof typeof faces]} of ${service?.split('/').at(-1) ?? 'the service'}, which answers no API calls. Call the gateway: https://${gatewayHosts[0] ?? ''}${path}.`,
        compared,
        called,
      );
    }
    const elsewhere = factOrNull(apiElsewhere) ?? [];
    const [first, ...rest] = elsewhere;
    if (symptom.code === 'not-found' && api.status === 'unreadable' && first !== undefined) {
      const names = elsewhere
        .map((one) => `https://${one.gatewayHosts[0] ?? ''}${path} (${one.service.split('/').at(-1) ?? ''})`)
        .join(' or ');
      return confirmed(
        `No API of ${service?.split('/').at(-1) ?? 'this service'} has the path ${path}; ${first.api.displayName} of another configured service has it. Call ${names}, with a key of that service.`,
        { at: first.api.armId, observed: `path ${first.api.path}`, expected: `the same path at ${host}` },
        called,
        ...rest.map((one) => ({ at: one.api.armId, observed: `path ${one.api.path}`, expected: `the same path at ${host}` })),
      );
    }
    return ruledOut(
      `${host} is a host of ${face === 'self-hosted-gateway' ? 'a self-hosted gateway of ' : ''}the service's gateway, or hands on to it.`,
      compared,
    );
  },
});

function mayBeWrongHost({ layer, host, urlPath }: Symptom): boolean {
  if (host === null) return false;
  const portal = /\.(?:developer|portal|scm|configuration)\.azure-api\.(?:net|us|cn)$/.test(host);
  // What the management endpoint itself was asked is another cause (direct-management-api-retired).
  const managed = /\.management\.azure-api\.(?:net|us|cn)$/.test(host);
  if (managed) return !/^\/(?:subscriptions|apis|products|users|groups|tenant|operations)(?:\/|$)/i.test(urlPath ?? '/subscriptions');
  return portal || layer.startsWith('gateway-') || layer === 'unknown' || layer === 'not-a-401';
}

export const cause: Cause = { rule, fix: null };
