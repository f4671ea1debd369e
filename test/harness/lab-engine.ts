// An engine against a lab in this process, as the terminal command's --lab has it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everybody } from '../../src/access/everybody.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { type Lab, type LabOptions, startLab } from '../../src/lab/lab.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/wiring.ts';

/** What is known of a lab from outside its process. */
export type LabAddress = Pick<Lab, 'managementUrl' | 'gatewayUrl' | 'ca' | 'services'>;

export interface LabEngine {
  readonly lab: Lab;
  readonly engine: Engine;
  readonly stateDir: string;
  close(): Promise<void>;
}

export async function openLabEngine(options: LabOptions, own: Partial<EngineOptions> = {}): Promise<LabEngine> {
  const lab = await startLab(options);
  const stateDir = mkdtempSync(join(tmpdir(), 'locksmith-test-'));
  const engine = createEngine({ ...engineOptionsOver(lab, stateDir), ...own });
  return {
    lab,
    engine,
    stateDir,
    async close() {
      engine.close();
      await lab.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** Everybody may everything, and one person is enough; what a test is about it lays over this. */
export function engineOptionsOver(lab: LabAddress, stateDir: string): EngineOptions {
  return {
    arm: { endpoint: lab.managementUrl, scope: `${lab.managementUrl}/.default`, credential: labCredential(), ca: lab.ca },
    services: lab.services,
    stateDir,
    localHosts: true,
    singleOperator: true,
    access: everybody,
    actAs: 'bot',
    lookOnly: [],
    managedAsCode: [],
    gatewayBase: lab.gatewayUrl,
    deadlineMs: 10_000,
    planMinutes: 15,
    approvalMinutes: 60,
    undoHours: 24,
    verifyMinutes: 10,
  };
}
