// One fix of each kind of change, where more goes wrong: Azure cannot be read either, or it is the undo that meets the fault.
import type { Scenario } from '../../src/causes/contract.ts';
import { faultsFound, runMatrix } from '../harness/fault-matrix.ts';
import { allFixables, onePerKind } from '../harness/fixables.ts';

// For a loaded machine.
jest.setTimeout(120_000);

const load = (cause: string): readonly Scenario[] =>
  (require(`../../src/causes/${cause}/scenarios.ts`) as { scenarios: readonly Scenario[] }).scenarios;

it.each(onePerKind(allFixables(load)))('$name', async (fixable) => {
  expect(faultsFound(await runMatrix(fixable, ['fix, blind', 'undo']))).toEqual([]);
});
