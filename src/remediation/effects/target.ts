// What a change is made to, read from its ARM id.
import type { Change } from '../../causes/contract.ts';

export interface Target extends Change {
  /** ARM id of the service. */
  readonly service: string;
  /** ARM id of the service, or of the workspace that the resource is in: where its neighbours are found. */
  readonly home: string;
  readonly workspace: string | null;
  /** The types along the id in lower case, without the workspace: `products/apis`; '' for the service itself or what is not in one. */
  readonly type: string;
  /** The names along the id, in the same order. */
  readonly names: readonly string[];
}

const inService = /^(\/.*\/providers\/Microsoft\.ApiManagement\/service\/[^/]+)((?:\/[^/]+\/[^/]+)*)$/i;

export function targetOf(change: Change): Target {
  const [, service = '', rest = ''] = inService.exec(change.on) ?? [];
  const parts = rest.split('/').filter(Boolean);
  const workspace = parts[0]?.toLowerCase() === 'workspaces' && parts.length > 2 ? (parts[1] ?? null) : null;
  const own = workspace === null ? parts : parts.slice(2);
  return {
    ...change,
    service,
    home: workspace === null ? service : `${service}/workspaces/${workspace}`,
    workspace,
    type: own
      .filter((_, index) => index % 2 === 0)
      .join('/')
      .toLowerCase(),
    names: own.filter((_, index) => index % 2 === 1),
  };
}

/** "the service", or "the workspace sales". */
export function homeOf({ workspace }: Target): string {
  return workspace === null ? 'the service' : `the workspace ${workspace}`;
}
