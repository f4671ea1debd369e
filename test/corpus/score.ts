// Scores the parser on a file of labelled pastes: `node test/corpus/score.ts FILE`. Exit 1 under 97 % layer and code, or 95 % of all fields.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parsePaste } from '../../src/symptom/parse-paste.ts';

export interface LabelledPaste {
  readonly id: string;
  readonly paste: string;
  readonly expected: {
    readonly layer: string;
    readonly code: string;
    readonly host: string | null;
    readonly api_path: string | null;
    readonly header_name: string | null;
    readonly status: number | null;
  };
}

export interface Score {
  readonly total: number;
  readonly layerAndCode: number;
  readonly allFields: number;
  readonly misses: readonly string[];
}

export function score(pastes: readonly LabelledPaste[]): Score {
  let layerAndCode = 0;
  let allFields = 0;
  const misses: string[] = [];
  for (const { id, paste, expected } of pastes) {
    const { symptom } = parsePaste(paste, (text) => createHash('sha256').update(text).digest('hex'));
    const { layer, code, host, apiPath, headerName, status } = symptom;
    const actual = { layer, code, host, api_path: apiPath, header_name: headerName, status };
    const wrong = (Object.keys(actual) as (keyof typeof actual)[]).filter((name) => actual[name] !== expected[name]);
    if (!wrong.includes('layer') && !wrong.includes('code')) layerAndCode += 1;
    if (wrong.length === 0) allFields += 1;
    else misses.push(`${id}: ${wrong.map((name) => `${name} is ${actual[name]}, expected ${expected[name]}`).join('; ')}`);
  }
  return { total: pastes.length, layerAndCode, allFields, misses };
}

function main(file: string): number {
  const result = score(JSON.parse(readFileSync(file, 'utf8')) as readonly LabelledPaste[]);
  for (const miss of result.misses) process.stdout.write(`${miss}\n`);
  process.stdout.write(`layer+code ${result.layerAndCode}/${result.total}, all fields ${result.allFields}/${result.total}\n`);
  return result.layerAndCode / result.total < 0.97 || result.allFields / result.total < 0.95 ? 1 : 0;
}

if (process.argv[1]?.endsWith('score.ts') === true) {
  const file = process.argv[2];
  if (file === undefined) process.stderr.write('usage: node test/corpus/score.ts FILE\n');
  process.exitCode = file === undefined ? 2 : main(file);
}
