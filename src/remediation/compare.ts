// Whether a field still holds what a plan was made for.

/** Every part of what ARM has now is as planned. A planned value may say more: names that ARM leaves at their defaults. */
export function stillAsPlanned(planned: unknown, now: unknown): boolean {
  // What is kept with one kind of line ends may come back with the other.
  if (typeof planned === 'string' && typeof now === 'string') return oneLineEnd(planned) === oneLineEnd(now);
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

function oneLineEnd(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Nothing that was wanted of a whole resource is otherwise there. ARM adds much, and writes ids out in full; a link shows nothing of itself. */
export function isWhatWasWanted(wanted: unknown, now: unknown): boolean {
  if (now === undefined || now === null || wanted === null) return true;
  if (typeof wanted === 'object' && typeof now === 'object') {
    return Object.entries(wanted).every(([key, value]) => isWhatWasWanted(value, (now as Record<string, unknown>)[key]));
  }
  if (typeof wanted !== 'string' || typeof now !== 'string') return wanted === now;
  return now.toLowerCase().endsWith(wanted.toLowerCase()) || wanted.toLowerCase().endsWith(now.toLowerCase());
}
