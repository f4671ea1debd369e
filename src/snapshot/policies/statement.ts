// A policy document as plain data: what rules look at.

/** One element of a policy document. Values that may be secrets are fingerprints; named values stay `{{name}}`. */
export interface Statement {
  /** Lower case, as the gateway compares it: `validate-jwt`, `set-header`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Line of the document, from 1. */
  readonly line: number;
  readonly children: readonly Statement[];
  /** The element's own text, trimmed; '' when it has none. */
  readonly text: string;
}

/** What came of reading a document's text. */
export type Scanned =
  | { readonly kind: 'document'; readonly root: Statement }
  /** It has a document type or entity declarations, which are never followed. */
  | { readonly kind: 'refused'; readonly says: string }
  /** It is not XML. */
  | { readonly kind: 'broken'; readonly says: string };

/** A value that the gateway works out for each call: `@(…)` or `@{…}`. */
export function isExpression(value: string): boolean {
  return /^\s*@[({]/.test(value);
}

/** The named values that a text refers to, `{{name}}`. */
export function namedValuesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s{0,5}([A-Za-z0-9._-]{1,256})\s{0,5}\}\}/g)].map((found) => found[1] ?? '');
}

export function childrenNamed(statement: Statement, name: string): readonly Statement[] {
  return statement.children.filter((child) => child.name === name);
}

/** The texts of `<outer><inner>…</inner></outer>` below a statement. */
export function textsUnder(statement: Statement, outer: string, inner: string): readonly string[] {
  return childrenNamed(statement, outer).flatMap((list) => childrenNamed(list, inner).map((entry) => entry.text));
}

/** An attribute, or null when it is not there or empty. */
export function attribute(statement: Statement, name: string): string | null {
  const value = statement.attributes[name];
  return value === undefined || value === '' ? null : value;
}

/** The statement and all that it contains, outermost first. */
export function withAllInside(statement: Statement): readonly Statement[] {
  return [statement, ...statement.children.flatMap(withAllInside)];
}
