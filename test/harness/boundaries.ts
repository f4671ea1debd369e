// Where a process can be killed while it applies a plan.
export const boundaries = [
  'before it is taken',
  'taken, before it is sent',
  'on its way, not written',
  'on its way, written',
  'answered, before it is noted',
  'noted, before it is asked again',
  'asked again',
] as const;

export type Boundary = (typeof boundaries)[number];

/** Whether ARM has the change by then. */
export function isWritten(boundary: Boundary): boolean {
  return boundaries.indexOf(boundary) >= boundaries.indexOf('on its way, written');
}

export const press = { who: { id: 'tester', name: 'Somebody', tenant: null }, conversation: 'room' };

/** Another person in the same conversation, who presses later. */
export const laterPress = { who: { id: 'other', name: 'Another', tenant: null }, conversation: 'room' };
