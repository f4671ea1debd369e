// Reading a subscription's scope by its shape. Legal are the service, `/apis`, `/apis/{id}` and `/products/{id}`, the last three also in a workspace
// (field guide, b.9 and b.12). ARM refuses most malformed ones, but some slip through and then no call with the key ever passes.
import type { ScopeTarget } from './snapshot.ts';

export function readScope(scope: string, serviceId: string): ScopeTarget {
  const own = scope.toLowerCase().startsWith(serviceId.toLowerCase());
  const tail = own ? scope.slice(serviceId.length) : scope;
  if (tail === '' || tail === '/') return own ? { kind: 'service' } : malformed('it is empty', null);
  if (!own && tail.toLowerCase().startsWith('/subscriptions/')) return malformed('it names another service', null);

  const [, workspace = null, rest = ''] = /^(?:\/workspaces\/([^/]+))?(\/.*)?$/i.exec(tail) ?? [null, null, tail];
  const repeated = /^\/(apis|products)\/{1,2}subscriptions\/.*\/(apis|products)\/([^/]+)$/i.exec(rest);
  if (repeated) return malformed('a whole resource id stands where only a name belongs', meant(repeated[2], repeated[3]));
  if (/^\/apis\/?$/i.test(rest)) return { kind: 'all-apis', workspace };

  const [, kind, name] = /^\/(apis|products)\/([^/]+)$/i.exec(rest) ?? [];
  if (kind === undefined || name === undefined)
    return malformed('it is none of /apis, /apis/{api}, /products/{product}', looseMeaning(rest));
  if (name.includes(';'))
    return malformed(
      `it names a revision (${name.slice(name.indexOf(';'))}), and keys belong to an API, not to a revision`,
      meant(kind, name),
    );
  return { kind: kind.toLowerCase() === 'apis' ? 'api' : 'product', name, workspace };
}

type Meant = Extract<ScopeTarget, { kind: 'malformed' }>['meant'];

function malformed(why: string, intended: Meant): ScopeTarget {
  return { kind: 'malformed', why, meant: intended };
}

function meant(kind: string | undefined, name: string | undefined): Meant {
  const clean = name?.split(';')[0] ?? '';
  return clean === '' ? null : { kind: kind?.toLowerCase() === 'products' ? 'product' : 'api', name: clean };
}

// `apis/echo`, `/apis//echo`, `/apis/echo/`, `/api/echo`: the only entity that is named is the one that was meant.
function looseMeaning(tail: string): Meant {
  const [, kind, name] = /^\/*(apis?|products?)\/+([^/]+)\/*$/i.exec(tail) ?? [];
  return kind === undefined ? null : meant(kind.toLowerCase().startsWith('product') ? 'products' : 'apis', name);
}
