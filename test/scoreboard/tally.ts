/** How often something was right, wrong, or honestly not known. */
export interface Tally {
  right: number;
  wrong: number;
  unknown: number;
}

export function tally(): Tally {
  return { right: 0, wrong: 0, unknown: 0 };
}

export function add(board: Map<string, Tally>, name: string, outcome: keyof Tally): void {
  const own = board.get(name) ?? tally();
  own[outcome] += 1;
  board.set(name, own);
}

export function table(title: string, board: ReadonlyMap<string, Tally>): string {
  const width = Math.max(title.length, ...[...board.keys()].map((name) => name.length));
  const line = (name: string, ...cells: (string | number)[]): string =>
    `${name.padEnd(width)}  ${cells.map((cell) => String(cell).padStart(7)).join('')}`;
  const total = tally();
  const rows = [...board].map(([name, { right, wrong, unknown }]) => {
    total.right += right;
    total.wrong += wrong;
    total.unknown += unknown;
    return line(name, right, wrong, unknown);
  });
  return [line(title, 'right', 'wrong', 'unknown'), ...rows, line('all', total.right, total.wrong, total.unknown), ''].join('\n');
}
