// What both modes of the bot have in common: the conversation over the engine, readiness, and one way to stop it all.
import { setTimeout as sleep } from 'node:timers/promises';
import { createAsks } from './conversation/asks.ts';
import { createConversation } from './conversation/conversation.ts';
import type { Conversation } from './conversation/ports.ts';
import { errorFacts, type Log } from './log.ts';
import type { PlanRecord } from './remediation/plan-record.ts';
import type { Access } from './remediation/ports.ts';
import type { Settings } from './settings.ts';
import { parsePaste } from './symptom/parse-paste.ts';
import { type Bot, type ReadyReport, startBot } from './teams/bot.ts';
import type { SignOnParts } from './teams/dispatch.ts';
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
  readonly access: Access;
  readonly signOn?: SignOnParts | null;
  readonly log: Log;
}

/** How often it is looked whether something is due that nobody presses for. */
const rhythmMs = 2_000;

/** @throws Error with one clear sentence when the bot cannot listen */
export async function startService({ engine, services, settings, mode, access, signOn = null, log }: ServiceParts): Promise<Bot> {
  const metrics = createMetrics();
  const conversation = createConversation({
    diagnose: async (question) => (await engine.ask(question)).diagnosis,
    remediation: engine.remediation,
    access,
    services,
    asks: createAsks(),
    read: (text) => parsePaste(text, engine.hash).symptom,
    log,
    metrics,
  });
  const bot = await startBot({ conversation, settings, mode, log, metrics, signOn, ready: rarely(() => report(engine, services), 15_000) });
  const stopWork = keepWorking(engine, conversation, bot, log);
  return {
    ...bot,
    async stop() {
      await stopWork();
      await bot.stop();
    },
  };
}

/** Does what is due, one round after the other, and shows it on the cards. */
function keepWorking(engine: Engine, conversation: Conversation, bot: Bot, log: Log): () => Promise<void> {
  const stopped = new AbortController();
  const rounds = (async () => {
    while (!stopped.signal.aborted) {
      try {
        for (const plan of await engine.remediation.work()) await showAgain(plan, engine, conversation, bot, log);
      } catch (error) {
        log.error({ error: errorFacts(error) }, 'what was due could not be done');
      }
      await sleep(rhythmMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  })();
  return async () => {
    stopped.abort();
    await rounds;
  };
}

async function showAgain(plan: PlanRecord, { remediation }: Engine, conversation: Conversation, bot: Bot, log: Log): Promise<void> {
  for (const place of conversation.placesOf(plan)) {
    if (place.address === null) continue;
    try {
      await bot.replaceCard(place.address, place.message, await conversation.cardOf(plan, place));
      if (place.message === plan.card) await remediation.cardShown(plan);
    } catch (error) {
      log.warn({ error: errorFacts(error) }, 'a card could not be replaced');
    }
  }
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
