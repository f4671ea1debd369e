// The same answers for somebody who reads a terminal. Names from Azure cannot move the cursor: control characters are dropped.

import { serviceWords } from '../cards/place.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { warningsOf } from '../diagnosis/public-form.ts';
import type { MissingRight, PlanRecord } from '../remediation/plan-record.ts';
import { diffLines, hunksOf } from '../remediation/text-diff.ts';
import type { Symptom } from '../symptom/symptom.ts';

export function symptomText(symptom: Symptom): string {
  const rows: readonly (readonly [string, string | number | null])[] = [
    ['Sent by', symptom.layer],
    ['Says', symptom.code],
    ['Status', symptom.status],
    ['Host', symptom.host],
    ['API path', symptom.apiPath],
    ['Header', symptom.headerName],
    ['Method', symptom.method],
    ['URL', symptom.url],
    ['Keys', symptom.keys.map((key) => `${key.shown} (${key.where})`).join(', ') || null],
  ];
  return plain(rows.map(([name, value]) => `${name.padEnd(9)} ${value ?? '-'}`).join('\n'));
}

export function diagnosisText(diagnosis: Diagnosis): string {
  const lines = [diagnosis.answer.says, ''];
  for (const outcome of ['confirmed', 'suspected', 'unknown'] as const) {
    for (const verdict of diagnosis.verdicts.filter((one) => one.outcome === outcome)) {
      lines.push(
        `${outcome}: ${verdict.cause}${verdict.cause === diagnosis.headline ? '  <- act on this first' : ''}`,
        `  ${verdict.says}`,
      );
      for (const { at, observed, expected } of verdict.evidence) lines.push(`  at ${at}`, `     saw ${observed}; expected ${expected}`);
      for (const offer of [verdict.fix, ...verdict.otherFixes]) {
        if (offer !== null) lines.push(`  fix: ${offer.label} (locksmith fix --cause ${offer.cause})`);
      }
      if (verdict.copy !== null) {
        lines.push(
          `  to copy (${verdict.copy.what}): ${verdict.copy.decides}`,
          ...verdict.copy.text.split('\n').map((line) => `    ${line}`),
        );
      }
      lines.push('');
    }
  }
  if (diagnosis.rotation !== null) {
    const { first, second } = diagnosis.rotation;
    lines.push(`A whole key was pasted. To replace it in the safe order:`);
    for (const { label, cause } of [first, second]) lines.push(`  ${label} (locksmith fix --cause ${cause})`);
    lines.push('');
  }
  const ruledOut = diagnosis.verdicts.filter((one) => one.outcome === 'ruled-out').map((one) => one.cause);
  if (ruledOut.length > 0) lines.push(`ruled out: ${ruledOut.join(', ')}`, '');
  lines.push(...diagnosis.answer.next.map((step) => `Next: ${step}`), '');
  lines.push(...warningsOf(diagnosis).map((warning) => `Note: ${warning}`));
  const { reads, listSecrets, throttled } = diagnosis.arm;
  const scanned = `${diagnosis.scanned.subscriptions} of ${diagnosis.scanned.of} subscriptions compared`;
  lines.push(
    `${diagnosis.service ?? 'no service'}; ${reads} reads, ${listSecrets} listSecrets, ${throttled} throttled; ${scanned}; ${diagnosis.ms} ms`,
  );
  return plain(lines.join('\n'));
}

export function planText(plan: PlanRecord): string {
  const changes = plan.shown.map(({ on, field, before, after }) => {
    if (field === '') return `  ${before === null ? 'create' : 'delete'} ${on}${bodyOf(after)}`;
    if (field.startsWith('!')) return `  ${on}\n    runs ${field.slice(1)}`;
    if (isDocument(before, after)) return [`  ${on}`, ...diffText(before, after)].join('\n');
    return `  ${on}\n    ${field}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  });
  const { impact } = plan;
  const undo = plan.undo ?? impact?.noWayBack ?? 'There is none.';
  const around =
    impact === null
      ? []
      : [
          ...impact.affects.map((says) => `Who else notices: ${says}`),
          `Wider access: ${impact.wider ?? 'No.'}`,
          ...(impact.asCode === null ? [] : [`Careful: ${impact.asCode.says}`, impact.asCode.patch]),
        ];
  return plain(
    [
      plan.label,
      `Service: ${serviceWords(plan.service)}`,
      ...changes,
      plan.consequence,
      ...around,
      `Undo: ${undo}`,
      `Needs: ${plan.permission}`,
    ].join('\n'),
  );
}

/** What somebody without the right in Azure needs to go on. */
export function missingText({ action, role, grantedBy, portal, azRest }: MissingRight): string {
  return plain([`Missing: ${action}`, `A role that has it: ${role}`, grantedBy, `Portal: ${portal}`, `By hand: ${azRest}`].join('\n'));
}

function isDocument(before: unknown, after: unknown): before is string {
  return typeof before === 'string' && typeof after === 'string' && (before.includes('\n') || after.includes('\n'));
}

/** Of a document the lines that differ, with two around them. */
function diffText(before: string, after: unknown): readonly string[] {
  const hunks = hunksOf(diffLines(before, String(after)), 2);
  if (hunks.length === 0) return ['    saved again, unchanged'];
  const mark = { same: ' ', removed: '-', added: '+' } as const;
  return hunks.flat().map(({ kind, text, before: old, after: now }) => `    ${String(now ?? old).padStart(4)} ${mark[kind]} ${text}`);
}

/** What a new resource is made with; a link has nothing but its id. */
function bodyOf(after: unknown): string {
  const properties = (after as { readonly properties?: unknown } | null)?.properties;
  return properties === undefined ? '' : `\n    properties: ${JSON.stringify(properties)}`;
}

function plain(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
}
