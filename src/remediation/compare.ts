// Whether a field still holds what a plan was made for.

/** Every part of what ARM has now is as planned. A planned value may say more: names that ARM leaves at their defaults. */
export function stillAsPlanned(planned: unknown, now: unknown): boolean {
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
