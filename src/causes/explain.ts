// The small maker for causes that the paste alone decides: no facts, no fix, one look at the symptom.
import type { Symptom } from '../symptom/symptom.ts';
import { type Cause, defineRule, type Rule, type Verdict } from './contract.ts';

export interface Explanation extends Pick<Rule, 'id' | 'code' | 'stage' | 'title' | 'best' | 'applies'> {
  /** What the paste says of this cause. Ruled out and unknown are answers too. */
  readonly judge: (symptom: Symptom, at: Date) => Verdict;
}

export function explain({ judge, ...rule }: Explanation): Cause {
  return { rule: defineRule({ ...rule, needs: [], check: ({ symptom, at }) => judge(symptom, at) }), fix: null };
}
