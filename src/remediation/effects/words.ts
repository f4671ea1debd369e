// Counts and names in sentences.
import { displayName, type Page } from './looking.ts';

/** `1 API`, `4 APIs`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `4 APIs (Echo, Orders, Billing and 1 more)`, `100 or more APIs (…)`, `no API`. Up to three names. */
export function pageWords({ items, total, orMore }: Page, one: string, many: string): string {
  if (total === 0) return `no ${one}`;
  return `${orMore ? `${total} or more ${many}` : counted(total, one, many)} (${someNames(items.map(displayName), total)})`;
}

/** `Echo, Orders and Billing`, `Echo, Orders, Billing and 7 more`. */
export function someNames(names: readonly string[], total = names.length): string {
  const shown = names.slice(0, 3).map((name) => short(name));
  if (total > shown.length) return `${shown.join(', ')} and ${total - shown.length} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A name or value that somebody chose, short enough for a sentence. */
export function short(name: string, most = 60): string {
  const points = [...name];
  return points.length <= most ? name : `${points.slice(0, most - 1).join('')}…`;
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
