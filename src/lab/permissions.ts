// Azure's actions: which one a request needs, and whether the estate denies it.
import { type ArmAnswer, armError } from './arm-answer.ts';
import type { Denied } from './estate.ts';

/** The action of a request on `segments` below the service: `Microsoft.ApiManagement/service/apis/products/read`. */
export function actionOf(method: string, segments: readonly string[]): string {
  const isPost = method === 'POST';
  const kept = isPost ? segments.slice(0, -1) : segments;
  const types = kept.filter((_, index) => index % 2 === 0);
  const base = ['Microsoft.ApiManagement/service', ...types].join('/');
  if (isPost) return `${base}/${segments.at(-1) ?? ''}/action`;
  if (method === 'GET' || method === 'HEAD') return `${base}/read`;
  return `${base}/${method === 'DELETE' ? 'delete' : 'write'}`;
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}

function covers(on: string, path: string): boolean {
  const [scope, asked] = [on.toLowerCase().replace(/^\/|\/$/g, ''), path.toLowerCase()];
  return scope === '.' || asked === scope || asked.startsWith(`${scope}/`);
}

/** Whether an entry of `denied` refuses this action on this path below the service. */
export function isDenied(denied: readonly Denied[], action: string, path: string): boolean {
  return denied.some((entry) =>
    typeof entry === 'string' ? matches(entry, action) : matches(entry.action, action) && covers(entry.on, path),
  );
}

const client = '00000000-0000-4000-8000-0000000000c1';
const objectId = '00000000-0000-4000-8000-0000000000b1';

/** ARM's 403, in its own words. `oid`: whose token it was, where it says so. */
export function authorizationFailed(action: string, scope: string, oid: string | null = null): ArmAnswer {
  return armError(
    403,
    'AuthorizationFailed',
    `The client '${client}' with object id '${oid ?? objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    { 'x-ms-failure-cause': 'gateway' },
  );
}
