// Secrets stop at the door: whatever text leaves this folder has been through here. Ids that help people (request ids, ETags,
// ARM ids) stay readable, because a card without them is useless.
import { isKeyName, isSecretParameter } from './key-names.ts';
import { isLiteral, shownOf } from './key-values.ts';

export { isKeyName } from './key-names.ts';

/** What stands before a value of key-like form that is an id. */
const idLabel =
  /(?:session|request|trace|correlation|activity|operation|span|client|tenant|object|message|conversation|thread|run|invocation|transaction|process|machine|instance|event|etag|md5|sha\d{0,3}|hash|commit|digest|checksum|revision|fingerprint|thumbprint|kid|x5t|nonce|boundary)[-_ ]{0,2}(?:id|identifier|key|with|from|match|sum)?["']{0,2}\s{0,3}(?:[:=#|]|is|,)?\s{0,3}["'(W/]{0,4}$|\bid["']{0,2}\s{0,3}[:=#]?\s{0,3}["'(]{0,2}$|if-(?:none-)?match["']{0,2}\s{0,3}:\s{0,3}["'W/]{0,4}$/i;

/** Masks anything that looks like a secret, leaving at most its first four characters. Idempotent. */
export function redact(text: string): string {
  return redactLoose(redactNamed(text));
}

/** A redactor that also masks these exact values, whatever they look like. */
export function redactorFor(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)].filter((secret) => secret.length > 4).toSorted((a, b) => b.length - a.length);
  return (text) => redact(known.reduce((masked, secret) => masked.replaceAll(secret, shownOf(secret)), text));
}

/** Values that stand under a telling name: in a query or connection string, under a header or field, after an authorization scheme. */
function redactNamed(text: string): string {
  const queries = maskAfter(text, /(?<=([?&;\s"']|^))([\w.-]{1,60})=/g, /[^&\s"'<>;#…]+/y, (name, before) =>
    before === '?' || before === '&' ? isSecretParameter(name) : isConnectionSecret(name),
  );
  const named = maskAfter(
    queries,
    /(?<![\w-])()([A-Za-z][\w-]{1,60})["']?\s{0,3}(?:[:=|]|=>|,(?=\s{0,3}["']))\s{0,3}["']?/g,
    /[^\s"',;|&<>{}()[\]…]{4,}/y,
    (name) => isHeaderSecret(name),
  );
  return maskAfter(
    named,
    /\b()(Basic|Bearer|SharedAccessSignature|ApiKey|Token|Key)\s{1,4}["']?/gi,
    /[\w+/.~=&%-]{8,}/y,
    () => true,
    looksSecret,
  );
}

/**
 * Masks the value after each name that is secret. Name and value are found one after the other, because a pattern of both would go back
 * over a long value for each name in it.
 */
function maskAfter(
  text: string,
  names: RegExp,
  values: RegExp,
  isSecret: (name: string, before: string) => boolean,
  accepts: (value: string) => boolean = (value) => !isScheme(value),
): string {
  let result = '';
  let at = 0;
  for (let match = names.exec(text); match !== null; match = names.exec(text)) {
    if (!isSecret(match[2] ?? '', match[1] ?? '')) continue;
    values.lastIndex = names.lastIndex;
    const value = values.exec(text)?.[0];
    if (value === undefined) continue;
    const end = names.lastIndex + value.length;
    if (text[end] !== '…' && accepts(value)) {
      result += text.slice(at, names.lastIndex) + masked(value);
      at = end;
    }
    names.lastIndex = accepts(value) ? end : names.lastIndex;
  }
  return result + text.slice(at);
}

/** Values that look like a secret wherever they stand. */
function redactLoose(text: string): string {
  return text
    .replace(
      /(\b(?:key|secret|token|password)s?(?: (?:provided|used|is|was|value))?\s{0,2}[:=]\s{0,2}["']?)([\w+/.~-]{8,512})(?![\w…])/gi,
      (whole, before: string, value: string) => (looksSecret(value) ? `${before}${masked(value)}` : whole),
    )
    .replace(/(:\/\/[^\s/:@]{1,100}:)[^\s/@]{1,200}@/g, '$1…@')
    .replace(/((?:^|\s)(?:-u|--user)[\s=]{1,3}["']?[^\s:"']{1,100}:)[^\s"'…]{1,200}/g, '$1…')
    .replace(/\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g, masked)
    .replace(/\b(?:sk|pk|rk)-[\w-]{8,}/g, masked)
    .replace(/\b(?:gh[pousr]_|github_pat_|xox[abprs]-|AKIA|AIza)[\w-]{12,}/g, masked)
    .replace(/[\w+/=-]{20,}/g, (run, offset: number) => maskRun(run, text, offset));
}

/** A maximal run of token characters, so that the search stays linear. `text` is only looked at for the label before the run. */
function maskRun(run: string, text: string, offset: number): string {
  if (/={1,2}$/.test(run) && isMixed(run) && !/^\/\w/.test(run)) {
    return masked(run);
  }
  return run.replace(/[\w-]{32,}/g, (part, at: number) => {
    if (/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(part)) {
      return part;
    }
    const key = part.match(/[A-Za-z0-9]{32,}/)?.[0];
    const secret = (key !== undefined && isKeyLike(key)) || (part.length >= 40 && isMixed(part) && !/[a-z]{3,}[-_][a-z]{3,}/i.test(part));
    if (!secret || idLabel.test(text.slice(Math.max(0, offset + at - 60), offset + at))) {
      return part;
    }
    return key === undefined || part.length - key.length > 60 ? masked(part) : part.replace(key, masked(key));
  });
}

function isKeyLike(run: string): boolean {
  return /^[0-9a-f]+$/i.test(run) ? /\d/.test(run) || run.length >= 32 : (run.match(/\d/g)?.length ?? 0) >= 3;
}

function isMixed(value: string): boolean {
  return /[a-z][^a-z]*[a-z]/.test(value) && /[A-Z][^A-Z]*[A-Z]/.test(value) && /\d/.test(value);
}

function looksSecret(value: string): boolean {
  return /\d/.test(value) && !/^[\w-]{1,40}=$/.test(value) ? true : /^[A-Za-z]{24,}$/.test(value);
}

function isHeaderSecret(name: string): boolean {
  return isKeyName(name) && !/^(?:code|sig|signature|key|token|cookie|set-cookie)$/i.test(name);
}

function isScheme(value: string): boolean {
  return /^(?:bearer|basic|digest|negotiate|ntlm|sharedaccesssignature|apikey|aad|azureapimanagementkey|eyj.{0,3}…)$/i.test(value);
}

function isConnectionSecret(name: string): boolean {
  return /^(?:accountkey|sharedaccesskey|sharedaccesssignature|password|pwd|client_secret|clientsecret|access_token|refresh_token|id_token|instrumentationkey|sig|subscription-key|api-key|apikey|code)$/i.test(
    name,
  );
}

function masked(value: string): string {
  return isLiteral(value) || /^[$[{<%*]/.test(value) ? value : shownOf(value);
}
