// `npm run bench`: what speed and cost are, as ratios within one run and as counts. Aims are printed beside the figures, nothing is asserted.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchBot } from './bot.ts';
import { benchFaults } from './faults.ts';
import { benchIncidents } from './incidents.ts';
import { benchMemory } from './memory.ts';
import { benchParser } from './parser.ts';
import type { Row } from './row.ts';
import { benchStart } from './start.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  parser: benchParser,
  incidents: benchIncidents,
  bot: benchBot,
  memory: benchMemory,
  start: benchStart,
  faults: benchFaults,
};

const rows: Row[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  rows.push(...(await run()));
}

const width = Math.max(...rows.map((row) => row.what.length));
for (const { what, figure, aim } of rows) console.log(`${what.padEnd(width)}  ${figure}${aim === null ? '' : `   (aim: ${aim})`}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
process.exit(0);
