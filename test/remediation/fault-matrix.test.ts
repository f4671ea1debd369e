// Every fix of the registry under every fault that a write can meet, without a line from its author: one write, and the truth about it.
import type { Scenario } from '../../src/causes/contract.ts';
import { faultsFound, runMatrix } from '../harness/fault-matrix.ts';
import { writeFaults } from '../harness/faults.ts';
import { allFixables } from '../harness/fixables.ts';

// For a loaded machine.
jest.setTimeout(120_000);

// Jest wants its cases before anything asynchronous; the scenario modules are plain data.
const load = (cause: string): readonly Scenario[] =>
  (require(`../../src/causes/${cause}/scenarios.ts`) as { scenarios: readonly Scenario[] }).scenarios;

it.each(allFixables(load))('$name', async (fixable) => {
  const matrix = await runMatrix(fixable, ['fix']);

  expect(faultsFound(matrix)).toEqual([]);
  expect(matrix.tried.length).toBeGreaterThanOrEqual(writeFaults.length);
});
