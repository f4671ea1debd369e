// Whether what a plan says of itself agrees with what ARM carried out.
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import type { Trial } from './try-fault.ts';

/** What the plan has to end as, given what ARM did. */
export function expectedState({ fault, nth }: Pick<Trial, 'fault' | 'nth'>, carried: number): PlanRecord['state'] {
  if (fault.what === '412') return nth > 1 ? 'applied' : 'refused';
  return carried > 0 ? 'applied' : 'failed';
}

/** The state and the sentence agree with what ARM did. */
export function isTrue({ state, says, shown }: PlanRecord, carried: number): boolean {
  if (/nothing was changed/i.test(says) && carried > 0 && !says.includes('It holds now')) return false;
  if (state === 'applied') return carried > 0 && (carried === shown.length || / in part\b/.test(says));
  if (state === 'undone') return carried > 0;
  if (state === 'refused') return carried === 0 || /It holds now what this plan wanted|What it holds now could not be read/.test(says);
  return state === 'failed' && carried === 0;
}

/** 1 where the record says the contrary of what ARM did; a 412 that comes after the write says what is there. */
export function lostIn({ state, says }: PlanRecord, carried: number): number {
  const isSaid = state === 'applied' || state === 'undone' || says.includes('It holds now what this plan wanted');
  // After a 412 that nobody could look behind, nothing is claimed either way.
  return isSaid === carried > 0 || says.includes('What it holds now could not be read') ? 0 : 1;
}
