// Whether a statement that answers by itself can have sent the pasted answer.
import type { NamedValueFact } from '../snapshot/facts-policies.ts';
import type { Running } from '../snapshot/policies/running.ts';
import { childrenNamed, isExpression, type Statement } from '../snapshot/policies/statement.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { Reading } from './contract.ts';
import { isPasted, quotedWordsPasted, resolved } from './policy-check.ts';

/** same: its text is the pasted one · maybe: it may be, the paste or the policy does not tell · other: it says something else */
export type Likeness = 'same' | 'maybe' | 'other';

/** How like the pasted answer is to what a return-response (or a set-status with set-body beside it) sends. */
export function answersWith(step: Running, symptom: Symptom, namedValues: Reading<readonly NamedValueFact[]>): Likeness {
  const { statement } = step;
  if (statement.name === 'set-body') return bodyLikeness(statement, symptom, namedValues);
  const [status] = statement.name === 'set-status' ? [statement] : childrenNamed(statement, 'set-status');
  const code = resolved(status?.attributes.code ?? (statement.name === 'return-response' ? '200' : ''), namedValues);
  const shown = symptom.status ?? 401;
  if (code !== null && code !== String(shown)) return 'other';
  const [body] = childrenNamed(statement, 'set-body');
  if (body !== undefined) return bodyLikeness(body, symptom, namedValues);
  return symptom.bodySeen && (symptom.body !== undefined || symptom.message !== null) ? 'other' : 'maybe';
}

function bodyLikeness(body: Statement, symptom: Symptom, namedValues: Reading<readonly NamedValueFact[]>): Likeness {
  const silent = symptom.body === undefined && symptom.message === null;
  if (isExpression(body.text)) {
    if (quotedWordsPasted(symptom, body.text)) return 'same';
    return silent ? 'maybe' : /"[^"\n]*[A-Za-z]{4}[^"\n]*"/.test(body.text) ? 'other' : 'maybe';
  }
  const text = resolved(body.text, namedValues);
  if (text === null) return 'maybe';
  if (text === '') return silent ? 'maybe' : 'other';
  if (isPasted(symptom, text)) return 'same';
  // Liquid templates and named values leave holes that the paste fills.
  return silent || /\{\{|\{%/.test(text) ? 'maybe' : 'other';
}
