// What runs before every npm script: silent when all is there, one honouring install when something is missing or stale, one sentence when that fails.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'locksmith-install-'));
  mkdirSync(join(root, 'scripts'));
  copyFileSync(join(import.meta.dirname, '../../scripts/ensure-installed.mjs'), join(root, 'scripts/ensure-installed.mjs'));
  write('package-lock.json', lock('1.2.0', { dependencies: { tool: '^1.0.0' } }));
  write('node_modules/.package-lock.json', lock('1.2.0'));
  write('node_modules/tool/package.json', '{}');
  write('node_modules/.bin/node', '');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function lock(version: string, own: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    packages: { '': own, 'node_modules/tool': { version }, 'node_modules/elsewhere': { version: '1.0.0', optional: true } },
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Runs the script with an npm that writes down how it was called, and brings Node when `works`. */
function run(works = true): { readonly code: number | null; readonly stdout: string; readonly stderr: string; readonly npm: string } {
  const bring = works ? `mkdir -p "${root}/node_modules/.bin" && touch "${root}/node_modules/.bin/node"` : 'exit 1';
  write('bin/npm', `#!/bin/sh\necho "$@" >> "${root}/npm-calls"\n${bring}\n`);
  chmodSync(join(root, 'bin/npm'), 0o755);
  const done = spawnSync(process.execPath, [join(root, 'scripts/ensure-installed.mjs')], {
    encoding: 'utf8',
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin` },
  });
  const calls = join(root, 'npm-calls');
  return { code: done.status, stdout: done.stdout, stderr: done.stderr, npm: existsSync(calls) ? readFileSync(calls, 'utf8') : '' };
}

it('says and does nothing when everything is there, so that --json stays clean', () => {
  expect(run()).toEqual({ code: 0, stdout: '', stderr: '', npm: '' });
});

it.each([
  ['node_modules is missing', () => rmSync(join(root, 'node_modules'), { recursive: true })],
  ['a package has another version than the lock file', () => write('node_modules/.package-lock.json', lock('1.1.0'))],
  ['a package was deleted by hand', () => rmSync(join(root, 'node_modules/tool'), { recursive: true })],
  ['only the pinned Node is missing', () => rmSync(join(root, 'node_modules/.bin/node'))],
])('installs once what the lock file says when %s', (_, spoil) => {
  spoil();

  const ran = run();

  expect(ran).toMatchObject({ code: 0, stdout: '' });
  expect(ran.npm).toBe('install --no-save --no-audit --no-fund --loglevel=error\n');
});

it('ends with one sentence that says what to do when the install fails', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });

  const ran = run(false);

  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/could not be installed\. Check that the npm registry can be reached/);
});
