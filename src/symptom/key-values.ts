// What a value that stands where a key belongs is: a whole key, the beginning of one, a word that a program left there, or a placeholder.
import type { KeyFlaw, KeyForm } from './symptom.ts';

export interface KeyValue {
  /** The characters that are known. A secret: it may only be hashed. */
  readonly text: string;
  /** All that stood there, the mask and what follows it included: to be masked wherever the paste is quoted. */
  readonly written: string;
  readonly partial: boolean;
  readonly form: KeyForm;
}

const literals = /^(?:undefined|null|none|nil|nan|\(null\)|\[object object\])$/i;

/** What programs send when a variable was empty. */
export function isLiteral(value: string): boolean {
  return literals.test(value);
}

/** Null for a placeholder: `[key1]`, `<your key>`, `{{key}}`, `$KEY`, `***`, `YOUR_API_KEY`, the name of a variable. */
export function readKeyValue(raw: string): KeyValue | null {
  const value = raw.trim();
  if (isLiteral(value)) {
    return { text: value, written: value, partial: false, form: 'literal' };
  }
  if (value === '' || value.length > 16_384 || isPlaceholder(value)) {
    return null;
  }
  const masked = maskStart(value);
  if (masked === 0) {
    return null;
  }
  const text = masked === -1 ? value : value.slice(0, masked);
  return { text, written: value, partial: masked !== -1, form: formOf(text, masked !== -1) };
}

function isPlaceholder(value: string): boolean {
  return (
    /^(?:["']?[[<{(]|\$|%[\w-]+%|@|#\{)/.test(value) ||
    /[<{[]{1,2}[\w .$:-]{0,60}[>}\]]{1,2}/.test(value) ||
    isMadeOfStandIns(value) ||
    /^(?:[a-z][\w.]{0,40}[._])?(?:api|apim|subscription|azure|access|primary|secondary|openai|sub|auth|function|service|secret|master|cognitive|speech|translator|vision|endpoint|resource|account)?[-_]?(?:key|token|secret|pwd|password|value|string|redacted|masked|hidden|removed|placeholder|omitted|elided|sanitized|censored|bearer|yes|no|true|false|missing|empty|blank|n\/a|not)[-_]?(?:here|value|goes[-_]here|\d)?$/i.test(
      value,
    ) ||
    /^(?:process\.env|os\.(?:environ|getenv)|system\.getenv|environment\.|env\.|config[.[(]|configuration[.[(]|settings[.[(]|secrets?[.[(]|this\.|self\.|import\.meta|getenv|await )/i.test(
      value,
    ) ||
    /^[.$@\\/]/.test(value) ||
    /^(?:sku|name|type|account|region|header|query|string|str|text|input|secure|hidden|password)$/i.test(value) ||
    /^(?:x{3,}|\.{2,}|…+|-+|_+|\*+|•+|#+|\?+|0{8,}|=+)$/i.test(value)
  );
}

const leading =
  /^(?:your|my|the|some|an?|insert|enter|paste|put|add|replace|use|valid|invalid|wrong|correct|new|old|test|same|actual|real)(?![a-z])/i;
const standIns =
  /^(?:your|my|the|some|an?|insert|enter|paste|put|add|replace|use|valid|invalid|wrong|correct|new|old|test|same|actual|real|own|api|apis|apim|azure|subscription|sub|product|service|gateway|access|auth|primary|secondary|key|keys|token|secret|value|string|id|here|goes|it|in|with|from|portal|this|that|of|for|to|one|\d)$/;

/** `your-api-key`, `MyKey`, `the_key_here`: every word of it only stands for a key. `test-client-7` does not. */
function isMadeOfStandIns(value: string): boolean {
  const words = value
    .slice(0, 100)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.length > 0 && leading.test(words[0] ?? '') && words.every((word) => standIns.test(word));
}

/** Where the author's mask begins: -1 for none, 0 when nothing is visible. */
function maskStart(value: string): number {
  const found = value.search(/\*{2,}|•{2,}|●{2,}|…|\.{2,}|[xX]{4,}|#{3,}|\*$/);
  return found;
}

/** The form by its characters alone; a hint, since a subscription key may be any 1 to 256 characters. */
export function formOf(text: string, partial = false): KeyForm {
  if (isLiteral(text)) return 'literal';
  if (/^eyJ[\w-]{4,}/.test(text)) return 'jwt';
  if (/^sk-/.test(text)) return 'openai';
  if (partial) return 'other';
  if (/^[0-9a-f]{32}$/i.test(text)) return 'hex32';
  if (/^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i.test(text)) return 'guid';
  if (/^[A-Za-z0-9]{84}$/.test(text)) return 'azure-openai';
  if (/^[\w+/-]{40,100}={0,2}$/.test(text) && /\d/.test(text) && /[A-Z]/.test(text)) return 'function';
  return 'other';
}

/** At most the first four characters, and of a short value at most half. */
export function shownOf(text: string): string {
  if (isLiteral(text)) return text.length <= 4 ? text : `${text.slice(0, 4)}…`;
  return `${text.slice(0, 4)}…`;
}

/** What a client did to the value before it sent it, if that can be seen. */
export function flawOf(text: string): KeyFlaw | null {
  if (isLiteral(text)) return 'word';
  if (/^\{\{.*\}\}$/s.test(text)) return 'template';
  if (/^["'].*["']$/s.test(text)) return 'quoted';
  if (text !== text.trim() || /^\S{1,200}\s+\S{1,200}$/.test(text)) return 'blanks';
  return /^[\w+/=-]{8,256}\s*[,;]\s*[\w+/=-]{8,256}$/.test(text) ? 'several' : null;
}
