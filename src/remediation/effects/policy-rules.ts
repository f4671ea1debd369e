// What it means for callers when an element comes into a policy, goes out of it, or has another attribute (policy reference of API Management).
import type { Placed } from './policy-edit-judged.ts';
import { short } from './words.ts';

export interface Judged {
  readonly kind: 'wider' | 'narrower' | 'same' | 'unclear';
  readonly says: string;
}

/** Statements that refuse calls. One more refuses more, whatever is in it. */
const checks =
  /^(?:validate-(?:jwt|azure-ad-token|client-certificate|content|parameters|headers|odata-request|graphql-request)|check-header|ip-filter|rate-limit|rate-limit-by-key|quota|quota-by-key)$/;

/** Lists in a check, each of which is one thing more that a call has to fit. */
const demands = /^(?:audiences|issuers|client-application-ids|backend-application-ids|required-claims|identities)$/;

/** Entries of which one that fits is enough, by the list that they stand in. */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  audience: ['audiences'],
  'application-id': ['client-application-ids', 'backend-application-ids'],
  issuer: ['issuers'],
  identity: ['identities'],
  key: ['issuer-signing-keys', 'decryption-keys'],
  value: ['check-header', 'claim'],
  address: ['ip-filter'],
  'address-range': ['ip-filter'],
};

const letIn: Readonly<Record<string, (value: string) => string>> = {
  audience: (value) => `Tokens made for ${value} are accepted from then on.`,
  'application-id': (value) => `The application ${value} gets in from then on.`,
  issuer: (value) => `Tokens issued by ${value} are accepted from then on.`,
  identity: () => 'Client certificates of one more kind are accepted from then on.',
  key: () => 'Tokens signed with one more key are accepted from then on.',
  value: (value) => `Calls with the value ${value} get in from then on.`,
  address: (value) => `Calls from ${value} get in from then on.`,
  'address-range': () => 'Calls from one more range of addresses get in from then on.',
};

export function judgeAdded({ statement, parent }: Placed): Judged {
  const { name, text } = statement;
  if (name === 'base' && parent?.statement.name === 'inbound') {
    return narrower('What stands above this scope runs for these calls too: calls that work today may be refused by it.');
  }
  if (checks.test(name)) return narrower(`Calls that do not pass the added ${name} are refused from then on.`);
  if (demands.test(name) && isInCheck(parent)) return narrower(`Calls that do not fit the added ${name} are refused from then on.`);
  if (name === 'claim' && parent?.statement.name === 'required-claims') {
    return narrower('Tokens without the added claim are refused from then on.');
  }
  switch (alternativeIn(parent, name)) {
    case 'one is enough':
      return wider((letIn[name] ?? (() => 'More calls get in from then on.'))(short(text, 80)));
    case 'all are wanted':
    case 'none may fit':
      return narrower('Calls that fitted before may be refused, because one more condition is asked.');
    default:
      return unclear;
  }
}

export function judgeRemoved(one: Placed, removed: ReadonlySet<Placed>): Judged {
  const { statement, parent } = one;
  const { name, text } = statement;
  if (name === 'base' && parent?.statement.name === 'inbound') {
    return wider('What stands above this scope does not run for these calls any more, its checks included.');
  }
  if (checks.test(name)) return wider(`The ${name} on line ${statement.line} does not stop anybody any more.`);
  if (demands.test(name) && isInCheck(parent)) return wider(`The ${parent?.statement.name} does not ask for its ${name} any more.`);
  if (name === 'claim' && parent?.statement.name === 'required-claims')
    return wider('Tokens without the removed claim are accepted from then on.');
  const isLast = !parent?.statement.children.some((child) => child.name === name && child !== statement && !isAmong(child, removed));
  switch (alternativeIn(parent, name)) {
    case 'one is enough':
      if (!isLast) return narrower(`Calls that got in by ${short(text, 80) || `the removed ${name}`} are refused from then on.`);
      // An empty list may refuse everybody, or nobody: the reference does not say.
      return parent?.statement.name === 'check-header' ? wider('Any value of the header is accepted from then on.') : unclear;
    case 'all are wanted':
    case 'none may fit':
      return wider('Calls that were refused may get in, because one condition less is asked.');
    default:
      return unclear;
  }
}

/** One judgement for each attribute that differs. */
export function judgeAttributes(from: Placed, to: Placed): readonly Judged[] {
  const [old, fresh] = [from.statement.attributes, to.statement.attributes];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter((name) => old[name] !== fresh[name]);
  return names.map((name) => judgeAttribute(name, old[name], fresh[name]));
}

function judgeAttribute(name: string, old: string | undefined, fresh: string | undefined): Judged {
  // Words for those who are refused; who is refused stays the same.
  if (/^failed-(?:validation|check)-(?:httpcode|error-message)$/.test(name)) return { kind: 'same', says: '' };
  if (name === 'clock-skew') return judgeSkew(Number(old ?? 0), Number(fresh ?? 0));
  if (name === 'require-expiration-time' || name === 'require-signed-tokens') {
    const [was, is] = [old ?? 'true', fresh ?? 'true'];
    const what = name === 'require-signed-tokens' ? 'without a signature' : 'without an end';
    if (was === 'true' && is === 'false') return wider(`Tokens ${what} are accepted from then on.`);
    if (was === 'false' && is === 'true') return narrower(`Tokens ${what} are refused from then on.`);
  }
  return unclear;
}

function judgeSkew(old: number, fresh: number): Judged {
  if (!Number.isFinite(old) || !Number.isFinite(fresh)) return unclear;
  if (fresh < old) return narrower(`Tokens are accepted up to ${time(fresh)} past their end, no longer ${time(old)}.`);
  return wider(
    `Tokens are accepted up to ${time(fresh)} past their end and before their beginning${old === 0 ? '' : ` (until now ${time(old)})`}, stolen ones too.`,
  );
}

function time(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${seconds / 60} ${seconds === 60 ? 'minute' : 'minutes'}`;
}

function alternativeIn(parent: Placed | null, name: string): 'one is enough' | 'all are wanted' | 'none may fit' | null {
  const list = parent?.statement;
  if (list === undefined || alternatives[name]?.includes(list.name) !== true) return null;
  if (list.name === 'claim') {
    const match = list.attributes.match ?? 'all';
    return match === 'any' ? 'one is enough' : match === 'all' ? 'all are wanted' : null;
  }
  if (list.name === 'ip-filter') {
    const { action } = list.attributes;
    return action === 'allow' ? 'one is enough' : action === 'forbid' ? 'none may fit' : null;
  }
  return 'one is enough';
}

function isInCheck(parent: Placed | null): boolean {
  return parent !== null && checks.test(parent.statement.name);
}

function isAmong(statement: Placed['statement'], placed: ReadonlySet<Placed>): boolean {
  return [...placed].some((one) => one.statement === statement);
}

function wider(says: string): Judged {
  return { kind: 'wider', says };
}

function narrower(says: string): Judged {
  return { kind: 'narrower', says };
}

const unclear: Judged = { kind: 'unclear', says: '' };
