// One plan under one fault: pressed, settled, taken back. Says what is not as it should be; nothing when all is.
import { setTimeout as sleep } from 'node:timers/promises';
import { armError } from '../../src/lab/arm-answer.ts';
import type { PlanRecord, PressResult, Remediation } from '../../src/remediation/plan-record.ts';
import type { FaultPlace } from './fault-place.ts';
import { expectedState, isTrue, lostIn } from './fault-truth.ts';
import { isWriteRequest, type WriteFault } from './faults.ts';
import type { Fixable } from './fixables.ts';
import { serviceId } from './healthy-estate.ts';

type Offer = Parameters<Remediation['offer']>[0];

export interface Tried {
  readonly fault: WriteFault;
  /** Changes that were agreed to and that ARM does not have although it is said, or has although it is not said. */
  readonly lost: number;
  /** Changes that ARM was made to do more than once. */
  readonly doubled: number;
  /** Whatever else is not as it should be. */
  readonly wrong: readonly string[];
}

export interface Trial {
  readonly fixable: Fixable;
  readonly offer: Omit<Offer, 'who' | 'conversation' | 'service'>;
  readonly fault: WriteFault;
  /** Whether the fault meets the fix or its undo, and which of its writes. */
  readonly meets: 'fix' | 'undo';
  readonly nth: number;
  /** Azure cannot be read either until the background looks. */
  readonly blind: boolean;
  /** Everything that anybody would see. */
  readonly saw: (text: string) => void;
}

export const press = { who: { id: 'tester', name: 'Somebody', tenant: null }, conversation: null };

/** @param place with the estate as it was at first; the trial may leave it another one */
export async function tryFault(place: FaultPlace, trial: Trial): Promise<Tried> {
  const fault = trial.fault;
  const { lab, remediation } = place;
  let armed = false;
  let isBlind = false;
  let seen = 0;
  place.begin((request) => {
    if (!armed) return undefined;
    if (!isWriteRequest(request)) return isBlind ? { answer: armError(400, 'BadRequest', 'Not now.') } : undefined;
    seen += 1;
    if (seen !== trial.nth) return undefined;
    isBlind = trial.blind;
    return fault.isGivenUp ? place.givingUp(fault.fault) : fault.fault;
  });
  const wrong: string[] = [];
  const check = (holds: boolean, says: string): void => {
    if (!holds) wrong.push(says);
  };

  /** Confirms what is shown; how many changes ARM carried out because of it. */
  async function confirm(shown: PressResult, isFaulty: boolean): Promise<{ readonly after: PlanRecord; readonly carried: number }> {
    const before = lab.writes.length;
    const plan = shown.plan;
    if (shown.kind !== 'preview' || plan === null) throw new Error(`No preview: ${shown.kind}: ${shown.says}`);
    armed = isFaulty;
    seen = 0;
    const result = await remediation.confirm(plan.id, press, plan.digest);
    if (isFaulty && fault.wrote === 'later') await until(() => seen < trial.nth || lab.writes.length >= before + trial.nth);
    const again = await remediation.confirm(plan.id, press, plan.digest);
    armed = false;
    isBlind = false;
    check(again.kind === 'already', `A second Confirm was ${again.kind}.`);
    let after = await keptOf(remediation, plan.id);
    for (let round = 0; round < 5 && after.state === 'uncertain'; round += 1) {
      place.wait(120_000);
      await remediation.work();
      after = await keptOf(remediation, plan.id);
    }
    const carried = lab.writes.length - before;
    check(isTrue(after, carried), `${after.state} after ${carried} of ${after.shown.length} writes, and it says: ${after.says}`);
    trial.saw(JSON.stringify([result, again, after]));
    return { after, carried };
  }

  const offered = await remediation.offer({ ...press, ...trial.offer, service: serviceId });
  const size = offered.shown.length;
  let lost = 0;
  let doubled = 0;

  const first = await confirm(await remediation.prepare(offered.id, press), trial.meets === 'fix');
  if (trial.meets === 'fix') {
    lost += lostIn(first.after, first.carried);
    doubled += Math.max(0, first.carried - size);
    check(first.after.state === expectedState(trial, first.carried), `It is ${first.after.state}: ${first.after.says}`);
  } else check(first.after.state === 'applied', `Without a fault it is ${first.after.state}: ${first.after.says}`);
  if (first.carried === 0) check(place.isUntouched(), 'The estate is another one, though nothing was written.');

  if (first.after.state === 'applied' && first.after.undo !== null) {
    // What 412 was said of is not counted as this plan's.
    let left = first.carried - (trial.meets === 'fix' && fault.what === '412' && fault.wrote === 'before' ? 1 : 0);
    for (let round = 0; round < 3 && left > 0; round += 1) {
      const isFaulty = round === 0 && trial.meets === 'undo';
      const back = await confirm(await remediation.undo(offered.id, press), isFaulty);
      const fix = await keptOf(remediation, offered.id);
      trial.saw(JSON.stringify(fix));
      lost += lostIn(back.after, back.carried);
      doubled += Math.max(0, back.carried - left);
      left -= back.carried;
      if (isFaulty && fault.what === '412') {
        check(fix.state === 'applied', `After 412 the fix is ${fix.state}: ${fix.says}`);
        if (fault.wrote === 'before') break;
      } else check(fix.state === (left === 0 ? 'undone' : 'applied'), `With ${left} changes left the fix is ${fix.state}: ${fix.says}`);
      if (!isFaulty) check(left === 0, `An undo without a fault left ${left}: ${back.after.says}`);
    }
    // A lost 412 in several changes leaves those that nobody can call their own.
    const isWhole = !(fault.what === '412' && fault.wrote === 'before' && size > 1);
    if (isWhole) check(place.isUntouched(), 'The estate is not what it was before the fix.');
  }
  return { fault, lost, doubled, wrong };
}

async function keptOf(remediation: Remediation, id: string): Promise<PlanRecord> {
  const plan = await remediation.find(id);
  if (plan === null) throw new Error('The plan is gone.');
  return plan;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(10);
}
