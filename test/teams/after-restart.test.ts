// The bot is killed in the middle of a fix. The next one finds the plan, settles it by reading, and says so on the card that everybody sees.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { everybody } from '../../src/access/everybody.ts';
import { scenarios as propagating } from '../../src/causes/key-not-propagated/scenarios.ts';
import { createLog } from '../../src/log.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import { startService } from '../../src/service.ts';
import { readSettings } from '../../src/settings.ts';
import type { Bot } from '../../src/teams/bot.ts';
import { createEngine } from '../../src/wiring.ts';
import { botAccount } from '../harness/bot.ts';
import { buttonsOf, textOf } from '../harness/card-text.ts';
import { type Connector, openConnector } from '../harness/connector.ts';
import { first } from '../harness/first.ts';
import { estatesOf, pasteOf } from '../harness/healthy-estate.ts';
import { engineOptionsOver, type LabEngine, openLabEngine } from '../harness/lab-engine.ts';

const scenario = first(propagating);
let room: LabEngine;
let connector: Connector;
let bot: Bot;

beforeEach(async () => {
  room = await openLabEngine({ estate: estatesOf(scenario) });
  connector = await openConnector();
  bot = await start(room.engine);
});

afterEach(async () => {
  await bot.stop();
  await connector.close();
  await room.close();
});

function start(engine: LabEngine['engine']): Promise<Bot> {
  const settings = { ...readSettings({}), port: 0 };
  return startService({ engine, services: room.lab.services, settings, mode: 'local', access: everybody, log: createLog('silent') });
}

async function post(activity: Readonly<Record<string, unknown>>): Promise<unknown> {
  const whole = {
    id: `activity-${connector.sent.length}`,
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: '29:ada', name: 'Ada', aadObjectId: '00000000-0000-4000-8000-0000000000a1' },
    recipient: botAccount,
    conversation: { id: 'room', conversationType: 'personal' },
    ...activity,
  };
  const answer = await fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(whole),
  });
  return answer.json();
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a process leaves behind that was killed after it took the plan: the state that it noted before it sent anything. */
function killedWhileApplying(id: string): void {
  const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
  const row = db.prepare('SELECT record FROM plans WHERE id = ?').get(id);
  const kept = JSON.parse(String(row?.record)) as PlanRecord;
  const busySince = new Date(Date.now() - 10 * 60_000).toISOString();
  const left: PlanRecord = { ...kept, state: 'applying', busySince, confirmedBy: kept.preparedBy };
  db.prepare('UPDATE plans SET state = ?, due = ?, record = ? WHERE id = ?').run('applying', busySince, JSON.stringify(left), id);
  db.close();
}

function keptPlan(id: string): PlanRecord {
  const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
  const row = db.prepare('SELECT record FROM plans WHERE id = ?').get(id);
  db.close();
  return JSON.parse(String(row?.record)) as PlanRecord;
}

it('shows on the same card what a process left that was killed', async () => {
  await post({ type: 'message', text: pasteOf(scenario) });
  const shown = await until(() => connector.sent.find(({ how }) => how === 'update'));
  const fix = first(buttonsOf(shown.card as never));
  await post({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: fix.verb, data: fix.data } },
  });
  await bot.stop();
  const before = connector.sent.length;
  const { plan } = fix.data as { plan: string };
  killedWhileApplying(plan);

  bot = await start(createEngine(engineOptionsOver(room.lab, room.stateDir)));

  const told = await until(() => connector.sent.slice(before).find(({ how }) => how === 'update'));
  expect(told.id).toBe(shown.id);
  expect(textOf(told.card as never)).toMatch(/The bot was stopped while this was done\..*[Nn]othing was changed/);
  expect(room.lab.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  // Noted, so that it is not shown again each minute.
  await until(() => (keptPlan(plan).state !== 'applying' && keptPlan(plan).cardDue === null ? true : undefined));
});

it('shows again what was done when the bot was killed before it came to the card', async () => {
  await post({ type: 'message', text: pasteOf(scenario) });
  const shown = await until(() => connector.sent.find(({ how }) => how === 'update'));
  const { data } = first(buttonsOf(shown.card as never));
  const { plan } = data as { plan: string };
  await bot.stop();
  const before = connector.sent.length;
  const db = new DatabaseSync(join(room.stateDir, 'locksmith.db'));
  const done: PlanRecord = {
    ...keptPlan(plan),
    state: 'applied',
    verified: 'ruled-out',
    says: 'Ada applied it.',
    cardDue: '2026-01-01T00:00:00.000Z',
  };
  db.prepare('UPDATE plans SET state = ?, due = ?, record = ? WHERE id = ?').run('applied', done.cardDue, JSON.stringify(done), plan);
  db.close();

  bot = await start(createEngine(engineOptionsOver(room.lab, room.stateDir)));

  const told = await until(() => connector.sent.slice(before).find(({ how }) => how === 'update'));
  expect(told.id).toBe(shown.id);
  expect(textOf(told.card as never)).toContain('Ada applied it.');
  await until(() => (keptPlan(plan).cardDue === null ? true : undefined));
});
