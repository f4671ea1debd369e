// The bot against real Azure. It acts with its own Azure identity, and only for the people who are named as fixers.
import { defaultCredential } from './azure/credentials.ts';
import type { Log } from './log.ts';
import type { Person } from './remediation/plan-record.ts';
import { type Running, startService } from './service.ts';
import type { Settings } from './settings.ts';
import { createEngine } from './wiring.ts';

/** @throws Error with one clear sentence when a port is taken or the state cannot be kept */
export async function startServing(settings: Settings, log: Log): Promise<Running> {
  const { services, stateDir, deadlineMs, planMinutes, undoHours } = settings;
  const engine = createEngine({
    arm: { endpoint: settings.armEndpoint, scope: settings.armScope, credential: defaultCredential() },
    services,
    stateDir,
    localHosts: false,
    // One operator is a matter of the terminal; in a chat there is always somebody else to ask.
    singleOperator: false,
    whyNot: (who) => whyNot(who, settings.fixers),
    deadlineMs,
    planMinutes,
    undoHours,
  });
  const bot = await startService({ engine, services, settings, mode: 'serve', log });
  log.info({ url: bot.url, services: services.length, fixers: settings.fixers.length }, 'serving');
  return {
    broken: new Promise(() => undefined),
    async stop() {
      await bot.stop();
      engine.close();
    },
  };
}

function whyNot(who: Person, fixers: readonly string[]): string | null {
  if (fixers.some((fixer) => fixer.toLowerCase() === who.id.toLowerCase())) {
    return null;
  }
  return fixers.length === 0
    ? 'This Locksmith only looks: nobody is configured to press fix buttons (LOCKSMITH_FIXERS).'
    : 'You are not among those who may press fix buttons here (LOCKSMITH_FIXERS). Ask one of them to press it.';
}
