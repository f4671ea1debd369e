// The parts that a whole bot stands on: the lab with an engine over it, and the service where a press may only take so long.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import { createAsks } from '../../src/conversation/asks.ts';
import { createConversation } from '../../src/conversation/conversation.ts';
import { type LabOptions, startLab } from '../../src/lab/lab.ts';
import type { ServiceParts } from '../../src/service.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';
import { type Bot, startBot } from '../../src/teams/bot.ts';
import { createMetrics } from '../../src/teams/metrics.ts';
import { createEngine, type EngineOptions } from '../../src/wiring.ts';
import { engineOptionsOver, type LabEngine } from './lab-engine.ts';

/** `credential`: who the bot is to Azure. */
export async function openLabAs(options: LabOptions, own: Partial<EngineOptions>, credential: TokenCredential): Promise<LabEngine> {
  const lab = await startLab(options);
  const stateDir = mkdtempSync(join(tmpdir(), 'locksmith-test-'));
  const usual = engineOptionsOver(lab, stateDir);
  const engine = createEngine({ ...usual, singleOperator: false, ...own, arm: { ...usual.arm, credential } });
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

/** As service.ts does it, without work in the background: it has no setting for how long a press may take. */
export function startImpatient({ engine, services, ...parts }: ServiceParts, pressAnswerMs: number): Promise<Bot> {
  const conversation = createConversation({
    diagnose: async (question) => (await engine.ask(question)).diagnosis,
    remediation: engine.remediation,
    access: parts.access,
    services,
    asks: createAsks(),
    read: (text) => parsePaste(text, engine.hash).symptom,
    log: parts.log,
  });
  return startBot({ ...parts, conversation, metrics: createMetrics(), pressAnswerMs, ready: async () => ({ ready: true, checks: [] }) });
}
