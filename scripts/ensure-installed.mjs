// Runs before every npm script, under whatever Node the machine has: installs what the lock file asks for and is not there.
// It is quick when nothing is missing (one look at two lock files) and says nothing then, so that `--json` commands stay clean.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The packages that the lock file wants and that are missing, or there in another version. */
function staleRoots() {
  const wanted = readLock('package-lock.json');
  const installed = readLock(join('node_modules', '.package-lock.json'));
  if (wanted === null) return ['package-lock.json'];
  if (installed === null) return ['node_modules'];
  const direct = new Set(
    Object.keys({ ...wanted['']?.dependencies, ...wanted['']?.devDependencies }).map((name) => `node_modules/${name}`),
  );
  return Object.entries(wanted)
    .filter(([place, entry]) => place !== '' && !entry.optional && !entry.peer)
    .filter(
      ([place, entry]) =>
        installed[place]?.version !== entry.version || (direct.has(place) && !existsSync(join(root, place, 'package.json'))),
    )
    .map(([place]) => place);
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}

/** The Node that every script runs under comes from npm; its binary is fetched by an install step, so it is looked at by itself. */
function nodeMissing() {
  return !existsSync(join(root, 'node_modules', '.bin', 'node'));
}

const stale = staleRoots();
if (stale.length > 0 || nodeMissing()) {
  process.stderr.write(`Installing what is missing (${stale.length || 1} of the packages in package-lock.json) ...\n`);
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0 || nodeMissing()) {
    process.stderr.write(
      'The packages could not be installed. Check that the npm registry can be reached, then run the same command again.\n',
    );
    process.exit(1);
  }
}
