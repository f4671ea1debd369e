// A lab that fails when it is told to, and a remediation over it. Trials that leave the estate as they found it share one.
import type { Fault, FindFault } from '../../src/lab/faults.ts';
import { type Lab, startLab } from '../../src/lab/lab.ts';
import type { Remediation } from '../../src/remediation/plan-record.ts';
import type { PlanStore } from '../../src/remediation/ports.ts';
import type { Fixable } from './fixables.ts';
import { estatesOf } from './healthy-estate.ts';
import { type Wired, wireRemediation } from './wired.ts';
import { withoutMoments } from './without-moments.ts';

export interface FaultPlace {
  readonly lab: Lab;
  readonly remediation: Remediation;
  /** Forgets the trial before, and asks `find` about each request from now on. */
  begin(find: FindFault): void;
  /** Lets the bot's time jump ahead. */
  wait(milliseconds: number): void;
  /** The fault of a write that nobody answers: the client gives up once ARM has it, however slow the machine is. */
  givingUp(fault: Fault): Fault;
  /** The estate is what it was when the place was opened. */
  isUntouched(): boolean;
}

export async function openPlace(wired: Wired, { scenario }: Fixable): Promise<FaultPlace> {
  let find: FindFault = () => undefined;
  let passed = 0;
  let patience = new AbortController();
  const mine = new Set<string>();
  const plenty = { size: 1e6, refillPerSecond: 1e6 };
  const lab = await startLab({
    estate: estatesOf(scenario),
    buckets: { reads: plenty, writes: plenty, deletes: plenty },
    faults: (request) => find(request),
  });
  const original = asText(lab);
  return {
    lab,
    remediation: wireRemediation(lab, wired.engine, wired.storage, {
      clock: () => new Date(Date.now() + passed),
      patience: () => patience.signal,
      aroundPlans: (plans) => ownPlans(plans, mine),
    }),
    begin(next) {
      find = next;
      passed = 0;
      mine.clear();
    },
    wait(milliseconds) {
      passed += milliseconds;
    },
    givingUp(fault) {
      const lost = patience;
      patience = new AbortController();
      // What the lab carries out before it falls silent is done in the same turn.
      setImmediate(() => lost.abort());
      return fault;
    },
    isUntouched: () => asText(lab) === original,
  };
}

/** Many trials share one database: what is due belongs to the trial that made it. */
function ownPlans(plans: PlanStore, mine: Set<string>): PlanStore {
  return {
    ...plans,
    async insert(record, changes) {
      mine.add(record.id);
      await plans.insert(record, changes);
    },
    open: async () => (await plans.open()).filter(({ id }) => mine.has(id)),
  };
}

function asText(lab: Lab): string {
  return JSON.stringify(withoutMoments(lab.exportEstate()));
}
