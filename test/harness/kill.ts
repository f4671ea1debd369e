// Starts a process that applies a plan, and kills it (SIGKILL) where it is told to stop.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cleanEnvironment } from './command.ts';
import type { Orders } from './kill-driver.ts';

let ready: ChildProcessWithoutNullStreams | null = null;

/** Needs most of a second before it can take orders, so one is always started ahead. */
function start(): ChildProcessWithoutNullStreams {
  // Fifty of them are started, and all read the same files.
  const env = cleanEnvironment({ NODE_COMPILE_CACHE: cache });
  const driver = join(import.meta.dirname, 'kill-driver.ts');
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', driver], { env, stdio: 'pipe' });
}

const cache = mkdtempSync(join(tmpdir(), 'locksmith-kill-cache-'));

/** Ends the one that was started ahead. */
export async function endKilling(): Promise<void> {
  const last = ready;
  ready = null;
  if (last !== null) {
    last.kill('SIGKILL');
    await once(last, 'close');
  }
  rmSync(cache, { recursive: true, force: true });
}

/** The plan that it was at: the fix, or the undo that it made. @throws when it ends by itself, or otherwise than by SIGKILL */
export async function runAndKill(orders: Orders, isOnItsWay: Promise<void>): Promise<{ readonly plan: string; readonly digest: string }> {
  const child = ready ?? start();
  ready = start();
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let trouble = '';
  child.stderr.on('data', (chunk) => {
    trouble += String(chunk);
  });
  let shown: { plan: string; digest: string } | null = null;
  const stopped = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word, plan = '', digest = ''] = line.split(' ');
    if (word === 'PLAN') shown = { plan, digest };
    if (word === 'AT') stopped.resolve();
  });
  const isOver = ended.then(([code]) => {
    throw new Error(`The process ended with ${code} before it could be killed at "${orders.boundary}": ${trouble}`);
  });
  try {
    await Promise.race([stopped.promise, isOnItsWay, isOver]);
  } finally {
    isOver.catch(() => undefined);
    child.kill('SIGKILL');
  }
  const [, signal] = await ended;
  if (signal !== 'SIGKILL' || shown === null) throw new Error(`It was ended by ${signal}: ${trouble}`);
  return shown;
}
