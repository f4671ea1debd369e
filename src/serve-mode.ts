// The bot against real Azure: for the people with a role, with the rights that the settings name.
import { createAccess, grantsOf } from './access/roles.ts';
import { defaultCredential } from './azure/credentials.ts';
import { createGraphGroups } from './azure/graph-groups.ts';
import { createOnBehalfOf, type OnBehalfOf } from './azure/on-behalf-of.ts';
import { errorFacts, type Log } from './log.ts';
import { type Running, startService } from './service.ts';
import type { Settings } from './settings.ts';
import { consentPage } from './teams/sign-on.ts';
import { createEngine } from './wiring.ts';

/** @throws Error with one clear sentence when a port is taken or the state cannot be kept */
export async function startServing(settings: Settings, log: Log): Promise<Running> {
  const {
    services,
    stateDir,
    deadlineMs,
    planMinutes,
    approvalMinutes,
    undoHours,
    verifyMinutes,
    lookOnly,
    managedAsCode,
    twoToWiden,
    actAs,
  } = settings;
  const credential = defaultCredential();
  const access = createAccess({
    grants: grantsOf(settings),
    memberOf: createGraphGroups({ endpoint: settings.graphEndpoint, credential }),
    tenants: settings.allowedTenants,
  });
  const onBehalfOf = signOnOf(settings);
  const engine = createEngine({
    arm: { endpoint: settings.armEndpoint, scope: settings.armScope, credential },
    services,
    stateDir,
    localHosts: false,
    // One operator is a matter of the terminal; in a chat there is always somebody else to ask.
    singleOperator: false,
    access,
    actAs,
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
    gatewayBase: null,
    lookOnly,
    managedAsCode,
    twoToWiden,
    deadlineMs,
    planMinutes,
    approvalMinutes,
    undoHours,
    verifyMinutes,
    trouble: (error) => log.error({ error: errorFacts(error) }, 'a plan could not be worked on'),
  });
  const page = (tenant: string): string => consentPage(settings.authority, tenant, settings.bot?.appId ?? '');
  const signOn = onBehalfOf === null ? null : { resource: onBehalfOf.resource, page };
  const bot = await startService({ engine, services, settings, mode: 'serve', access, signOn, log });
  log.info({ url: bot.url, services: services.length, actAs: actAs ?? 'nobody' }, 'serving');
  return {
    broken: new Promise(() => undefined),
    async stop() {
      await bot.stop();
      engine.close();
    },
  };
}

function signOnOf({ actAs, bot, authority, signOnResource, armScope, allowedTenants }: Settings): OnBehalfOf | null {
  if (actAs !== 'person' || bot === null) return null;
  // Teams shows "still working" after eight seconds; a sign-in service that is silent is said before that.
  return createOnBehalfOf({ bot, authority, resource: signOnResource, armScope, allowedTenants, timeoutMs: 5_000 });
}
