// `npm test`: types, lint, then every test; the last line counts them all, types and lint as one check each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const extra = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;

function check(name, command, args) {
  const done = spawnSync(command, args, { stdio: 'inherit' });
  if (done.status === 0) passed += 1;
  else failed += 1;
  console.log(`${done.status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
}

if (extra.length === 0) {
  check('types', 'tsc', ['--noEmit']);
  check('lint', 'biome', ['check', '--error-on-warnings', '.']);
}

const folder = mkdtempSync(join(tmpdir(), 'locksmith-test-'));
const report = join(folder, 'jest.json');
const jest = spawnSync('jest', ['--json', `--outputFile=${report}`, ...extra], { stdio: ['ignore', 'ignore', 'inherit'] });
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  skipped += result.numPendingTests + result.numTodoTests;
} catch {
  failed += 1;
  console.log('Jest wrote no report.');
}
if (jest.status !== 0 && failed === 0) failed += 1;
rmSync(folder, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
