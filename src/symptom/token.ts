// A pasted token is read for the claims that rules compare. It is never verified and never kept.
import type { PastedToken } from './symptom.ts';

/** Null when the text is no token that can be read (cut, encrypted, or not a token at all). */
export function readToken(text: string, line: number): PastedToken | null {
  const [head, body] = text.split('.', 2);
  const claims = decode(body);
  if (claims === null) {
    return null;
  }
  const header = decode(head) ?? {};
  const claimNames = Object.keys(claims)
    .slice(0, 100)
    .map((name) => name.slice(0, 100));
  return {
    line,
    aud: strings(claims.aud),
    iss: string(claims.iss),
    appid: string(claims.appid) ?? string(claims.azp),
    tenant: string(claims.tid),
    version: string(claims.ver),
    scopes:
      string(claims.scp)
        ?.split(' ')
        .filter((scope) => scope !== '')
        .slice(0, 100) ?? [],
    roles: strings(claims.roles),
    exp: number(claims.exp),
    nbf: number(claims.nbf),
    kid: string(header.kid),
    hasNonce: header.nonce !== undefined,
    claimNames,
  };
}

function decode(part: string | undefined): Readonly<Record<string, unknown>> | null {
  if (part === undefined || part.length < 2 || part.length > 65_536) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null; // Not JSON: no token, or a cut one.
  }
}

function string(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 300) : null;
}

function strings(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list
    .filter((item): item is string => typeof item === 'string')
    .slice(0, 100)
    .map((item) => item.slice(0, 300));
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
