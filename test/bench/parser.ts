import { calledWith } from '../../src/causes/sample-pastes.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';
import { median, ms, type Row, row } from './row.ts';

const hash = (text: string): string => String(text.length);

/** A log with one 401 in its middle, of about this many characters. */
function logWith401(size: number): string {
  const line =
    '2026-11-20T08:59:58.120Z info request 7c9e6679 GET https://contoso.azure-api.net/echo/resource?x=1 took 12 ms, status 200\n';
  const half = line.repeat(Math.max(0, Math.floor(size / 2 / line.length)));
  return `${half}${calledWith('Ocp-Apim-Subscription-Key: a10fa10fa10fa10fa10fa10fa10fa10f')}\n${half}`;
}

export async function benchParser(): Promise<readonly Row[]> {
  const sizes = [1_000, 28_000, 1_000_000].map((size) => logWith401(size));
  for (const text of sizes) parsePaste(text, hash);
  const [small, middle, large] = [
    await median(50, () => parsePaste(sizes[0] ?? '', hash)),
    await median(20, () => parsePaste(sizes[1] ?? '', hash)),
    await median(5, () => parsePaste(sizes[2] ?? '', hash)),
  ];
  const growth = large / (sizes[2]?.length ?? 1) / (middle / (sizes[1]?.length ?? 1));
  return [
    row('parser, 1 KB', ms(small)),
    row('parser, 28 KB', ms(middle), 'under 5 ms'),
    row('parser, 1 MB', ms(large)),
    row('parser, time per character at 1 MB over 28 KB', `${growth.toFixed(2)} times`, 'about 1: linear'),
  ];
}
