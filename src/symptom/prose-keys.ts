// Keys that people tell in words, in the languages that people write to support in.
import { type KeyValue, readKeyValue } from './key-values.ts';

export interface ProseKey {
  readonly at: number;
  readonly value: KeyValue;
}

const keyWord =
  'keys?[12]?|cl[eé]f?s?|claves?|llaves?|schl(?:ü|ue)ssel|chiav[ei]|chaves?|sleutels?|nyckeln?|n(?:ø|o)kkel(?:en)?|avain|klucz(?:a)?|anahtar(?:ı)?|ключ(?:а|ом)?|キー|鍵|密钥|密鑰|키';
const begins =
  '(?:start(?:s|ing|ed)?(?: with)?|begin(?:s|ning)?(?: with)?|prefix(?:ed)?(?: is| with)?|commence(?:nt)?(?: par)?|d[eé]bute(?: par)?|(?:em)?pieza(?: (?:por|con))?|comienza(?: (?:por|con))?|beginnt(?: mit)?|f[aä]ngt(?: mit)?|startet(?: mit)?|inizia(?: (?:per|con))?|come[cç]a(?: (?:por|com))?|inicia(?: (?:por|con|com))?|begint(?: met)?|b[oö]rjar(?: (?:med|på))?|starter(?: med)?|zaczyna(?: si[eę])?(?: od)?|начинается(?: с)?)(?![a-zà-ÿ])|の(?:先頭|最初)|は|を|开头(?:是|为)?|以';
const value = '(["\'*_]{0,3})\\s?([A-Za-z0-9_+/=.…*•-]';
const starting = new RegExp(
  `(?<![\\w-])(?:${keyWord})[^\\n.]{0,60}?(?:${begins})[\\s:=(]{0,4}(?:the (?:characters|chars|letters)\\s)?${value}{2,256})`,
  'gi',
);
const firstCharacters = new RegExp(
  `(?<![\\w-])first (?:four|five|six|eight|few|\\d)\\s(?:char\\w{0,8}|letters|digits|symbols)[^\\n.]{0,60}?(?:\\b(?:is|are|was)\\b|[:=])\\s{0,3}${value}{4,256})`,
  'gi',
);
const named = new RegExp(
  `(?<![\\w-])(?:${keyWord})(?:\\s(?:provided|used|sent|value|given|utilis[eé]e?))?\\s{0,3}(?:[:=：#]|(?:is|was|est|es|ist|è|é)(?= )|→|->|\\(|は)?\\s{0,3}${value}{4,256})`,
  'gi',
);
const prefixWords = /(?<![\w-])(?:starts?|starting|begins?|beginning) with\s{0,3}(["'*_]{0,3})([A-Za-z0-9…*.•]{4,256})/gi;
const lone = /(?<![\w-])[0-9a-f]{32}(?![\w-])/gi;
const idBefore =
  /(?:session|request|trace|correlation|activity|operation|span|client|tenant|object|message|conversation|run|invocation|transaction|process|instance|etag|md5|sha\d{0,3}|hash|commit|digest|checksum|thumbprint|kid|x5t|nonce|boundary|[\w-]id)["'\]]{0,2}[-_ ]{0,2}(?:id|identifier|key)?["']{0,2}\s{0,3}(?:[:=#|]|is|,)?\s{0,3}["'(W/]{0,4}$|\bid["']{0,2}\s{0,3}[:=#|]?\s{0,3}["'(]{0,2}$|--[-]{0,40}$/i;

export function findProseKeys(text: string): readonly ProseKey[] {
  const found: ProseKey[] = [];
  collect(found, text.matchAll(starting), isTold);
  collect(found, text.matchAll(firstCharacters), isTold);
  collect(found, text.matchAll(prefixWords), isTold);
  collect(found, text.matchAll(named), isNamed);
  for (const match of text.matchAll(lone)) {
    if (!idBefore.test(text.slice(Math.max(0, match.index - 60), match.index))) {
      const read = readKeyValue(match[0]);
      if (read !== null) found.push({ at: match.index, value: read });
    }
  }
  const alone = /^\s{0,40}["'(]{0,2}([0-9a-z]{4,64})(?:…|\.{3}|\*{2,60})?["')]{0,2}[.!?]?\s{0,40}$/i.exec(text.length > 300 ? '' : text);
  if (alone?.[1] !== undefined && /\d/.test(alone[1]) && /[a-z]|\d{5}/i.test(alone[1]) && found.length === 0) {
    found.push({
      at: alone.index + alone[0].indexOf(alone[1]),
      value: { text: alone[1], written: alone[1], partial: alone[1].length < 32, form: alone[1].length === 32 ? 'hex32' : 'other' },
    });
  }
  return withoutOverlaps(found);
}

function collect(found: ProseKey[], matches: Iterable<RegExpExecArray>, accepts: (word: string, quoted: boolean) => boolean): void {
  for (const match of matches) {
    const word = (match[2] ?? '').replace(/[.,_*-]+$/, (tail) => (/^(?:\*{2,}|\.{2,})/.test(tail) ? tail : ''));
    const read = accepts(word, (match[1] ?? '') !== '') ? readKeyValue(word) : null;
    if (read !== null && read.form !== 'literal') {
      const whole = read.text.length >= 32 && !read.partial;
      found.push({ at: match.index + match[0].length - (match[2] ?? '').length, value: { ...read, partial: !whole } });
    }
  }
}

/** After "starts with": digits or hex make a key's beginning, and so do quotation marks. */
function isTold(word: string, quoted: boolean): boolean {
  const plain = word.replace(/[*…•.]+$/, '');
  return (
    plain.length >= 2 &&
    (/\d/.test(plain) || /^[0-9a-f]{4,}$/i.test(plain) || quoted || plain !== word) &&
    !/^[1-5]\d\d$/.test(plain) &&
    !/^(?:https?|v\d)/i.test(plain)
  );
}

/** After a bare "key": it must look like no word and no status. */
function isNamed(word: string): boolean {
  const plain = word.replace(/[*…•.]+$/, '');
  return (
    /\d/.test(plain) &&
    plain.length >= 4 &&
    !/^(?:\d{1,3}|(?:19|20)\d\d|v\d.{0,8}|\d{4}-\d\d.{0,8}|https?)$/i.test(plain) &&
    !/^\d+(?:\.\d+)+$/.test(plain)
  );
}

function withoutOverlaps(keys: readonly ProseKey[]): readonly ProseKey[] {
  const kept: ProseKey[] = [];
  for (const key of keys.toSorted((a, b) => a.at - b.at || b.value.text.length - a.value.text.length)) {
    const last = kept.at(-1);
    if (last === undefined || key.at >= last.at + last.value.text.length) kept.push(key);
  }
  return kept;
}
