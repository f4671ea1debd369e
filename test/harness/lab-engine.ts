// An engine against a lab in this process, as the terminal command's --lab has it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labCredential } from '../../src/azure/credentials.ts';
import { type Lab, type LabOptions, startLab } from '../../src/lab/lab.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/wiring.ts';

export interface LabEngine {
  readonly lab: Lab;
  readonly engine: Engine;
  readonly stateDir: string;
  close(): Promise<void>;
}

export async function openLabEngine(options: LabOptions, own: Partial<EngineOptions> = {}): Promise<LabEngine> {
  const lab = await startLab(options);
  const stateDir = mkdtempSync(join(tmpdir(), 'locksmith-test-'));
  const engine = createEngine({
    arm: { endpoint: lab.managementUrl, scope: `${lab.managementUrl}/.default`, credential: labCredential(), ca: lab.ca },
    services: lab.services,
    stateDir,
    localHosts: true,
    singleOperator: true,
    whyNot: () => null,
    deadlineMs: 10_000,
    planMinutes: 15,
    undoHours: 24,
    ...own,
  });
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
