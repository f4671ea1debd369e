/** One line of the measured table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly aim: string | null;
}

export function row(what: string, figure: string, aim: string | null = null): Row {
  return { what, figure, aim };
}

/** The middle one of several runs, in milliseconds. */
export async function median(runs: number, task: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await task();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}
