// Writes the lab's traffic of every practice incident, with its fix applied and undone, for Microsoft's validator: node test/ci/lab-traffic.ts FILE
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callAndPaste } from '../bench/incidents.ts';
import { openLabEngine } from '../harness/lab-engine.ts';
import { mend, takeBack } from '../harness/press-through.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file to write.');

const estates = join(import.meta.dirname, '../../src/lab/estates');
const incidents = JSON.parse(readFileSync(join(estates, 'contoso.incidents.json'), 'utf8')) as {
  readonly cause: string | null;
  readonly request: Parameters<typeof callAndPaste>[1];
}[];
const press = { who: { id: 'ci', name: 'CI', tenant: null }, conversation: null };
let fixed = 0;

const room = await openLabEngine({ estate: join(estates, 'contoso.json'), trafficFile: file });
const { remediation } = room.engine;
for (const { cause, request } of incidents) {
  const { diagnosis, offers } = await room.engine.ask({ paste: await callAndPaste(room.lab.gatewayUrl, request) });
  for (const { changes, ...offer } of offers.values()) {
    if (diagnosis.service === null) continue;
    const plan = await remediation.offer({ ...press, ...offer, shown: changes, symptom: diagnosis.symptom, service: diagnosis.service });
    const applied = await mend(remediation, plan.id, press);
    if (applied.kind !== 'applied') throw new Error(`${cause}: ${applied.says}`);
    fixed += 1;
    if (offer.undo !== null) await takeBack(remediation, plan.id, press);
  }
}
console.log(`${incidents.length} incidents, ${fixed} fixes, ${room.lab.requests.length} requests in ${file}`);
await room.close();
process.exit(0);
