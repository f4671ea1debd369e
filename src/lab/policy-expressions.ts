// Attributes and texts of policies that may be expressions.
import { parse } from './expression-parser.ts';
import { isBag, type PolicyValue, shown, type Thing, UnknownExpression } from './expression-values.ts';

/** The inside of `@(…)`, or of a `@{ return …; }`; null when the text is no expression. */
function sourceOf(text: string): string | null {
  const single = /^@\(([\s\S]*)\)$/.exec(text.trim());
  if (single) return single[1] ?? '';
  const block = /^@\{([\s\S]*)\}$/.exec(text.trim());
  if (!block) return null;
  return /^\s*return\b([\s\S]*);\s*$/.exec(block[1] ?? '')?.[1] ?? '';
}

/** The value of an attribute or a text: an expression's result, `undefined` when it cannot be known here, else the text itself. */
export function resultOf(text: string, context: Thing): PolicyValue | undefined {
  const source = sourceOf(text);
  if (source === null) return text;
  try {
    const value = parse(source, context)();
    return isBag(value) ? undefined : value;
  } catch (error) {
    if (error instanceof UnknownExpression) return undefined;
    throw error;
  }
}

/** As text; `undefined` when it cannot be known here. */
export function textValue(text: string, context: Thing): string | undefined {
  const value = resultOf(text, context);
  if (value === undefined || (typeof value === 'object' && value !== null)) return undefined;
  return shown(value);
}

/** Whether a condition holds. What cannot be known counts as false. */
export function holds(condition: string, context: Thing): boolean {
  const value = resultOf(condition, context);
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
