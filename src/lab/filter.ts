// OData `$filter` as the management API takes it: comparisons, four functions, and, or, not, parentheses.

/** A value that a filter compares: strings and numbers, booleans, dates as text, or null. */
export type FilterValue = string | number | boolean | null;

/** Every form in which a field may be compared: a scope is `/apis` and also a full ARM id. Empty when the field is not there. */
export type FieldReader = (field: string) => readonly FilterValue[];

/** The clause cannot be read, or names a field or operator that is not supported. */
export class FilterError extends Error {
  override name = 'FilterError';
}

type Test = (field: FieldReader) => boolean;
type Operand = (field: FieldReader) => readonly FilterValue[];
const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
type Comparison = (typeof comparisons)[number];
const functions = ['substringof', 'contains', 'startswith', 'endswith'] as const;

const token = /\s*(?:'((?:[^']|'')*)'|(datetime)'([^']*)'|([()])|(,)|([A-Za-z_][\w./-]*|-?\d[\w:.+-]*))/y;

interface Token {
  readonly kind: 'text' | 'word' | 'mark';
  readonly value: string;
}

function tokenize(clause: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < clause.trimEnd().length) {
    const match = token.exec(clause);
    if (!match) throw new FilterError('The filter cannot be read.');
    const [, text, , date, bracket, comma, word] = match;
    if (text !== undefined || date !== undefined) tokens.push({ kind: 'text', value: (text ?? date ?? '').replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else tokens.push({ kind: 'mark', value: bracket ?? comma ?? '' });
  }
  return tokens;
}

/** The service compares text without regard to letter case. */
function comparable(value: FilterValue): FilterValue {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function compare(operator: Comparison, left: FilterValue, right: FilterValue): boolean {
  let [a, b] = [comparable(left), comparable(right)];
  if (operator === 'eq') return a === b;
  if (a === null || b === null) return false;
  if (typeof a !== typeof b) [a, b] = [String(a), String(b)];
  const [from, to] = [Date.parse(String(a)), Date.parse(String(b))];
  const isDate = /^\d{4}-\d\d-\d\dt/.test(String(a)) && !Number.isNaN(from) && !Number.isNaN(to);
  if (isDate) [a, b] = [from, to];
  if (operator === 'gt') return a > b;
  if (operator === 'ge') return a >= b;
  if (operator === 'lt') return a < b;
  return a <= b;
}

function some(left: readonly FilterValue[], right: readonly FilterValue[], test: (a: FilterValue, b: FilterValue) => boolean): boolean {
  return left.some((a) => right.some((b) => test(a, b)));
}

function apply(name: string, a: FilterValue, b: FilterValue): boolean {
  const [first, second] = [String(comparable(a) ?? ''), String(comparable(b) ?? '')];
  if (name === 'substringof') return second.includes(first);
  if (name === 'contains') return first.includes(second);
  if (name === 'startswith') return first.startsWith(second);
  return first.endsWith(second);
}

/**
 * Compiles a filter clause. `fields` names what may be asked and with which operators.
 * @throws FilterError when the clause is not OData of this kind or names an unsupported field or operator.
 */
export function compileFilter(clause: string, allows: (field: string, operator: string) => boolean): Test {
  const tokens = tokenize(clause);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const isWord = (word: string): boolean => peek()?.kind === 'word' && peek()?.value.toLowerCase() === word;
  const isMark = (mark: string): boolean => peek()?.kind === 'mark' && peek()?.value === mark;

  function expectMark(mark: string): void {
    if (!isMark(mark)) throw new FilterError('The filter cannot be read.');
    at += 1;
  }

  function operand(operator: string | null): { read: Operand; field: string | null } {
    const next = peek();
    at += 1;
    if (next?.kind === 'text') return { read: () => [next.value], field: null };
    if (next?.kind !== 'word') throw new FilterError('The filter cannot be read.');
    const word = next.value;
    const lower = word.toLowerCase();
    if (lower === 'null') return { read: () => [null], field: null };
    if (lower === 'true' || lower === 'false') return { read: () => [lower === 'true'], field: null };
    if (/^-?\d+(\.\d+)?$/.test(word)) return { read: () => [Number(word)], field: null };
    if (/^\d/.test(word)) return { read: () => [word], field: null };
    const field = word.replace(/^properties[/.]/i, '');
    if (operator !== null && !allows(field, operator)) throw new FilterError(`The field '${word}' cannot be filtered this way.`);
    return { read: (lookup) => lookup(field), field };
  }

  function call(name: string): Test {
    at += 1;
    expectMark('(');
    const a = operand(name).read;
    expectMark(',');
    const b = operand(name).read;
    expectMark(')');
    const test: Test = (field) => some(a(field), b(field), (x, y) => apply(name, x, y));
    if (!isWord('eq') && !isWord('ne')) return test;
    const negated = isWord('ne');
    at += 1;
    const wanted = operand(null).read;
    return (field) => wanted(field).includes(test(field)) !== negated;
  }

  function primary(): Test {
    if (isWord('not')) {
      at += 1;
      const inner = primary();
      return (field) => !inner(field);
    }
    if (isMark('(')) {
      at += 1;
      const inner = disjunction();
      expectMark(')');
      return inner;
    }
    const name = functions.find((known) => isWord(known));
    if (name && tokens[at + 1]?.value === '(') return call(name);
    const left = operand(null);
    const operator = comparisons.find((known) => isWord(known));
    if (!operator) throw new FilterError('The filter cannot be read.');
    at += 1;
    const right = operand(operator);
    const field = left.field ?? right.field;
    if (field !== null && !allows(field, operator)) throw new FilterError(`The field '${field}' cannot be filtered with '${operator}'.`);
    if (operator === 'ne') return (lookup) => !some(left.read(lookup), right.read(lookup), (a, b) => compare('eq', a, b));
    return (lookup) => some(left.read(lookup), right.read(lookup), (a, b) => compare(operator, a, b));
  }

  function conjunction(): Test {
    let test = primary();
    while (isWord('and')) {
      at += 1;
      const [before, next] = [test, primary()];
      test = (field) => before(field) && next(field);
    }
    return test;
  }

  function disjunction(): Test {
    let test = conjunction();
    while (isWord('or')) {
      at += 1;
      const [before, next] = [test, conjunction()];
      test = (field) => before(field) || next(field);
    }
    return test;
  }

  const compiled = disjunction();
  if (at !== tokens.length) throw new FilterError('The filter cannot be read.');
  return compiled;
}
