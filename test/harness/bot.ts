// A really started bot in front of a conversation that a test writes, and the activities that Teams would post to it.
import type { Conversation } from '../../src/conversation/ports.ts';
import { createLog } from '../../src/log.ts';
import { type BotParts, startBot } from '../../src/teams/bot.ts';
import { createMetrics } from '../../src/teams/metrics.ts';
import { type Connector, openConnector } from './connector.ts';

export interface RunningBot {
  readonly url: string;
  readonly connector: Connector;
  /** Everything that was logged, as text. */
  log(): string;
  /** Posts an activity; what is not given is what Teams would put there. */
  post(activity: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

export async function runBot(conversation: Partial<Conversation>, parts: Partial<BotParts> = {}): Promise<RunningBot> {
  const connector = await openConnector();
  const lines: string[] = [];
  const unasked = async (): Promise<never> => {
    throw new Error('The conversation was not meant to be asked for this.');
  };
  const placesOf = (): never => {
    throw new Error('The conversation was not meant to be asked for places.');
  };
  const bot = await startBot({
    conversation: { message: unasked, press: unasked, welcome: unasked, cardOf: unasked, placesOf, ...conversation },
    mode: 'local',
    settings: { port: 0, host: '127.0.0.1', bot: null, allowedTenants: [] },
    log: createLog('debug', { write: (line) => lines.push(line) }),
    metrics: createMetrics(),
    ready: async () => ({ ready: true, checks: [] }),
    ...parts,
  }).catch(async (error: unknown) => {
    await connector.close();
    throw error;
  });
  let count = 0;
  return {
    url: bot.url,
    connector,
    log: () => lines.join(''),
    post(activity, headers = {}) {
      count += 1;
      const whole = { ...personalMessage, id: `activity-${count}`, serviceUrl: connector.url, ...activity };
      return fetch(`${bot.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(whole),
      });
    },
    async close() {
      await bot.stop();
      await connector.close();
    },
  };
}

export const botAccount = { id: '28:bot', name: 'Locksmith' } as const;

const personalMessage = {
  type: 'message',
  channelId: 'msteams',
  from: { id: '29:someone', name: 'Somebody', aadObjectId: '00000000-0000-4000-8000-0000000000aa' },
  recipient: botAccount,
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: '00000000-0000-4000-8000-000000000002' },
} as const;

/** A card that says one thing. */
export function cardSaying(text: string): Readonly<Record<string, unknown>> {
  return { type: 'AdaptiveCard', version: '1.5', fallbackText: text, body: [{ type: 'TextBlock', text }] };
}

export function saidBy(card: unknown): string {
  return String((card as { fallbackText?: unknown } | null)?.fallbackText ?? '');
}
