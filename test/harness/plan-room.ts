// A plan over the lab, with people who have roles and a clock that can be moved: what every test of remediation begins with.
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Scenario } from '../../src/causes/contract.ts';
import type { Fault } from '../../src/lab/lab.ts';
import type { Person, PlanRecord, Press, PressResult } from '../../src/remediation/plan-record.ts';
import type { Access, AuditEntry } from '../../src/remediation/ports.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/wiring.ts';
import { estatesOf, pasteOf, serviceId } from './healthy-estate.ts';
import { engineOptionsOver, type LabEngine, openLabEngine } from './lab-engine.ts';

function person(id: string, name: string): Person {
  return { id, name, tenant: 'contoso' };
}

/** Ada and Ben press, Cleo and Ben agree, Dan looks. */
export const people = {
  ada: person('00000000-0000-4000-8000-0000000000a1', 'Ada'),
  ben: person('00000000-0000-4000-8000-0000000000b2', 'Ben'),
  cleo: person('00000000-0000-4000-8000-0000000000c3', 'Cleo'),
  dan: person('00000000-0000-4000-8000-0000000000d4', 'Dan'),
} as const;

const roles: Readonly<Record<'fix' | 'approve', readonly Person[]>> = {
  fix: [people.ada, people.ben],
  approve: [people.ben, people.cleo],
};

export const access: Access = {
  async whyNot(who, act) {
    return act === 'look' || roles[act].some(({ id }) => id === who.id) ? null : `${who.name} may not ${act}.`;
  },
  visible: async (_who, services) => services,
};

export type Name = keyof typeof people;

export function pressOf(name: Name, conversation: string | null = 'room'): Press {
  return { who: people[name], conversation };
}

export interface PlanRoom {
  readonly lab: LabEngine['lab'];
  readonly stateDir: string;
  readonly engine: Engine;
  /** The plan of the scenario's fix, offered. */
  readonly plan: PlanRecord;
  /** For every management request; undefined lets it through. */
  faultWith(fault: ((request: { readonly method: string; readonly path: string }) => Fault | undefined) | null): void;
  prepares(name: Name): Promise<PressResult>;
  /** Confirms what was shown last. */
  confirms(name: Name): Promise<PressResult>;
  cancels(name: Name): Promise<PressResult>;
  undoes(name: Name): Promise<PressResult>;
  /** The plan as it is kept. */
  now(): Promise<PlanRecord>;
  /** Minutes pass. */
  wait(minutes: number): void;
  clock(): Date;
  /** Changes that went out: method and status. */
  writes(): readonly string[];
  /** The lab's resources, as they are. */
  estate(): string;
  audit(): readonly AuditEntry[];
  /** Somebody else changes a resource at the portal. */
  elsewhere(properties: Readonly<Record<string, unknown>>, id?: string): Promise<void>;
  /** Another process of the bot on the same state. */
  anotherProcess(): Engine;
  close(): Promise<void>;
}

export async function openPlan(scenario: Scenario, offerId: string, own: Partial<EngineOptions> = {}): Promise<PlanRoom> {
  let fault: ((request: { readonly method: string; readonly path: string }) => Fault | undefined) | null = null;
  let passed = 0;
  const clock = (): Date => new Date(Date.now() + passed);
  const options = { access, singleOperator: false, clock, ...own };
  const room = await openLabEngine({ estate: estatesOf(scenario), faults: (request) => fault?.(request) }, options);
  const { lab, stateDir, engine } = room;
  const { diagnosis, offers } = await engine.ask({
    paste: pasteOf(scenario),
    ...(scenario.keyPrefix ? { keyPrefix: scenario.keyPrefix } : {}),
  });
  const offer = offers.get(offerId);
  if (offer === undefined) throw new Error(`${offerId} offers nothing here.`);
  const { changes, ...rest } = offer;
  const plan = await engine.remediation.offer({
    ...pressOf('ada'),
    ...rest,
    shown: changes,
    symptom: diagnosis.symptom,
    service: serviceId,
  });
  const others: Engine[] = [];
  // What is confirmed is what was shown last: the fix, or its undo.
  let shown = plan;

  async function remember(result: Promise<PressResult>): Promise<PressResult> {
    const { plan: after, ...rest } = await result;
    if (after !== null && (after.state === 'prepared' || after.state === 'waiting')) shown = after;
    return { ...rest, plan: after };
  }

  return {
    lab,
    stateDir,
    engine,
    plan,
    faultWith(next) {
      fault = next;
    },
    prepares: (name) => remember(engine.remediation.prepare(plan.id, pressOf(name))),
    confirms: (name) => remember(engine.remediation.confirm(shown.id, pressOf(name), shown.digest)),
    cancels: (name) => engine.remediation.cancel(shown.id, pressOf(name)),
    undoes: (name) => remember(engine.remediation.undo(plan.id, pressOf(name))),
    async now() {
      const kept = await engine.remediation.find(plan.id);
      if (kept === null) throw new Error('The plan is gone.');
      return kept;
    },
    wait(minutes) {
      passed += minutes * 60_000;
    },
    clock,
    writes: () =>
      lab.requests
        .filter(
          ({ method, path }) =>
            ['PUT', 'PATCH', 'DELETE'].includes(method) || (method === 'POST' && !/\/list(?:Secrets|Keys)$/i.test(path)),
        )
        .map(({ method, status }) => `${method} ${status}`),
    estate: () => JSON.stringify(lab.exportEstate()),
    audit() {
      const db = new DatabaseSync(join(stateDir, 'locksmith.db'));
      const lines = db.prepare('SELECT line FROM audit ORDER BY id').all();
      db.close();
      return lines.map((row) => JSON.parse(String(row.line)) as AuditEntry);
    },
    elsewhere: (properties, id = 'subscriptions/mobile-app') => patchAtPortal(lab, id, properties),
    anotherProcess() {
      const other = createEngine({ ...engineOptionsOver(lab, stateDir), ...options });
      others.push(other);
      return other;
    },
    async close() {
      for (const other of others) other.close();
      await room.close();
    },
  };
}

function patchAtPortal(lab: LabEngine['lab'], id: string, properties: Readonly<Record<string, unknown>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(
      `${lab.managementUrl}${serviceId}/${id}?api-version=2024-05-01`,
      { method: 'PATCH', ca: lab.ca, headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'if-match': '*' } },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`The portal's change got ${answer.statusCode}.`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ properties }));
  });
}
