// Walks src/causes, so that a folder that nobody registered is found.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../../src/causes/contract.ts';

export const causesDir = join(import.meta.dirname, '../../src/causes');

export const causeFolders: readonly string[] = readdirSync(causesDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export async function scenariosOf(folder: string): Promise<readonly Scenario[]> {
  const module = (await import(`../../src/causes/${folder}/scenarios.ts`)) as { scenarios: readonly Scenario[] };
  return module.scenarios;
}

export function pageOf(folder: string): string {
  return readFileSync(join(causesDir, folder, 'readme.md'), 'utf8');
}
