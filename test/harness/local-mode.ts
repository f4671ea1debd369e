// `npm start` as a process of its own, on free ports, with its state in a folder that goes away.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LocalMode {
  readonly playgroundUrl: string;
  readonly gatewayUrl: string;
  /** Opens one more window, as `npm run as -- NAME` does. */
  as(name: string, env?: Readonly<Record<string, string>>): Promise<Window>;
  /** Everything that it has printed so far, stdout and stderr. */
  output(): string;
  readonly stateDir: string;
  /** Ends it as Ctrl+C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** A second chat window, a process of its own. */
export interface Window {
  readonly url: string;
  output(): string;
  /** Ends it as Ctrl+C does, and gives its exit code. */
  stop(): Promise<number | null>;
}

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export function startMain(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
  });
}

/** `env` goes over what a test usually wants. */
export async function startLocal(env: Readonly<Record<string, string>> = {}): Promise<LocalMode> {
  const stateDir = mkdtempSync(join(tmpdir(), 'locksmith-local-'));
  const child = startMain([], {
    LOCKSMITH_PORT: '0',
    LOCKSMITH_PLAYGROUND_PORT: '0',
    LOCKSMITH_LAB_PORT: '0',
    LOCKSMITH_LAB_GATEWAY_PORT: '0',
    LOCKSMITH_STATE_DIR: stateDir,
    ...env,
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<readonly [string, string]>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const open = /Open (http:\S+)/.exec(output)?.[1];
      const gateway = /'(http:\/\/localhost:\d+)\//.exec(output)?.[1];
      if (open !== undefined && gateway !== undefined) {
        resolve([open, gateway]);
      }
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    ended.then((code) => reject(new Error(`npm start ended with ${code}: ${output}`)));
  });
  const [playgroundUrl, gatewayUrl] = await ready;
  return {
    playgroundUrl,
    gatewayUrl,
    as(name, env = {}) {
      const port = /LOCKSMITH_PORT=(\d+)/.exec(output)?.[1] ?? '';
      return startAs(name, { LOCKSMITH_PORT: port, LOCKSMITH_PLAYGROUND_PORT: '0', ...env });
    },
    output: () => output,
    stateDir,
    async stop() {
      child.kill('SIGINT');
      const code = await ended;
      rmSync(stateDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** `npm run as -- NAME`. @throws when it ends before it says what to open */
export async function startAs(name: string, env: Readonly<Record<string, string>>): Promise<Window> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/as.ts'), name], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const open = /Open (http:[^\s:]+:\d+)/.exec(output)?.[1];
      if (open !== undefined) resolve(open);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    ended.then((code) => reject(new Error(`npm run as ended with ${code}: ${output}`)));
  });
  return {
    url,
    output: () => output,
    async stop() {
      child.kill('SIGINT');
      return await ended;
    },
  };
}
