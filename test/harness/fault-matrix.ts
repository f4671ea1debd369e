// Every fix under every fault, as a list of what was tried. For the test, and for the figures of the bench.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLab } from '../../src/lab/lab.ts';
import { type FaultPlace, openPlace } from './fault-place.ts';
import { inWords, writeFaults } from './faults.ts';
import { type ChangeKind, type Fixable, kindOf, secretsIn } from './fixables.ts';
import { estatesOf, pasteOf } from './healthy-estate.ts';
import { makeStateDir } from './state-dir.ts';
import { type Trial, type Tried, tryFault } from './try-fault.ts';
import { openWired, type Wired } from './wired.ts';

export interface Matrix {
  readonly kind: ChangeKind;
  readonly tried: readonly (Tried & Pick<Trial, 'meets' | 'nth' | 'blind'>)[];
  /** What is wrong beyond the single trials: the audit, a secret in sight. */
  readonly wrong: readonly string[];
}

/** What meets the fault: the fix; the fix while Azure cannot be read either; or the undo. */
export type Met = 'fix' | 'fix, blind' | 'undo';

export async function runMatrix(fixable: Fixable, met: readonly Met[]): Promise<Matrix> {
  const stateDir = makeStateDir('faults');
  const lab = await startLab({ estate: estatesOf(fixable.scenario) });
  const wired = openWired(lab, stateDir);
  const seen: string[] = [];
  try {
    const { keyPrefix } = fixable.scenario;
    const asked = { paste: pasteOf(fixable.scenario), ...(keyPrefix === undefined ? {} : { keyPrefix }) };
    const { diagnosis, offers } = await wired.engine.ask(asked);
    const instead = diagnosis.verdicts.find(({ cause }) => cause === fixable.offer)?.fix;
    const offer = offers.get(fixable.offer) ?? instead;
    if (offer === null || offer === undefined) throw new Error(`${fixable.name} is not offered.`);
    const { changes, ...rest } = offer;
    const shared = { fixable, offer: { ...rest, shown: changes, symptom: diagnosis.symptom }, saw: (text: string) => seen.push(text) };
    const trials = variants(
      changes.length,
      met.filter((one) => one !== 'undo' || offer.undo !== null),
    ).flatMap((variant) => writeFaults.map((fault): Trial => ({ ...shared, ...variant, fault })));
    const tried = await inTurn(wired, trials);
    const secrets = secretsIn(lab.exportEstate());
    return { kind: kindOf(changes), tried, wrong: [...auditFaults(wired, tried), ...leaks(secrets, [...seen, everyByte(stateDir)])] };
  } finally {
    wired.close();
    await lab.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

type Variant = Pick<Trial, 'meets' | 'nth' | 'blind'>;

function variants(changes: number, met: readonly Met[]): readonly Variant[] {
  const each = Array.from({ length: changes }, (_, index) => index + 1);
  return met.flatMap((one) => each.map((nth) => ({ nth, meets: one === 'undo' ? 'undo' : 'fix', blind: one === 'fix, blind' })));
}

/** Those that wait for a late write wait beside the others, which are busy. */
async function inTurn(wired: Wired, trials: readonly Trial[]): Promise<Matrix['tried']> {
  const isWaiting = ({ fault }: Trial): boolean => fault.wrote === 'later';
  const both = [trials.filter(isWaiting), trials.filter((trial) => !isWaiting(trial))];
  return (await Promise.all(both.map((lane) => inOneLane(wired, lane)))).flat();
}

async function inOneLane(wired: Wired, trials: readonly Trial[]): Promise<Matrix['tried']> {
  const tried: Matrix['tried'][number][] = [];
  let place: FaultPlace | null = null;
  try {
    for (const trial of trials) {
      const { meets, nth, blind, fixable } = trial;
      place ??= await openPlace(wired, fixable);
      tried.push({ ...(await tryFault(place, trial)), meets, nth, blind });
      if (place.isUntouched()) continue;
      await place.lab.stop();
      place = null;
    }
  } finally {
    await place?.lab.stop();
  }
  return tried;
}

/** Each trial prepared and confirmed; each line is as it was written, and each plan's last step is in it. */
function auditFaults({ storage }: Wired, tried: readonly Tried[]): readonly string[] {
  const { lines, broken } = storage.audit.verify();
  const steps = storage.audit.lines().map(({ entry }) => entry.step);
  const count = (step: string): number => steps.filter((each) => each === step).length;
  const ends = count('applied') + count('failed') + count('refused') + count('undone');
  return [
    ...(broken === null ? [] : [`Line ${broken} of ${lines} of the audit does not fit.`]),
    ...(count('prepared') >= tried.length && ends >= tried.length ? [] : [`The audit has too few lines: ${steps.length}.`]),
  ];
}

function leaks(secrets: readonly string[], texts: readonly string[]): readonly string[] {
  return secrets
    .filter((secret) => texts.some((text) => text.includes(secret)))
    .map((secret) => `A secret is in sight: ${secret.slice(0, 4)}…`);
}

function everyByte(stateDir: string): string {
  return readdirSync(stateDir)
    .map((file) => readFileSync(join(stateDir, file), 'latin1'))
    .join('');
}

/** Everything that is not as it should be, in sentences. */
export function faultsFound({ tried, wrong }: Matrix): readonly string[] {
  const all = tried.flatMap((one) => {
    const where = `${inWords(one.fault)}, met by the ${one.meets}'s write ${one.nth}${one.blind ? ', and nothing could be read' : ''}`;
    const counted = one.lost + one.doubled === 0 ? [] : [`${one.lost} lost, ${one.doubled} doubled`];
    return [...counted, ...one.wrong].map((says) => `${where}: ${says}`);
  });
  return [...all, ...wrong];
}
