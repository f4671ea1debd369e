// The same answers for somebody who reads a terminal. Names from Azure cannot move the cursor: control characters are dropped.

import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { warningsOf } from '../diagnosis/public-form.ts';
import type { MissingRight, PlanRecord } from '../remediation/plan-record.ts';
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
      if (verdict.fix !== null) lines.push(`  fix: ${verdict.fix.label} (locksmith fix --cause ${verdict.cause})`);
      lines.push('');
    }
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
  return plain([plan.label, ...changes, plan.consequence, ...around, `Undo: ${undo}`, `Needs: ${plan.permission}`].join('\n'));
}

/** What somebody without the right in Azure needs to go on. */
export function missingText({ action, role, grantedBy, portal, azRest }: MissingRight): string {
  return plain([`Missing: ${action}`, `A role that has it: ${role}`, grantedBy, `Portal: ${portal}`, `By hand: ${azRest}`].join('\n'));
}

/** What a new resource is made with; a link has nothing but its id. */
function bodyOf(after: unknown): string {
  const properties = (after as { readonly properties?: unknown } | null)?.properties;
  return properties === undefined ? '' : `\n    properties: ${JSON.stringify(properties)}`;
}

function plain(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
}
