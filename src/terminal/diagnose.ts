// `locksmith diagnose`: one question, one document.
import { readFileSync, writeFileSync } from 'node:fs';
import { type Diagnosed, diagnoseAgain } from '../diagnosis/diagnose.ts';
import { publicDiagnosis } from '../diagnosis/public-form.ts';
import type { Settings } from '../settings.ts';
import { parseSnapshot } from '../snapshot/replay.ts';
import type { Reading, Snapshot } from '../snapshot/snapshot.ts';
import { cannot, type ExitCode } from './exit.ts';
import type { Options } from './options.ts';
import { openSession } from './session.ts';
import { diagnosisText } from './text.ts';

export async function diagnoseCommand(
  settings: Settings,
  options: Options,
  readPaste: () => Promise<string>,
  print: (text: string) => void,
): Promise<ExitCode> {
  const { diagnosis, snapshot } =
    options.fromSnapshot === null ? await ask(settings, options, await readPaste()) : await askAgain(options.fromSnapshot);
  const nothing = whyNothing(snapshot, diagnosis.headline);
  if (nothing !== null) throw cannot(nothing);
  if (options.saveSnapshot !== null) save(options.saveSnapshot, snapshot);
  print(options.json ? JSON.stringify(publicDiagnosis(diagnosis), null, 2) : diagnosisText(diagnosis));
  return diagnosis.headline === null ? 3 : 0;
}

/** The sentence when Azure gave no answer at all and the paste alone tells nothing; null otherwise. */
function whyNothing({ facts }: Snapshot, headline: string | null): string | null {
  const readings = Object.values(facts);
  const unreachable = readings.find((one) => one.status === 'unreadable' && (one.reason === 'unavailable' || one.reason === 'deadline'));
  if (headline !== null || unreachable?.status !== 'unreadable' || readings.some(tellsSomething)) return null;
  return unreachable.says;
}

// Null and empty come without a call, where there was nothing to ask for.
function tellsSomething(reading: Reading<unknown>): boolean {
  if (reading.status !== 'read' || reading.value === null) return false;
  return (
    typeof reading.value !== 'object' ||
    Object.values(reading.value).some((part) => part !== null && !(Array.isArray(part) && part.length === 0))
  );
}

async function ask(settings: Settings, options: Options, paste: string): Promise<Diagnosed> {
  const session = await openSession(settings, options);
  try {
    return await session.engine.ask({ paste, ...(options.keyPrefix === null ? {} : { keyPrefix: options.keyPrefix }) });
  } finally {
    await session.close();
  }
}

async function askAgain(path: string): Promise<Diagnosed> {
  const saved = parseSnapshot(readText(path));
  if (saved === null) throw cannot(`${path} is not a snapshot that diagnose --save-snapshot wrote (format locksmith-snapshot/1).`);
  return diagnoseAgain(saved);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw cannot(`${path} cannot be read (${(error as { code?: string }).code ?? 'error'}).`);
  }
}

function save(path: string, snapshot: unknown): void {
  try {
    writeFileSync(path, `${JSON.stringify(snapshot, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw cannot(`The snapshot could not be written to ${path} (${(error as { code?: string }).code ?? 'error'}).`);
  }
}
