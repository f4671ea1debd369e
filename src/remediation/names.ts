/** The last part of an ARM id. */
export function nameIn(armId: string): string {
  return armId.split('/').filter(Boolean).at(-1) ?? armId;
}
