// From `node src/main.ts` to the line that says what to open: the lab, the bot and the Playground, all answering.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../harness/command.ts';
import { ms, type Row, row } from './row.ts';

export async function benchStart(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    cwd: folder,
    env: cleanEnvironment({
      LOCKSMITH_PORT: '23978',
      LOCKSMITH_PLAYGROUND_PORT: '26150',
      LOCKSMITH_LAB_PORT: '0',
      LOCKSMITH_LAB_GATEWAY_PORT: '0',
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const took = await new Promise<number>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('Open http')) resolve(performance.now() - started);
    });
    child.once('close', (code) => reject(new Error(`Local mode ended with ${code}.`)));
  });
  child.removeAllListeners('close');
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('close', resolve));
  rmSync(folder, { recursive: true, force: true });
  return [row('local mode ready (lab, bot, Playground)', ms(took), 'within 5 s')];
}
