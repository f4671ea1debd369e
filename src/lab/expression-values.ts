// Values of policy expressions, and what C# would do with them. What is not known here says so.

/** Headers, query parameters, variables: read by name. */
export interface Bag {
  readonly read: (name: string) => PolicyValue;
}

export interface Thing {
  readonly [member: string]: PolicyValue | Bag;
}

export type PolicyValue = string | number | boolean | null | Thing;

export type Seen = PolicyValue | Bag;
export type Lazy = () => Seen;

export class UnknownExpression extends Error {
  override name = 'UnknownExpression';
}

export function isBag(value: Seen): value is Bag {
  return typeof value === 'object' && value !== null && typeof value.read === 'function';
}

export function member(target: Seen, name: string): Seen {
  if (typeof target === 'string' && name === 'Length') return target.length;
  if (typeof target !== 'object' || target === null || isBag(target)) throw new UnknownExpression();
  const value = Object.hasOwn(target, name) ? target[name] : undefined;
  if (value === undefined) throw new UnknownExpression();
  return value;
}

const onText: Readonly<Record<string, (text: string, other: string) => PolicyValue>> = {
  ToLower: (text) => text.toLowerCase(),
  ToLowerInvariant: (text) => text.toLowerCase(),
  ToUpper: (text) => text.toUpperCase(),
  ToUpperInvariant: (text) => text.toUpperCase(),
  Trim: (text) => text.trim(),
  StartsWith: (text, other) => text.startsWith(other),
  EndsWith: (text, other) => text.endsWith(other),
  Contains: (text, other) => text.includes(other),
};

export function call(target: Seen, name: string, args: readonly Seen[]): Seen {
  const [first, second] = args;
  if (isBag(target)) {
    if (typeof first !== 'string') throw new UnknownExpression();
    if (name === 'ContainsKey') return target.read(first) !== null;
    if (name === 'GetValueOrDefault') return target.read(first) ?? second ?? null;
    throw new UnknownExpression();
  }
  if (name === 'ToString' && args.length === 0) return shown(target);
  if (name === 'Equals' && first !== undefined) {
    const blind = args.length > 1;
    return typeof target === 'string' && blind && typeof first === 'string'
      ? target.toLowerCase() === first.toLowerCase()
      : target === first;
  }
  const operation = onText[name];
  if (typeof target !== 'string' || !operation) throw new UnknownExpression();
  if (args.length > 0 && typeof first !== 'string') throw new UnknownExpression();
  return operation(target, typeof first === 'string' ? first : '');
}

export function shown(value: Seen): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'object') throw new UnknownExpression();
  return String(value);
}

export function isTrue(value: Seen): boolean {
  if (typeof value !== 'boolean') throw new UnknownExpression();
  return value;
}

export function compare(operator: string, a: Seen, b: Seen): boolean {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a !== 'number' || typeof b !== 'number') throw new UnknownExpression();
  if (operator === '>') return a > b;
  if (operator === '<') return a < b;
  return operator === '>=' ? a >= b : a <= b;
}
