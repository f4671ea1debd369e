import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLabEngine } from '../harness/lab-engine.ts';
import { plainScript } from './plain-script.ts';
import { median, ms, type Row, row } from './row.ts';

const estates = join(import.meta.dirname, '../../src/lab/estates');
/** Added to each ARM answer, so that the figures are about the order of the questions and not about this machine. */
const delayMs = 50;

interface Incident {
  readonly cause: string | null;
  readonly request: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };
}

export async function benchIncidents(): Promise<readonly Row[]> {
  const incidents = JSON.parse(readFileSync(join(estates, 'contoso.incidents.json'), 'utf8')) as Incident[];
  const rows: Row[] = [];
  const room = await openLabEngine({
    estate: join(estates, 'contoso.json'),
    delayMs,
    buckets: { reads: { size: 1e6, refillPerSecond: 1e6 }, writes: { size: 1e6, refillPerSecond: 1e6 } },
  });
  for (const { cause, request } of incidents) {
    if (cause === null) continue;
    const paste = await callAndPaste(room.lab.gatewayUrl, request);
    const { diagnosis } = await room.engine.ask({ paste });
    const ours = await median(3, () => room.engine.ask({ paste }));
    const key = Object.values(request.headers)[0] ?? null;
    const from = room.lab.requests.length;
    const plain = await median(1, () => plainScript(room.lab, request.path, key));
    const plainCalls = room.lab.requests.length - from;
    const { reads, listSecrets } = diagnosis.arm;
    rows.push(
      row(
        `${cause} (headline ${diagnosis.headline === cause ? 'right' : `WRONG: ${diagnosis.headline}`})`,
        `${reads} reads + ${listSecrets} listSecrets, ${ms(ours)}; plain script ${plainCalls} calls, ${ms(plain)}: ${(plain / ours).toFixed(1)} times as long`,
        'at most 12 reads',
      ),
    );
  }
  await room.close();
  return [row(`incidents of the default estate, ${delayMs} ms added to each ARM answer`, `${rows.length} incidents`), ...rows];
}

/** Calls the gateway and writes down what curl -v would show. */
export async function callAndPaste(gateway: string, { method, path, headers }: Incident['request']): Promise<string> {
  const answer = await fetch(`${gateway}${path}`, { method, headers: { ...headers } });
  const body = await answer.text();
  const request = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${new URL(gateway).host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
  ];
  const response = [
    `HTTP/1.1 ${answer.status} ${answer.statusText}`,
    ...[...answer.headers].map(([name, value]) => `${name}: ${value}`),
    '',
  ];
  return [...request.map((line) => `> ${line}`), ...response.map((line) => `< ${line}`), body].join('\n');
}
