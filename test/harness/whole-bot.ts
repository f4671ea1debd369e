// The whole bot over the lab, as `serve` puts it together, with Teams' place taken by a connector and its people by what a test posts:
// messages and presses over HTTP, answers as they are on the wire.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import { labCredential } from '../../src/azure/credentials.ts';
import type { Card } from '../../src/cards/card.ts';
import type { LabOptions } from '../../src/lab/lab.ts';
import { createLog } from '../../src/log.ts';
import type { AuditEntry } from '../../src/remediation/ports.ts';
import { startService } from '../../src/service.ts';
import { readSettings } from '../../src/settings.ts';
import type { Bot } from '../../src/teams/bot.ts';
import type { SignOnParts } from '../../src/teams/dispatch.ts';
import type { EngineOptions } from '../../src/wiring.ts';
import { botAccount } from './bot.ts';
import { buttonsOf, textOf } from './card-text.ts';
import { type Connector, type Member, openConnector } from './connector.ts';
import { eventually } from './eventually.ts';
import { readAudit } from './kept.ts';
import type { LabEngine } from './lab-engine.ts';
import { access, ada, ben, cleo, dan, eve } from './team.ts';
import { openLabAs, startImpatient } from './whole-bot-parts.ts';

export const channel = '19:on-call@thread.tacv2;messageid=1764000000000';

/** What Teams gets for a press: HTTP's status, and the body with its own. */
export interface Answer {
  readonly http: number;
  readonly statusCode: number | null;
  readonly type: string | null;
  readonly value: unknown;
}

export interface WholeBot extends LabEngine {
  readonly bot: Bot;
  readonly connector: Connector;
  /** Everything that was logged, at the level that logs most. */
  log(): string;
  /** An activity of this person; what is not given is what Teams would put there. */
  post(who: Member, activity: Readonly<Record<string, unknown>>): Promise<Response>;
  /** Action.Execute. `value`: what stands beside the action, as `authentication`. */
  press(
    who: Member,
    action: { readonly verb: string; readonly data?: unknown },
    value?: object,
    activity?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
  /** Pastes something; the card that answers it. */
  asks(who: Member, paste: string): Promise<Card>;
  /** Waits for a card that says this, and gives it. */
  shows(text: string): Promise<Card>;
  /** Requests that would change the estate, those that Azure refused included: `PATCH 200`. */
  writes(): readonly string[];
  estate(): string;
  audit(): readonly AuditEntry[];
  /** The state folder's files, as text. */
  files(): string;
}

export interface WholeBotOptions {
  readonly lab: LabOptions;
  readonly engine?: Partial<EngineOptions>;
  readonly signOn?: SignOnParts | null;
  /** Who the bot is to Azure; the lab's usual somebody when absent. */
  readonly armCredential?: TokenCredential;
  readonly pressAnswerMs?: number;
}

export async function openWholeBot({ lab: labOptions, engine: own = {}, signOn = null, ...rest }: WholeBotOptions): Promise<WholeBot> {
  const room = await openLabAs(labOptions, { access, ...own }, rest.armCredential ?? labCredential());
  const connector = await openConnector();
  connector.members.push(ada, ben, cleo, dan, eve);
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const { lab, engine, stateDir } = room;
  const settings = { ...readSettings({}), port: 0 };
  const parts = { engine, services: lab.services, settings, mode: 'local', access, signOn, log } as const;
  const bot = rest.pressAnswerMs === undefined ? await startService(parts) : await startImpatient(parts, rest.pressAnswerMs);
  let count = 0;

  const post: WholeBot['post'] = (who, activity) => {
    count += 1;
    const { id, name, aadObjectId, tenantId } = who;
    const whole = {
      id: `activity-${count}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id, name, aadObjectId },
      recipient: botAccount,
      conversation: { id: channel, conversationType: 'channel', isGroup: true, tenantId },
      channelData: { tenant: { id: tenantId } },
      ...activity,
    };
    return fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(whole),
    });
  };

  return {
    ...room,
    bot,
    connector,
    post,
    log: () => lines.join(''),
    async press(who, action, value = {}, activity = {}) {
      const invoke = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', ...action }, ...value } };
      return answerOf(await post(who, { ...invoke, ...activity }));
    },
    async asks(who, paste) {
      const from = connector.sent.length;
      await post(who, { type: 'message', text: paste, textFormat: 'plain' });
      const answer = (): Card | undefined => connector.sent.slice(from).find(({ how }) => how === 'update')?.card ?? undefined;
      return eventually(answer, 'the answer to a paste');
    },
    shows: (text) =>
      eventually(
        (): Card | undefined => connector.sent.findLast(({ card }) => card !== null && textOf(card).includes(text))?.card ?? undefined,
        `a card that says "${text}"`,
      ),
    writes: () =>
      lab.requests
        .filter(({ method, path }) => !['GET', 'HEAD'].includes(method) && !/\/list(?:Secrets|Keys)$/i.test(path))
        .map(({ method, status }) => `${method} ${status}`),
    estate: () => JSON.stringify(lab.exportEstate()),
    audit: () => readAudit(stateDir),
    files: () => ['locksmith.db', 'locksmith.db-wal'].map((name) => readFileSync(join(stateDir, name), 'latin1')).join(''),
    async close() {
      await bot.stop();
      await connector.close().finally(room.close);
    },
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => null);
  const { statusCode = null, type = null, value = null } = (body ?? {}) as Partial<Answer>;
  return { http: response.status, statusCode, type, value };
}

/** Verb and data of a button. @throws when the card has none of that title */
export function buttonOn(card: unknown, title: string): { readonly verb: string; readonly data: Readonly<Record<string, string>> } {
  const buttons = buttonsOf(card as Card);
  const found = buttons.find((one) => one.title === title);
  if (found === undefined) throw new Error(`There is no button "${title}", only: ${buttons.map((one) => one.title).join(', ')}.`);
  return { verb: found.verb, data: found.data as Readonly<Record<string, string>> };
}
