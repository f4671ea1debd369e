// What an ARM path points at.

export type ArmTarget =
  /** `/subscriptions/S[/resourceGroups/G]/providers/Microsoft.ApiManagement/service` */
  | { readonly kind: 'services'; readonly subscription: string; readonly group: string | null }
  /** The service, and the segments after its name. */
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly subscription: string;
      readonly group: string;
      readonly segments: readonly string[];
    }
  /** A resource of another provider. */
  | { readonly kind: 'foreign'; readonly id: string; readonly provider: string }
  | { readonly kind: 'unknown' };

const services = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/Microsoft\.ApiManagement\/service\/?$/i;
const service = /^(\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ApiManagement\/service\/[^/]+)(\/.*)?$/i;
const provider = /^.*\/providers\/([^/]+)\/.+$/i;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Reads an undecoded URL path. Role assignments and the like below a service belong to their own provider. */
export function readTarget(rawPath: string): ArmTarget {
  const path = decoded(rawPath)?.replace(/(.)\/+$/, '$1');
  if (path === undefined || path === null) return { kind: 'unknown' };
  const list = services.exec(path);
  if (list) return { kind: 'services', subscription: list[1] ?? '', group: list[2] ?? null };
  const own = service.exec(path);
  if (own && !/\/providers\//i.test(own[4] ?? '')) {
    const rawSegments = rawPath.split('/').slice(9);
    const segments = rawSegments
      .map((segment) => decoded(segment) ?? '')
      .filter((segment, index) => segment !== '' || index < rawSegments.length - 1);
    return { kind: 'service', id: own[1] ?? '', subscription: own[2] ?? '', group: own[3] ?? '', segments };
  }
  const other = provider.exec(path);
  if (other) return { kind: 'foreign', id: path, provider: other[1] ?? '' };
  return { kind: 'unknown' };
}
