// What somebody whom Azure refused needs to go on: the role, who grants it, the place in the portal, and the same change for a terminal.
// Roles: learn.microsoft.com/azure/role-based-access-control/built-in-roles (Integration; Privileged).

import type { MissingRight, PlannedChange } from '../remediation/plan-record.ts';
import { isSealed } from '../snapshot/sealed.ts';
import { isPolicyText, requestFor } from './arm-change.ts';
import { apiVersion } from './arm-http.ts';

/**
 * `change` as it is shown, with the planned ETag: its secrets are fingerprints, and are not printed as if they were values.
 * `armEndpoint`: `https://management.azure.com` or that of another cloud. `tenant`: the directory that the portal opens in.
 */
export function missingRight(action: string, change: PlannedChange, armEndpoint: string, tenant: string | null = null): MissingRight {
  const service = serviceOf(change.on);
  return {
    action,
    role: /^Microsoft\.ApiManagement\/service(\/|$)/i.test(action) ? 'API Management Service Contributor' : 'Contributor',
    grantedBy: `An Owner, a User Access Administrator or a Role Based Access Control Administrator of ${service.name}, of its resource group or of its Azure subscription can grant it.`,
    portal: encodeURI(`${portalOf(armEndpoint)}/#${tenant === null ? '' : `@${tenant}/`}resource${service.id}`),
    azRest: isPolicyText(change) ? inThePortal(change) : azRest(change, armEndpoint),
  };
}

/** The portal has no page of its own for what is inside a service. */
function serviceOf(armId: string): { readonly id: string; readonly name: string } {
  const id = /^.*?\/providers\/Microsoft\.ApiManagement\/service\/[^/]+/i.exec(armId)?.[0] ?? armId;
  return { id, name: id.split('/').at(-1) ?? id };
}

function portalOf(armEndpoint: string): string {
  const { hostname } = new URL(armEndpoint);
  if (hostname.endsWith('usgovcloudapi.net')) return 'https://portal.azure.us';
  return hostname.endsWith('chinacloudapi.cn') ? 'https://portal.azure.cn' : 'https://portal.azure.com';
}

/** One line for a POSIX shell: what would have been sent. */
function azRest(change: PlannedChange, armEndpoint: string): string {
  const { method, path, body, ifMatch } = requestFor(change);
  const url = new URL(path, armEndpoint);
  url.searchParams.set('api-version', apiVersion);
  const parts = ['az rest --method', method.toLowerCase(), '--uri', quoted(url.href)];
  if (ifMatch !== undefined) parts.push('--headers', quoted(`If-Match=${ifMatch}`));
  // What is no JSON is refused by ARM, so that the line does no harm where somebody runs it as it is.
  if (body !== undefined) parts.push('--body', quoted(isHidden(body) ? notShown : JSON.stringify(body)));
  return parts.join(' ');
}

const notShown = '<holds a value that is not shown here: make this change in the portal>';

/** A fingerprint or a sealed value somewhere inside, or a name under which only a secret can stand. */
function isHidden(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('…') || value.includes('(fingerprint ');
  if (typeof value !== 'object' || value === null) return false;
  if (isSealed(value)) return true;
  return Object.entries(value).some(
    ([name, inner]) => isHidden(inner) || (typeof inner === 'string' && /^(primaryKey|secondaryKey|clientSecret|password)$/i.test(name)),
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const mostLines = 30;

/** A whole document is no line for a terminal: the lines that differ, as comments, which a shell leaves alone. */
function inThePortal({ on, before, after }: PlannedChange): string {
  const [gone, come] = differing(linesOf(before), linesOf(after));
  const lines = [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)];
  const more = lines.length > mostLines ? [`... and ${lines.length - mostLines} lines more`] : [];
  const what = `A policy document is no line for a terminal. In the portal, open the policy editor of ${placeOf(on)} and change:`;
  return [what, ...lines.slice(0, mostLines), ...more].map((line) => `# ${line}`).join('\n');
}

function placeOf(policyId: string): string {
  return policyId.replace(/^.*\/service\/[^/]+\/?/i, '').replace(/\/?policies\/policy$/i, '') || 'All APIs';
}

function linesOf(text: unknown): string[] {
  return typeof text === 'string' ? text.split(/\r\n|[\r\n\u2028\u2029]/) : [];
}

/** What is left of both without the lines that they begin and end with alike. */
function differing(before: readonly string[], after: readonly string[]): readonly [readonly string[], readonly string[]] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}
