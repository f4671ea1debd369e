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
  const [small = '', middle = '', large = ''] = sizes;
  const cold = await median(1, () => parsePaste(middle, hash));
  await median(150, () => parsePaste(middle, hash));
  const times = {
    small: await median(50, () => parsePaste(small, hash)),
    middle: await median(50, () => parsePaste(middle, hash)),
    large: await median(5, () => parsePaste(large, hash)),
  };
  const growth = times.large / large.length / (times.middle / middle.length);
  return [
    row('parser, 1 KB', ms(times.small)),
    row('parser, 28 KB (a log of 220 URLs around one 401)', ms(times.middle), 'under 5 ms'),
    row('parser, 28 KB, the very first paste of a process', ms(cold)),
    row('parser, 1 MB', ms(times.large)),
    row('parser, time per character at 1 MB over 28 KB', `${growth.toFixed(2)} times`, 'about 1: linear'),
  ];
}
