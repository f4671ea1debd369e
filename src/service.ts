// What both modes of the bot have in common: the conversation over the engine, readiness, and one way to stop it all.
import { createAsks } from './conversation/asks.ts';
import { createConversation } from './conversation/conversation.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';
import { parsePaste } from './symptom/parse-paste.ts';
import { type Bot, type ReadyReport, startBot } from './teams/bot.ts';
import { createMetrics } from './teams/metrics.ts';
import type { Engine } from './wiring.ts';

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
  /** Resolves when it cannot go on, with the sentence why. */
  readonly broken: Promise<string>;
}

export interface ServiceParts {
  readonly engine: Engine;
  readonly services: readonly string[];
  readonly settings: Settings;
  readonly mode: 'local' | 'serve';
  readonly log: Log;
}

/** @throws Error with one clear sentence when the bot cannot listen */
export function startService({ engine, services, settings, mode, log }: ServiceParts): Promise<Bot> {
  const metrics = createMetrics();
  const conversation = createConversation({
    diagnose: async (question) => (await engine.ask(question)).diagnosis,
    remediation: engine.remediation,
    asks: createAsks(),
    read: (text) => parsePaste(text, engine.hash).symptom,
    log,
    metrics,
  });
  return startBot({ conversation, settings, mode, log, metrics, ready: rarely(() => report(engine, services), 15_000) });
}

/** Ready means: every configured service can be read. */
async function report(engine: Engine, services: readonly string[]): Promise<ReadyReport> {
  const reader = engine.reader();
  const checks = await Promise.all(
    services.map(async (service) => {
      const reading = await reader.get(service);
      const ok = reading.status === 'read';
      return { name: service, ok, says: ok ? 'Azure answers for this service.' : reading.says };
    }),
  );
  return { ready: checks.every((check) => check.ok), checks };
}

// Probes come every few seconds, and ARM's budget is for people.
function rarely<T>(make: () => Promise<T>, ms: number): () => Promise<T> {
  let last: { readonly at: number; readonly value: Promise<T> } | null = null;
  return () => {
    if (last === null || Date.now() - last.at > ms) {
      last = { at: Date.now(), value: make() };
    }
    return last.value;
  };
}
