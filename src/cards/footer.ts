// The small print: what was ruled out, what could not be read, what looking cost.
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Limits } from './fit.ts';
import { plain } from './plain.ts';

/** One to four short lines. */
export function footer({ service, verdicts, scanned, partial, arm, ms }: Diagnosis, limits: Limits): readonly string[] {
  const ruledOut = verdicts.filter(({ outcome }) => outcome === 'ruled-out');
  // Without a service nothing could be checked, and the answer says so.
  const unread = service === null ? [] : verdicts.filter(({ outcome }) => outcome === 'unknown');
  const lines: string[] = [];
  if (ruledOut.length > 0) lines.push(`Ruled out: ${ruledOut.length} of ${verdicts.length} known causes.`);
  if (unread.length > 0) {
    const named = unread.slice(0, Math.min(limits.items, 4)).map(({ title }) => title.charAt(0).toLowerCase() + title.slice(1));
    const left = unread.length - named.length;
    lines.push(plain(`Could not check ${unread.length}: ${named.join('; ')}${left === 0 ? '' : `; and ${left} more`}.`, limits.chars));
  }
  if (partial) lines.push('Not everything could be read, so this may not be the whole story.');
  lines.push(cost({ scanned, arm, ms }));
  return lines;
}

function cost({ scanned, arm, ms }: Pick<Diagnosis, 'scanned' | 'arm' | 'ms'>): string {
  const time = ms < 950 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
  if (arm.reads === 0 && arm.listSecrets === 0) return `Took ${time}; nothing had to be read from Azure.`;
  const keys = scanned.of === 0 ? '' : `, the keys of ${scanned.subscriptions} of ${scanned.of} subscriptions`;
  const slowed = arm.throttled === 0 ? '' : ' Azure asked me to slow down.';
  return `Took ${time}: ${arm.reads} ${arm.reads === 1 ? 'read' : 'reads'} from Azure${keys}.${slowed}`;
}
