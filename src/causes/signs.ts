// Reading what the paste names in words of its own (symptom/signs.ts), for the causes that such words decide.
import type { PasteSign, SignName, Symptom } from '../symptom/symptom.ts';
import { type Evidence, type Reading, unknown, type Verdict } from './contract.ts';

/** The first of these that the paste shows, or null. */
export function signOf(symptom: Symptom, ...names: readonly SignName[]): PasteSign | null {
  return symptom.signs?.find(({ sign }) => names.includes(sign)) ?? null;
}

export function signEvidence({ line, text }: PasteSign, expected: string): Evidence {
  return { at: `paste#/line/${line}`, observed: text === '' ? 'the words of this refusal' : text, expected };
}

/** For a cause that reads facts only as wants: why the one that it now needs is not there. */
export function unreadVerdict(reading: Reading<unknown>): Verdict {
  if (reading.status === 'read') return unknown('What was read does not settle it.');
  const { says, at, reason, action } = reading;
  return at === ''
    ? unknown(says)
    : unknown(says, { at, observed: action === null ? reason : `${reason}: ${action}`, expected: 'readable' });
}
