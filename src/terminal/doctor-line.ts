/** One finding of `doctor`. note: it works, with less; wrong: something has to be done. */
export interface Line {
  readonly state: 'ok' | 'note' | 'wrong';
  /** The setting, or the service and what was tried. */
  readonly name: string;
  readonly says: string;
}
