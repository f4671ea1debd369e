// Who asks, by the bearer token. The lab checks no signature: any token will do, and one that has claims says whose it is.
import { isObject, type Json, textOf } from './json.ts';

export interface Caller {
  /** Entra object id, small letters; null when the token has none. */
  readonly oid: string | null;
  /** As the activity log has it: the UPN or SPN claim, whichever there is, else the object id. */
  readonly shown: string;
  readonly name: string | null;
}

/** Whoever has an opaque token. */
const somebody: Caller = { oid: null, shown: 'somebody@contoso.example', name: null };

/** Never throws, and keeps nothing of the token but these three claims. */
export function callerOf(authorization: string | undefined): Caller {
  const claims = claimsOf(authorization?.trim().split(/\s+/)[1] ?? '');
  if (!isObject(claims)) return somebody;
  const [oid, upn, name] = [textOf(claims.oid), textOf(claims.upn) ?? textOf(claims.preferred_username), textOf(claims.name)];
  const shown = upn ?? oid ?? name;
  return shown === null ? somebody : { oid: oid?.toLowerCase() ?? null, shown, name };
}

function claimsOf(token: string): Json {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) return null;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
