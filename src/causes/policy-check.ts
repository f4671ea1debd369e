// Shared reading of policies for the causes of section c, "Policies": which statement can have answered, where it stands, what it hangs on.
import type { NamedValueFact, PoliciesFact } from '../snapshot/facts-policies.ts';
import { type Running, running, type Section } from '../snapshot/policies/running.ts';
import { isExpression, type Statement } from '../snapshot/policies/statement.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { type Evidence, type Reading, ruledOut, unknown, type Verdict } from './contract.ts';

/** A policy of the gateway can have sent this: its words, its author's words, or a 401 that says nothing. */
export function fromPolicy(symptom: Symptom): boolean {
  if (symptom.layer === 'gateway-jwt' || symptom.layer === 'gateway-policy-other') return true;
  return symptom.layer === 'unknown' && symptom.status === 401;
}

/** ... in words of an author, which may look like anybody's: of a backend, of another product, of an AI service. */
export function maybeAuthored(symptom: Symptom): boolean {
  if (fromPolicy(symptom)) return true;
  if (symptom.host === null && symptom.apiPath === null) return false;
  if (/(?:azure\.(?:com|us|cn)|microsoft\.com|openai\.com)$/.test(symptom.host ?? '')) return false;
  return ['backend', 'other-product', 'azure-ai'].includes(symptom.layer) && symptom.status === 401;
}

/** Where a statement stands, as evidence. */
export function statementEvidence(step: Running, observed: string, expected: string): Evidence {
  return { at: step.at, observed: `line ${step.statement.line}: ${observed}`.slice(0, 300), expected };
}

/** What was looked through and does not have it. */
export function lookedThrough(policies: PoliciesFact, observed: string, expected: string): Evidence {
  const inner = policies.documents.findLast(({ state }) => state === 'read') ?? policies.documents.findLast(({ scope }) => scope === 'api');
  return { at: `${inner?.armId ?? 'policies'}#/properties/value`, observed, expected };
}

/** "Nothing there" is only an answer where everything could be read. */
export function notThere(policies: PoliciesFact, says: string, observed: string, expected: string): Verdict {
  const [gap] = policies.unread;
  if (gap === undefined) return ruledOut(says, lookedThrough(policies, observed, expected));
  return unknown(`${gap.says} So whether it is this cannot be told.`, {
    at: gap.at === '' ? 'policies' : gap.at,
    observed: gap.reason,
    expected: 'readable',
  });
}

/** The sentence about what only run time decides; '' when the statement runs for every call. */
export function whenItRuns(step: Running): string {
  if (step.conditions.length === 0) return '';
  return ` It runs only under this condition, which Azure cannot tell for a past call: ${step.conditions.map(cut).join(' and ')}.`;
}

function cut(condition: string): string {
  return condition.length <= 200 ? condition : `${condition.slice(0, 199)}…`;
}

/** Every statement of these names that can run for the call, in these sections. */
export function runningNamed(policies: PoliciesFact, names: readonly string[], sections: readonly Section[]): readonly Running[] {
  return sections.flatMap((section) => running(policies, section)).filter(({ statement }) => names.includes(statement.name));
}

/** A text with its plain named values filled in; null when a part of it is only known at run time or is a secret. */
export function resolved(text: string, namedValues: Reading<readonly NamedValueFact[]>): string | null {
  if (isExpression(text)) return null;
  let open = false;
  const known = namedValues.status === 'read' ? namedValues.value : [];
  const filled = text.replace(/\{\{\s{0,5}([A-Za-z0-9._-]{1,256})\s{0,5}\}\}/g, (_, name: string) => {
    const value = known.find((one) => one.displayName.toLowerCase() === name.toLowerCase())?.value ?? null;
    if (value === null) open = true;
    return value ?? '';
  });
  return open ? null : filled.trim();
}

/** The pasted words are these words: case, blanks and quotation marks do not count; a long beginning is enough for a cut paste. */
export function sameWords(pasted: string | null | undefined, policys: string | null | undefined): boolean {
  const [a, b] = [bare(pasted ?? ''), bare(policys ?? '')];
  if (a === '' || b === '') return false;
  return a === b || (a.length >= 40 && b.startsWith(a)) || (b.length >= 280 && a.startsWith(b.slice(0, 280)));
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[\s"'`\\]+/g, '');
}

/** The pasted message or body is this text of a policy. */
export function isPasted(symptom: Symptom, text: string): boolean {
  return sameWords(symptom.message, text) || sameWords(symptom.body, text) || containsMessage(symptom, text);
}

// A body of JSON in the policy: its own "message" is what the parser keeps of the answer.
function containsMessage({ message }: Symptom, text: string): boolean {
  const own = /"(?:message|error_?description|detail)"\s*:\s*"((?:[^"\\]|\\.){1,300})"/i.exec(text)?.[1];
  return own !== undefined && sameWords(message, own);
}

/** Words that anybody may have said: that they stand in a policy too proves nothing alone. */
export function isGeneric(text: string): boolean {
  return text.replace(/unauthori[sz]ed|not ?authori[sz]ed|access ?denied|forbidden|error|message|status ?code|code|[^a-z]/gi, '') === '';
}

/** The texts that an expression builds its answer of, when all of them stand in the paste and are enough to tell. */
export function quotedWordsPasted(symptom: Symptom, expression: string): boolean {
  const words = [...expression.matchAll(/"((?:[^"\\\n]|\\.){2,300})"/g)]
    .map((found) => found[1] ?? '')
    .filter((text) => /[a-z]{2}/i.test(text) && !/^(?:statusCode|message|error|code|Content-Type|application\/json)$/i.test(text));
  const pasted = bare(`${symptom.body ?? ''} ${symptom.message ?? ''}`);
  const telling = words.some((text) => !isGeneric(text) && bare(text).length >= 8);
  return telling && words.every((text) => pasted.includes(bare(text)));
}

/** A statement for evidence: its name and what tells it from its neighbours. */
export function tagOf({ name, attributes }: Statement): string {
  const first = ['header-name', 'name', 'failed-validation-httpcode', 'code', 'fragment-id'].flatMap((key) =>
    attributes[key] === undefined ? [] : [` ${key}="${attributes[key]}"`],
  );
  return `<${name}${first.join('')}>`;
}
