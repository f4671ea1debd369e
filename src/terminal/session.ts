// The engine for one terminal command: against real Azure by the settings, or against a practice estate started for this question.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everybody } from '../access/everybody.ts';
import { defaultCredential, labCredential } from '../azure/credentials.ts';
import { startLab } from '../lab/lab.ts';
import type { Settings } from '../settings.ts';
import { armIdOfService } from '../settings-schema.ts';
import { createEngine, type Engine } from '../wiring.ts';
import { cannot, usage } from './exit.ts';
import type { Options } from './options.ts';
import { whyNotFromHere } from './whose-rights.ts';

export interface Session {
  readonly engine: Engine;
  readonly services: readonly string[];
  /** One person may confirm what otherwise needs a second one. */
  readonly singleOperator: boolean;
  close(): Promise<void>;
}

export async function openSession(settings: Settings, options: Options): Promise<Session> {
  for (const id of options.services) {
    if (armIdOfService(id) === null) {
      throw usage(
        '--service: give the ARM id of an API Management service (/subscriptions/…/providers/Microsoft.ApiManagement/service/NAME).',
      );
    }
  }
  const why = options.yes && options.lab === null ? whyNotFromHere(settings) : null;
  if (why !== null) throw cannot(why);
  return options.lab === null ? overAzure(settings, options) : overLab(settings, options, options.lab);
}

function servicesOf(options: Options): readonly string[] {
  return options.services.map(armIdOfService).filter((id) => id !== null);
}

function overAzure(settings: Settings, options: Options): Session {
  const named = servicesOf(options);
  const services = named.length > 0 ? named : settings.services;
  if (services.length === 0) {
    throw cannot(
      'No API Management service is configured: set LOCKSMITH_SERVICES to its ARM id, give --service, or practise with --lab FILE.',
    );
  }
  const engine = openEngine(settings, {
    services,
    stateDir: settings.stateDir,
    arm: { endpoint: settings.armEndpoint, scope: settings.armScope, credential: defaultCredential() },
    localHosts: false,
    singleOperator: settings.singleOperator,
    gatewayBase: null,
  });
  return { engine, services, singleOperator: settings.singleOperator, close: async () => engine.close() };
}

async function overLab(settings: Settings, options: Options, estate: string): Promise<Session> {
  const lab = await startLab({ estate, ...(settings.labTraffic ? { trafficFile: settings.labTraffic } : {}) }).catch((error: unknown) => {
    throw cannot(error instanceof Error ? error.message : 'The estate could not be loaded.');
  });
  const stateDir = mkdtempSync(join(tmpdir(), 'locksmith-lab-'));
  const named = servicesOf(options);
  const services = named.length > 0 ? named : lab.services;
  const engine = openEngine(settings, {
    services,
    stateDir,
    arm: { endpoint: lab.managementUrl, scope: `${lab.managementUrl}/.default`, credential: labCredential(), ca: lab.ca },
    localHosts: true,
    singleOperator: true,
    gatewayBase: lab.gatewayUrl,
  });
  return {
    engine,
    services,
    singleOperator: true,
    async close() {
      engine.close();
      await lab.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

function openEngine(
  settings: Settings,
  own: Pick<Parameters<typeof createEngine>[0], 'services' | 'stateDir' | 'arm' | 'localHosts' | 'singleOperator' | 'gatewayBase'>,
): Engine {
  const { deadlineMs, planMinutes, approvalMinutes, undoHours, verifyMinutes, lookOnly, managedAsCode, twoToWiden } = settings;
  const times = { deadlineMs, planMinutes, approvalMinutes, undoHours, verifyMinutes };
  try {
    // In a terminal whoever types is signed in to Azure themselves: its rights are the roles.
    return createEngine({ ...own, ...times, lookOnly, managedAsCode, twoToWiden, access: everybody, actAs: 'bot' });
  } catch (error) {
    throw cannot(
      `The state directory ${own.stateDir} cannot be used (${(error as { code?: string }).code ?? 'error'}): set LOCKSMITH_STATE_DIR to a folder that can be written.`,
    );
  }
}
