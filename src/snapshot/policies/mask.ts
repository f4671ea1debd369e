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

/** The same statement with everything that may be a secret as a fingerprint. */
export function masked(statement: Statement, hash: KeyHasher): Statement {
  return mask(statement, hash, false);
}

function mask(statement: Statement, hash: KeyHasher, secret: boolean): Statement {
  const { name } = statement;
  const carries = carriers.has(name) && isSecretName(statement.attributes.name ?? '');
  const variable = name === 'set-variable' && isSecretName(statement.attributes.name ?? '');
  const inside = secret || carries || keyLists.has(name);
  return {
    ...statement,
    attributes: Object.fromEntries(
      Object.entries(statement.attributes).map(([key, value]) => {
        if (secretAttributes.has(key) || (variable && key === 'value')) return [key, hidden(value, hash)];
        return [key, plainAttributes.has(key) ? value : shown(value, hash)];
      }),
    ),
    text: inside ? hidden(statement.text, hash) : plain.has(name) ? statement.text : shown(statement.text, hash),
    children: statement.children.map((child) => mask(child, hash, inside)),
  };
}

function isSecretName(name: string): boolean {
  return isKeyName(name) || /secret|token|passw|authorization|cookie|credential|api-?key|fdid|signature/i.test(name);
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

function maskQuoted(expression: string, hash: KeyHasher): string {
  return expression.replace(/"((?:[^"\\\n]|\\.){8,4096})"/g, (whole, words: string) =>
    /\d/.test(words) && !/[\s{}]/.test(words) ? `"${fingerprint(words, hash)}"` : whole,
  );
}

/** What an expression compares something with may be a key, whatever it is compared with. Addresses and paths are none. */
function maskCompared(expression: string, hash: KeyHasher): string {
  return expression.replace(
    /([!=]=\s{0,20}|\.(?:Equals|Contains)\(\s{0,20})"((?:[^"\\\n]|\\.){8,4096})"|"((?:[^"\\\n]|\\.){8,4096})"(?=\s{0,20}[!=]=|\.Equals\()/g,
    (whole, before: string | undefined, right: string | undefined, left: string | undefined) => {
      const words = right ?? left ?? '';
      return /\d/.test(words) && !/[\s{}]|^\/|:\/\//.test(words) ? `${before ?? ''}"${fingerprint(words, hash)}"` : whole;
    },
  );
}

function shown(value: string, hash: KeyHasher): string {
  const seen = redact(isExpression(value) ? maskCompared(value, hash) : value);
  return seen === value || isExpression(value) || /\s/.test(value) ? seen : fingerprint(value, hash);
}

function fingerprint(value: string, hash: KeyHasher): string {
  return `${beginning(value)} (fingerprint ${hash(value).slice(0, 8)})`;
}
