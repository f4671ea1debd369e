// Whether a field still holds what a plan was made for.
import { defaultKeyNames } from '../snapshot/from-arm.ts';

/** Every part of what ARM has now is as planned. A planned value may say more: names that ARM leaves at their defaults. */
export function stillAsPlanned(planned: unknown, now: unknown): boolean {
  if ((now ?? null) === null && areDefaultNames(planned)) return true;
  if (typeof planned === 'string' && typeof now === 'string') return isSameText(planned, now);
  if (planned === null || now === null || typeof planned !== 'object' || typeof now !== 'object')
    return (planned ?? null) === (now ?? null);
  if (Array.isArray(planned) || Array.isArray(now)) {
    return (
      Array.isArray(planned) &&
      Array.isArray(now) &&
      planned.length === now.length &&
      planned.every((part, index) => stillAsPlanned(part, now[index]))
    );
  }
  return Object.entries(now).every(([key, value]) => stillAsPlanned((planned as Record<string, unknown>)[key], value));
}

/** ARM has null for an API that was never given names for its key, which reads these then (field guide, "Header before query"). */
function areDefaultNames(value: unknown): boolean {
  const { header, query, ...rest } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return header === defaultKeyNames.header && query === defaultKeyNames.query && Object.keys(rest).length === 0;
}

/** ARM writes a scope that was sent as `/apis/echo` out in full, and a text may come back with the other kind of line ends. */
function isSameText(planned: string, now: string): boolean {
  return inShort(planned) === inShort(now);
}

function inShort(text: string): string {
  const service = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ApiManagement\/service\/[^/\s]+(?=\/\S*$)/i;
  return text.replaceAll('\r\n', '\n').replace(service, '');
}

/** Nothing that was wanted of a whole resource is otherwise there. ARM adds much; a link shows nothing of itself. */
export function isWhatWasWanted(wanted: unknown, now: unknown): boolean {
  if (now === undefined || now === null || wanted === null) return true;
  if (typeof wanted === 'object' && typeof now === 'object') {
    return Object.entries(wanted).every(([key, value]) => isWhatWasWanted(value, (now as Record<string, unknown>)[key]));
  }
  return typeof wanted === 'string' && typeof now === 'string' ? isSameText(wanted, now) : wanted === now;
}
