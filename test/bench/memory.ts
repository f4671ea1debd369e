// The bot's memory over thousands of turns, in a process of its own, under the flags that `npm start` and `npm run serve` give it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLab } from '../../src/lab/lab.ts';
import { cleanEnvironment } from '../harness/command.ts';
import { openTeams, paste, run, turns } from './bot.ts';
import { type Row, row } from './row.ts';

export async function benchMemory(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-bench-'));
  const plenty = { size: 1e6, refillPerSecond: 1e6 };
  const lab = await startLab({
    estate: join(import.meta.dirname, '../../src/lab/estates/contoso.json'),
    buckets: { reads: plenty, writes: plenty },
  });
  writeFileSync(join(folder, 'ca.pem'), lab.ca);
  const bot = [join(import.meta.dirname, 'bot-process.ts'), lab.managementUrl, join(folder, 'ca.pem'), lab.services[0] ?? ''];
  const child = spawn(process.execPath, [...flagsOfServe(), ...bot], { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await firstLine(child);
  const teams = await openTeams();
  const megabytes: number[] = [memoryOf(child.pid)];
  for (let round = 0; round < 3; round += 1) {
    await run(url, teams, paste, turns);
    megabytes.push(memoryOf(child.pid));
  }
  teams.close();
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
  return [
    row(
      `memory of the bot, fresh and after each of three times ${turns} pastes`,
      `${megabytes.join(', ')} MB`,
      'under 200 MB, not growing',
    ),
  ];
}

function flagsOfServe(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { scripts: { serve: string } };
  return scripts.serve.split(' ').filter((word) => word.startsWith('--'));
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('close', (code) => reject(new Error(`The bot ended with ${code}.`)));
  });
}

/** Resident memory of a process in MB (Linux); NaN elsewhere. */
function memoryOf(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}
