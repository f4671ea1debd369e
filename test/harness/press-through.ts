// What a person does with a plan: looks at it, confirms it, takes it back.
import type { Press, PressResult, Remediation } from '../../src/remediation/plan-record.ts';

/** The fix's button and Confirm; the answer to Confirm. @throws when there is no preview */
export async function mend(remediation: Remediation, id: string, press: Press): Promise<PressResult> {
  return confirmShown(remediation, await remediation.prepare(id, press), press);
}

/** Undo and Confirm; the answer to Confirm. @throws when there is no preview */
export async function takeBack(remediation: Remediation, id: string, press: Press): Promise<PressResult> {
  return confirmShown(remediation, await remediation.undo(id, press), press);
}

async function confirmShown(remediation: Remediation, shown: PressResult, press: Press): Promise<PressResult> {
  if (shown.kind !== 'preview' || shown.plan === null) throw new Error(`No preview: ${shown.kind}: ${shown.says}`);
  return remediation.confirm(shown.plan.id, press, shown.plan.digest);
}
