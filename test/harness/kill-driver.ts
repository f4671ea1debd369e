// A process that is made to be killed: presses the button and Confirm (or Undo and Confirm) of a plan, says where it is, and stays there.
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { type Boundary, press } from './boundaries.ts';
import type { LabAddress } from './lab-engine.ts';
import { openWired, type Wires } from './wired.ts';

export interface Orders {
  readonly lab: LabAddress;
  readonly stateDir: string;
  readonly plan: string;
  readonly verb: 'fix' | 'undo';
  readonly boundary: Boundary;
}

// Whoever was to kill it is gone.
process.stdin.on('end', () => process.exit(0));
// A process that is killed keeps nothing of what it compiled unless it does so by itself.
flushCompileCache();
const orders = JSON.parse((await once(createInterface({ input: process.stdin }), 'line'))[0]) as Orders;

/** Nothing goes on behind this: the process is alive and does nothing more. */
async function stopAt(boundary: Boundary): Promise<void> {
  if (boundary !== orders.boundary) return;
  setInterval(() => undefined, 60_000);
  process.stdout.write(`AT ${boundary}\n`);
  await new Promise(() => undefined);
}

const wires: Wires = {
  aroundPlans: (plans) => ({
    ...plans,
    async commit(moves, line) {
      const [{ patch }] = moves;
      if (patch.state === 'applying') await stopAt('before it is taken');
      const done = await plans.commit(moves, line);
      if (patch.state === 'applying') await stopAt('taken, before it is sent');
      if (patch.state === 'applied') await stopAt('noted, before it is asked again');
      if (patch.verified !== undefined) await stopAt('asked again');
      return done;
    },
  }),
  aroundWriter: (writer) => ({
    ...writer,
    async write(change) {
      const outcome = await writer.write(change);
      await stopAt('answered, before it is noted');
      return outcome;
    },
  }),
};

const { remediation } = openWired(orders.lab, orders.stateDir, wires);
const shown = await (orders.verb === 'fix' ? remediation.prepare(orders.plan, press) : remediation.undo(orders.plan, press));
if (shown.kind !== 'preview' || shown.plan === null) throw new Error(`No preview: ${shown.kind}: ${shown.says}`);
process.stdout.write(`PLAN ${shown.plan.id} ${shown.plan.digest}\n`);
const result = await remediation.confirm(shown.plan.id, press, shown.plan.digest);
process.stdout.write(`NOT KILLED ${result.kind}\n`);
process.exit(1);
