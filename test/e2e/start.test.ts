// What npm start and npm run serve do when something is in the way.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal, startMain } from '../harness/local-mode.ts';

jest.setTimeout(60_000);

async function outcome(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const child = startMain(args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stderr, stdout };
}

it('comes up with one line to open, keeps its state where it is told, and leaves nothing running', async () => {
  const local = await startLocal();
  const ports = [local.playgroundUrl, local.gatewayUrl].map((url) => Number(new URL(url).port));
  const first = local.output().split('\n')[0];
  const state = readdirSync(local.stateDir);

  const code = await local.stop();

  expect(first).toMatch(/^Open http:\/\/localhost:\d+ and paste this command together with what it prints: curl -i /);
  expect(state.length).toBeGreaterThan(0);
  expect(code).toBe(0);
  expect(await Promise.all(ports.map(isOpen))).toEqual([false, false]);
});

it.each(['LOCKSMITH_PORT', 'LOCKSMITH_PLAYGROUND_PORT', 'LOCKSMITH_LAB_PORT', 'LOCKSMITH_LAB_GATEWAY_PORT'])(
  'says in one line that the port of %s is taken',
  async (variable) => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const port = String((squatter.address() as AddressInfo).port);
    const free = { LOCKSMITH_PORT: '0', LOCKSMITH_PLAYGROUND_PORT: '0', LOCKSMITH_LAB_PORT: '0', LOCKSMITH_LAB_GATEWAY_PORT: '0' };
    const state = mkdtempSync(join(tmpdir(), 'locksmith-taken-'));

    const { code, stderr, stdout } = await outcome([], { ...free, LOCKSMITH_STATE_DIR: state, [variable]: port });
    squatter.close();
    rmSync(state, { recursive: true });

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(port)]);
  },
);

it('refuses to serve without credentials, tenant and services, naming each', async () => {
  const { code, stderr } = await outcome(['serve'], {});

  expect(code).toBe(1);
  for (const name of [
    'MicrosoftAppId',
    'MicrosoftAppPassword',
    'MicrosoftAppTenantId',
    'LOCKSMITH_ALLOWED_TENANTS',
    'LOCKSMITH_SERVICES',
  ]) {
    expect(stderr).toContain(`${name} is missing`);
  }
});

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => {
      socket.end();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
