// The terminal command as a process of its own, the way a script calls it.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An environment without what the machine's owner may have set. */
export function cleanEnvironment(own: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(LOCKSMITH_|AZURE_|IDENTITY_|MSI_|NODE_|DATABASE_URL|MicrosoftApp)/.test(name),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...own };
}

export function startCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd: string = root): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'src/cli.ts'), ...args], {
    cwd,
    env: cleanEnvironment(env),
    stdio: 'pipe',
  });
}

export function locksmith(
  args: readonly string[],
  stdin: string | Buffer = '',
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = startCommand(args, env, cwd);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk) => {
      stdout += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      stderr += String(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
  });
}
