// Secrets stop at the door: what a policy holds of keys, passwords and tokens is a fingerprint before any rule sees it.
import { isKeyName, redact } from '../../symptom/redact.ts';
import type { KeyHasher } from '../../symptom/symptom.ts';
import { beginning } from '../from-arm.ts';
import { isExpression, type Statement } from './statement.ts';

/** Elements that hold ids, addresses and names that rules compare, never secrets. */
const plain = new Set(['audience', 'issuer', 'application-id', 'origin', 'method', 'header', 'backend-id', 'address']);
const plainAttributes = new Set([
  'name',
  'id',
  'fragment-id',
  'backend-id',
  'template',
  'match',
  'code',
  'reason',
  'exists-action',
  'header-name',
]);
/** Attributes and elements whose value is a secret whatever it looks like. */
const secretAttributes = new Set(['password', 'body']);
const keyLists = new Set(['issuer-signing-keys', 'decryption-keys']);
const carriers = new Set(['set-header', 'set-query-parameter', 'check-header']);
/** Shorter literals in expressions are words of the language of the policy. */
const telling = 8;
/** Headers that say how to read a message, or where it came from. What any other header is set to, word for word, may be a password. */
const tellsNothing =
  /^(?:(?:x-)?content-[\w-]+|accept(?:-[\w-]+)?|access-control-[\w-]+|cache-control|pragma|expires|vary|age|date|allow|connection|host|location|retry-after|server|user-agent|www-authenticate|strict-transport-security|referrer-policy|permissions-policy|x-(?:forwarded|frame|xss|powered|aspnet|ratelimit)-?[\w-]*|api-version|x-ms-(?:version|client-request-id)|ocp-apim-trace|traceparent|tracestate)$/i;
/** Too short or too common to protect anything. */
const tooPlain = /^(?:.{0,3}|true|false|none|null|\d{1,5})$/i;

/** The same statement with everything that may be a secret as a fingerprint. */
export function masked(statement: Statement, hash: KeyHasher): Statement {
  return mask(statement, hash, false, false);
}

function mask(statement: Statement, hash: KeyHasher, secret: boolean, literals: boolean): Statement {
  const { name } = statement;
  const carries = carriers.has(name) && isSecretName(statement.attributes.name ?? '');
  const variable = name === 'set-variable' && isSecretName(statement.attributes.name ?? '');
  const inside = secret || carries || keyLists.has(name);
  const literal = literals || isUnknownHeader(statement);
  return {
    ...statement,
    attributes: Object.fromEntries(
      Object.entries(statement.attributes).map(([key, value]) => {
        if (secretAttributes.has(key) || (variable && key === 'value')) return [key, hidden(value, hash)];
        return [key, plainAttributes.has(key) ? value : shown(value, hash)];
      }),
    ),
    text: textOf(statement, hash, inside, literal),
    children: statement.children.map((child) => mask(child, hash, inside, literal)),
  };
}

function textOf({ name, text }: Statement, hash: KeyHasher, secret: boolean, literal: boolean): string {
  if (secret) return hidden(text, hash);
  if (literal && !isExpression(text) && !tooPlain.test(text)) return hidden(text, hash);
  return plain.has(name) ? text : shown(text, hash);
}

function isUnknownHeader({ name, attributes }: Statement): boolean {
  return (name === 'set-header' || name === 'check-header') && !tellsNothing.test(attributes.name ?? '');
}

function isSecretName(name: string): boolean {
  if (tellsNothing.test(name)) return false;
  return (
    isKeyName(name) ||
    /secret|token|passw|authorization|(?:^|[-_])auth(?:[-_]|$)|verif|cookie|credential|api-?key|fdid|signature/i.test(name)
  );
}

/** A value that is a secret by where it stands. Expressions and named values are none; what they quote may be. */
function hidden(value: string, hash: KeyHasher): string {
  if (value === '') return value;
  if (isExpression(value)) return shown(maskQuoted(value, hash), hash);
  return value.replace(/(?:(?!\{\{).)+?(?=\{\{|$)|\{\{[^}]{0,300}\}\}/gs, (part) =>
    part.startsWith('{{') ? part : hiddenWord(part, hash),
  );
}

// The scheme before a token is no secret.
function hiddenWord(part: string, hash: KeyHasher): string {
  const found = /^(\s*(?:bearer|basic|sharedaccesssignature|sharedkey|apikey)\s+)?(.*)$/is.exec(part);
  const rest = found?.[2] ?? '';
  return rest.trim() === '' || /^(?:bearer|basic)$/i.test(rest.trim()) ? part : `${found?.[1] ?? ''}${fingerprint(rest.trim(), hash)}`;
}

// Every literal is matched, short ones too: a pattern that passes by a short one takes its closing quote for an opening one.
function maskQuoted(expression: string, hash: KeyHasher): string {
  return eachLiteral(expression, (words) =>
    words.length >= telling && /\d|:(?!\/\/)/.test(words) && !/[\s{}]/.test(words) ? fingerprint(words, hash) : words,
  );
}

/** What an expression compares something with may be a key, whatever it is compared with. Addresses and paths are none. */
function maskCompared(expression: string, hash: KeyHasher): string {
  return eachLiteral(expression, (words, before, after) => {
    if (!/(?:[!=]=\s{0,20}|\.(?:Equals|Contains)\(\s{0,20})$/.test(before) && !/^(?:\s{0,20}[!=]=|\.Equals\()/.test(after)) return words;
    return words.length >= telling && /\d/.test(words) && !/[\s{}]|^\/|:\/\//.test(words) ? fingerprint(words, hash) : words;
  });
}

/** Replaces the words between each pair of quotes; `before` and `after` are the characters beside the quotes, at most 32. */
function eachLiteral(expression: string, replace: (words: string, before: string, after: string) => string): string {
  return expression.replace(/'(?:[^'\\\n]|\\.)'|"((?:[^"\\\n]|\\.)*)"/g, (whole, words: string | undefined, at: number) => {
    if (words === undefined) return whole;
    const end = at + whole.length;
    return `"${replace(words, expression.slice(Math.max(0, at - 32), at), expression.slice(end, end + 32))}"`;
  });
}

function shown(value: string, hash: KeyHasher): string {
  const seen = redact(isExpression(value) ? maskCompared(value, hash) : value);
  return seen === value || isExpression(value) || /\s/.test(value) ? seen : fingerprint(value, hash);
}

function fingerprint(value: string, hash: KeyHasher): string {
  return `${beginning(value)} (fingerprint ${hash(value).slice(0, 8)})`;
}
