// What to commit where a pipeline publishes the service: neutral, so that it can be carried into Bicep, Terraform or APIOps by reading it.
import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../causes/contract.ts';
import { nameOf } from '../snapshot/resolve-service.ts';
import { type Target, targetOf } from './effects/target.ts';
import { diffLines, hunksOf } from './text-diff.ts';

/** Lines of the whole patch; a preview is no place for a whole document. */
const mostLines = 120;

/** A text like a unified diff, a part for each resource; '' when nothing is changed that a repository would hold. */
export function patchOf(changes: readonly Change[]): string {
  const parts = changes
    .filter(({ field, before, after }) => !field.startsWith('!') && !isDeepStrictEqual(before, after))
    .map((change) => [...headOf(targetOf(change)), ...linesOf(change)]);
  const lines = parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]));
  const left = lines.length - mostLines;
  return (left > 1 ? [...lines.slice(0, mostLines), `… and ${left} more lines`] : lines).join('\n');
}

function headOf(target: Target): readonly string[] {
  const { service, on } = target;
  const parts = on.slice(service.length).split('/').filter(Boolean);
  const types = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  const type = ['Microsoft.ApiManagement/service', ...types].join('/');
  const file = fileOf(target);
  return [`${type} ${[nameOf(service), ...names].join('/')}`, ...(file === null ? [] : [`APIOps: ${file}`])];
}

/** Where APIOps keeps it (Azure/apiops and Azure/apiops-cli, "Artifact directory format"); null where it keeps nothing, or in a workspace. */
function fileOf({ type, names, workspace }: Target): string | null {
  const [first = '', second = ''] = names;
  if (workspace !== null) return null;
  switch (type) {
    case 'subscriptions':
      return `subscriptions/${first}/subscriptionInformation.json`;
    case 'apis':
      return `apis/${first}/apiInformation.json`;
    case 'apis/operations':
      return `apis/${first}/specification.yaml (or .json)`;
    case 'products/apis':
      return `products/${first}/apis.json, or products/${first}/apis/${second}/productApiInformation.json`;
    case 'gateways/apis':
      return `gateways/${first}/apis.json, or gateways/${first}/apis/${second}/gatewayApiInformation.json`;
    case 'policies':
      return 'policy.xml';
    case 'products/policies':
      return `products/${first}/policy.xml`;
    case 'apis/policies':
      return `apis/${first}/policy.xml`;
    case 'apis/operations/policies':
      return `apis/${first}/operations/${second}/policy.xml`;
    default:
      return null;
  }
}

function linesOf(change: Change): readonly string[] {
  const { field, before, after } = change;
  const { type, names } = targetOf(change);
  if (type === 'products/apis' || type === 'gateways/apis')
    return [`${after === null ? '-' : '+'} { "name": ${JSON.stringify(names[1] ?? '')} }`];
  if (typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n')) return unified(before, after);
  if (field === '') return unified(before === null ? '' : pretty(propertiesOf(before)), after === null ? '' : pretty(propertiesOf(after)));
  return unified(fieldText(field, before), fieldText(field, after));
}

/** The differing lines, two around them, and where each run begins. */
function unified(before: string, after: string): readonly string[] {
  const marks = { same: ' ', removed: '-', added: '+' };
  const hunks = hunksOf(diffLines(before, after), 2);
  const isWhole = before === '' || after === '';
  return hunks.flatMap((hunk) => {
    const start = hunk[0]?.after ?? hunk[0]?.before ?? 1;
    const lines = hunk.filter(({ text }) => !isWhole || text !== '').map(({ kind, text }) => `${marks[kind]} ${text.replace(/\r$/, '')}`);
    return start <= 1 ? lines : [`@@ line ${start} @@`, ...lines];
  });
}

/** `"state": "active"`; a nested field with what it is in. A value that is not there has no line. */
function fieldText(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  const path = field.split('.').filter((part, index) => index > 0 || part !== 'properties');
  return pretty(path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value));
}

/** The fields of an object as JSON, without the braces around them. */
function pretty(value: unknown): string {
  const lines = JSON.stringify(value, null, 2).split('\n');
  return lines.length < 3
    ? lines.join('\n')
    : lines
        .slice(1, -1)
        .map((line) => line.slice(2))
        .join('\n');
}

function propertiesOf(resource: unknown): unknown {
  return (resource as { properties?: unknown } | null)?.properties ?? resource;
}
