// Microsoft's Agents Playground as a process of its own: the chat window of local mode.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PlaygroundParts {
  /** Where the bot takes activities, `http://localhost:3978/api/messages`. */
  readonly endpoint: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Lines of its config file, `.m365agentsplayground.yml`, to be another person; absent: its own people. */
  readonly config?: string;
}

export interface Playground {
  readonly url: string;
  /** Ends the process and everything that it started. */
  stop(): Promise<void>;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

const READY_WITHIN_MS = 30_000;

/** @throws Error with one clear sentence when the port is taken or the process does not come up */
export async function startPlayground({ endpoint, port, config }: PlaygroundParts): Promise<Playground> {
  const chosen = await freePort(port);
  // It writes a log into its working directory, and reads a config file from there.
  const folder = await mkdtemp(join(tmpdir(), 'locksmith-playground-'));
  if (config !== undefined) {
    await writeFile(join(folder, '.m365agentsplayground.yml'), config);
  }
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'loopback-only.ts'), cliPath(), '-e', endpoint, '-c', 'msteams', '-p', String(chosen), '--dt'],
    {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore'],
      // Not ours: it has no business with our variables, and some of them are secrets.
      env: { HOME: folder, TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log') },
    },
  );
  const killNow = (): void => kill(child, 'SIGKILL');
  process.once('exit', killNow);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(async () => {
    process.removeListener('exit', killNow);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const url = `http://localhost:${chosen}`;
  const stop = async (): Promise<void> => {
    kill(child, 'SIGTERM');
    const late = setTimeout(killNow, 3000);
    await ended;
    clearTimeout(late);
  };
  if (!(await answers(`http://127.0.0.1:${chosen}/`, ended))) {
    await stop();
    throw new Error('The Agents Playground did not start. Run `npm install` again, or see whether another program holds its port.');
  }
  return { url, stop, ended };
}

function cliPath(): string {
  return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
}

// The whole process group, so that nothing that it started stays behind.
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

// It would move to a random port without a word.
async function freePort(port: number): Promise<number> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  probe.once('error', (error: NodeJS.ErrnoException) => {
    const says = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`;
    reject(new Error(`Port ${port} ${says}. Stop what runs there, or set LOCKSMITH_PLAYGROUND_PORT to another one.`, { cause: error }));
  });
  probe.listen(port, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
  });
  return await promise;
}

async function answers(url: string, ended: Promise<void>): Promise<boolean> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  const until = Date.now() + READY_WITHIN_MS;
  while (!over && Date.now() < until) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) {
      await answer.body?.cancel();
      return true;
    }
    await sleep(50);
  }
  return false;
}
