// What became of the writes when ARM failed in every way: the matrix of test/remediation/fault-matrix.test.ts and fault-undo.test.ts, counted.
import { causes } from '../../src/causes/catalogue.ts';
import type { Scenario } from '../../src/causes/contract.ts';
import { scenariosOf } from '../harness/cause-folders.ts';
import { faultsFound, type Matrix, runMatrix } from '../harness/fault-matrix.ts';
import { inWords, writeFaults } from '../harness/faults.ts';
import { allFixables, type ChangeKind, type Load, onePerKind } from '../harness/fixables.ts';
import { type Row, row } from './row.ts';

const kinds: readonly ChangeKind[] = ['field', 'link', 'whole resource', 'policy', 'action', 'several fields'];

export async function benchFaults(): Promise<readonly Row[]> {
  const fixables = allFixables(await loader());
  const matrices: Matrix[] = [];
  for (const fixable of fixables) matrices.push(await runMatrix(fixable, ['fix']));
  for (const fixable of onePerKind(fixables)) matrices.push(await runMatrix(fixable, ['fix, blind', 'undo']));
  const tried = matrices.flatMap((matrix) => matrix.tried.map((one) => ({ ...one, kind: matrix.kind })));
  const bad = tried.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);
  const wrong = matrices.flatMap(faultsFound);
  return [
    row('faults tried, over every fix', `${tried.length} cases; lost or doubled writes: ${bad}; anything else wrong: ${wrong.length}`, '0'),
    ...writeFaults.map((fault) => {
      const cases = tried.filter((one) => one.fault === fault);
      const counts = kinds.map((kind) => `${kind} ${cases.filter((one) => one.kind === kind).length}`).join(', ');
      return row(inWords(fault), `${counts}; lost or doubled: ${cases.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0)}`, '0');
    }),
  ];
}

async function loader(): Promise<Load> {
  const all = new Map<string, readonly Scenario[]>();
  for (const { rule } of causes) all.set(rule.id, await scenariosOf(rule.id));
  return (cause) => all.get(cause) ?? [];
}
