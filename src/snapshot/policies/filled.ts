// Named values in the texts of policies.
import type { NamedValueFact } from '../facts-policies.ts';
import { isExpression, namedValuesIn } from './statement.ts';

/** A text with its plain named values filled in; null when only run time knows it, or when it is a secret. */
export function filled(text: string, namedValues: readonly NamedValueFact[]): string | null {
  if (text === '' || isExpression(text)) return null;
  const names = namedValuesIn(text);
  const values = names.map((name) => namedValues.find((one) => one.displayName.toLowerCase() === name.toLowerCase())?.value ?? null);
  if (values.some((value) => value === null)) return null;
  return names
    .reduce(
      (done, name, index) => done.replace(new RegExp(`\\{\\{\\s*${name.replace(/[.]/g, '\\.')}\\s*\\}\\}`, 'g'), () => values[index] ?? ''),
      text,
    )
    .trim();
}
