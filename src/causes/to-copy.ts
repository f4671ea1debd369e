// What a remedy is made of: commands of one line that a POSIX shell takes as they are, and snippets of policy. Nothing here holds a secret,
// and no command prints one without saying so. What is not known stands in capitals.
import type { Copy } from './contract.ts';

/** One word of a command line, quoted where a shell would read more into it. Control characters have no place in a line to copy. */
export function word(text: string): string {
  const line = [...text].filter((character) => character >= ' ' && character !== '\u007f').join('');
  return /^[\w@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

export function az(...words: readonly string[]): string {
  return ['az', ...words.map(word)].join(' ');
}

export type Method = 'get' | 'patch' | 'post' | 'put' | 'delete';

/** A call of ARM: `az rest` puts the cloud's own endpoint before a path. A change says which version it is for: any. */
export function azRest(method: Method, armId: string, body?: unknown, apiVersion = '2024-05-01'): string {
  const given = body === undefined ? [] : ['--body', typeof body === 'string' ? body : JSON.stringify(body)];
  const header = method === 'patch' || method === 'delete' ? ['--headers', 'If-Match=*'] : [];
  return az('rest', '--method', method, '--uri', `${armId}?api-version=${apiVersion}`, ...header, ...given);
}

export function command(text: string, decides: string): Copy {
  return { what: 'command', text, decides };
}

export function policy(text: string, decides: string): Copy {
  return { what: 'policy', text, decides };
}

/** Text as it may stand in an attribute or element of a policy. */
export function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** ARM id of the service, with capitals where it is not known. */
export function serviceOr(serviceId: string | null): string {
  return serviceId ?? '/subscriptions/THE-SUBSCRIPTION/resourceGroups/THE-GROUP/providers/Microsoft.ApiManagement/service/THE-SERVICE';
}

/** `--name NAME --resource-group GROUP --subscription ID` of any Azure resource. */
export function named(armId: string): readonly string[] {
  const [, subscription = 'THE-SUBSCRIPTION', group = 'THE-GROUP'] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(armId) ?? [];
  const name = /\/providers\/[^/]+\/[^/]+\/([^/]+)/i.exec(armId)?.[1] ?? 'THE-NAME';
  return ['--name', name, '--resource-group', group, '--subscription', subscription];
}

/** Whoever owns the service, for what concerns it as a whole. */
export const serviceOwner = 'The owner of the API Management service decides: it concerns every API of it.';
