// `npm run scoreboard`: how often Locksmith is right, on pastes that are labelled and on the scenarios of every cause.
// `-- --corpus FILE` scores any file in the corpus's form instead of the project's own pastes; `-- --misses` names each miss.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { causes } from '../../src/causes/catalogue.ts';
import { type LabelledPaste, score } from '../corpus/score.ts';
import { scenariosOf } from '../harness/cause-folders.ts';
import { estatesOf, pasteOf } from '../harness/healthy-estate.ts';
import { openLabEngine } from '../harness/lab-engine.ts';
import { add, type Tally, table, tally } from './tally.ts';

const { values } = parseArgs({ options: { corpus: { type: 'string' }, misses: { type: 'boolean' } } });
const corpus = values.corpus ?? join(import.meta.dirname, '../corpus/own-pastes.json');

const pastes = readCorpus(corpus);
const layers = new Map<string, Tally>();
for (const paste of pastes) {
  const { layerAndCode, misses } = score([paste]);
  const unknown = paste.expected.layer !== 'unknown' && misses.some((miss) => miss.includes('layer is unknown'));
  add(layers, paste.expected.layer, layerAndCode === 1 ? 'right' : unknown ? 'unknown' : 'wrong');
}
const whole = score(pastes);
console.log(`Pastes: ${corpus}\n`);
console.log(table('layer', layers));
console.log(`layer and code ${whole.layerAndCode} of ${whole.total}, all fields ${whole.allFields} of ${whole.total}\n`);
if (values.misses) for (const miss of whole.misses) console.log(miss);

const perCause = new Map<string, Tally>(causes.map(({ rule }) => [rule.id, tally()]));
let scenarios = 0;
let exact = 0;
for (const { rule } of causes) {
  const folder = rule.id;
  for (const scenario of await scenariosOf(folder)) {
    const room = await openLabEngine({ estate: estatesOf(scenario) });
    const { diagnosis } = await room.engine.ask({
      paste: pasteOf(scenario),
      ...(scenario.keyPrefix ? { keyPrefix: scenario.keyPrefix } : {}),
    });
    await room.close();
    scenarios += 1;
    const { confirmed, suspected = [], unknown = [] } = scenario.expect;
    let allRight = true;
    for (const { cause, outcome } of diagnosis.verdicts) {
      const wanted = confirmed.includes(cause) ? 'confirmed' : suspected.includes(cause) ? 'suspected' : 'neither';
      const said = outcome === 'confirmed' || outcome === 'suspected' ? outcome : 'neither';
      if (wanted === said && wanted === 'neither' && cause !== folder) continue;
      const honest = wanted !== 'neither' && outcome === 'unknown';
      const right = wanted === said && (!unknown.includes(cause) || outcome === 'unknown');
      add(perCause, cause, right ? 'right' : honest ? 'unknown' : 'wrong');
      allRight &&= right;
      if (!right && values.misses) console.log(`${folder}: ${scenario.name}: ${cause} is ${outcome}, expected ${wanted}`);
    }
    if (allRight) exact += 1;
  }
}
console.log(table('cause', perCause));
console.log(`${causes.length} causes, ${scenarios} scenarios, ${exact} with the exact set of causes`);
process.exit(0);

function readCorpus(file: string): readonly LabelledPaste[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(parsed)) return parsed as readonly LabelledPaste[];
  } catch {
    // Said below, for both reasons.
  }
  console.error(
    `${file} is not a readable JSON array of pastes ({ id, paste, expected: { layer, code, host, api_path, header_name, status } }).`,
  );
  process.exit(2);
}
