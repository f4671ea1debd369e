// A limit of a policy as it would be with twice as much: an example for whoever decides how much the backend can bear.
import type { Statement } from '../snapshot/policies/statement.ts';
import { xml } from './to-copy.ts';

/** The same statement with its calls and bandwidth doubled; `otherwise` where it is not known or works its numbers out for each call. */
export function higherLimit(statement: Statement | undefined, otherwise: string): string {
  if (statement === undefined || statement.children.length > 0) return otherwise;
  const attributes = Object.entries(statement.attributes);
  const doubled = ['calls', 'bandwidth'];
  if (attributes.some(([name, value]) => /[@{]/.test(value) || (doubled.includes(name) && !/^\d{1,12}$/.test(value)))) return otherwise;
  const written = attributes.map(([name, value]) => `${name}="${doubled.includes(name) ? Number(value) * 2 : xml(value)}"`);
  return `<${[statement.name, ...written].join(' ')} />`;
}
