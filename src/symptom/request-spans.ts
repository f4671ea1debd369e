// Where the paste shows a request rather than an answer: command lines, wire dumps, browser panels, HARs.
import type { Span } from './spans.ts';

export type RequestKind = 'curl' | 'wire' | 'command' | 'panel' | 'har';

export interface RequestSpan extends Span {
  readonly kind: RequestKind;
}

const methods = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE';
const commandStart =
  /(?:^|[\s$>#(;|&'"])(?:(curl(?:\.exe)?)(?=\s{1,4}(?:-|["']|https?:|\$|\{|\[|<|[\w-]{1,60}\.))|(Invoke-(?:RestMethod|WebRequest)|iwr|irm)(?=\s{1,4}(?:-|["']|https?:|\$|\\))|(https?)(?=\s{1,4}(?:-{1,2}\w|GET\b|POST\b|PUT\b|DELETE\b|PATCH\b|:\d|https?:\/\/))|(wget)(?=\s{1,4}(?:-|["']|https?:)))/gim;
const requestLine = new RegExp(
  `(?:^|[\\s"'>])((?:${methods})\\s{1,4}(?:https?://|/)[^\\s"']{0,2000}(\\s{1,4}HTTP/[\\d.]{1,3}(?![\\d.]|\\s{1,4}\\d{3}\\b))?)`,
  'gm',
);
const panel =
  /^[ \t]{0,8}(?:▼\s?)?(request headers?|general|response headers?|response|request payload|payload|response body|body|preview)[ \t]{0,4}:?[ \t]{0,4}(?:\(\d{1,4}\))?(?:view (?:source|parsed))?[ \t]{0,4}$/gim;
const headerLine = /^[ \t]{0,8}:?[A-Za-z][\w-]{0,80}[ \t]{0,2}:(?!\/\/)/;
const answerStart = /(?:^|[\s<"'])HTTP\/[\d.]{1,3}["']?\s{1,4}\d{3}\b|\{\s{0,20}["']?(?:status_?code|error|message|code)["']?\s{0,4}:/i;

export function findRequestSpans(text: string): readonly RequestSpan[] {
  const spans = [...wireDump(text), ...commands(text), ...requestLines(text), ...panels(text), ...hars(text)].toSorted(
    (a, b) => a.from - b.from,
  );
  const kept: RequestSpan[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last === undefined || span.from >= last.to) {
      kept.push(span);
    } else if (span.to > last.to && last.kind === span.kind) {
      kept[kept.length - 1] = { ...last, to: span.to };
    }
  }
  return kept;
}

/** curl -v: lines that begin with `>`, one span for each run of them. */
function wireDump(text: string): readonly RequestSpan[] {
  const spans: RequestSpan[] = [];
  const pattern = /^[ \t]{0,8}>[^\n]{0,16384}(?:\n[ \t]{0,8}>[^\n]{0,16384})*/gm;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const answer = match[0].search(answerStart);
    if (new RegExp(`(?:${methods})\\s|:`).test(match[0])) {
      spans.push({ from: match.index, to: match.index + (answer > 0 ? answer : match[0].length), kind: 'wire' });
    }
  }
  return spans;
}

function commands(text: string): readonly RequestSpan[] {
  const spans: RequestSpan[] = [];
  commandStart.lastIndex = 0;
  for (let match = commandStart.exec(text); match !== null; match = commandStart.exec(text)) {
    const to = commandEnd(text, commandStart.lastIndex);
    const kind = match[1] === undefined ? 'command' : 'curl';
    spans.push({ from: match.index, to, kind });
    commandStart.lastIndex = Math.max(to, commandStart.lastIndex);
  }
  return spans;
}

/** The end of the line, unless a quote is open or the line is continued (`\`, `^`, a PowerShell backtick). */
function commandEnd(text: string, from: number): number {
  const limit = Math.min(text.length, from + 20_000);
  let quote = '';
  let quoteFrom = from;
  for (let index = from; index < limit; index += 1) {
    const char = text[index] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (index - quoteFrom > 6000) return lineEnd(text, quoteFrom);
    } else if (char === '"' || char === "'") {
      quote = char;
      quoteFrom = index;
    } else if (
      char === '\n' &&
      !/[\\^`|,{(;][ \t]{0,4}$/.test(text.slice(Math.max(0, index - 6), index)) &&
      !/^[ \t]{0,8}-{1,2}[A-Za-z]/.test(text.slice(index + 1, index + 14))
    ) {
      return index;
    } else if (
      (char === 'H' && /^HTTP\/[\d.]{1,3} \d{3}/.test(text.slice(index, index + 14))) ||
      (char === '{' && /^\{\s{0,9}["'](?:statusCode|error|message|code)/i.test(text.slice(index, index + 24)))
    ) {
      return index;
    } else if (char === '4' && /^\s4\d\d(?=[\s"'}]|$)/.test(text.slice(index - 1, index + 4))) {
      return index;
    } else if (/[ITc]/.test(char) && /^(?:Invoke-\w{3,20} ?: |The remote server returned|curl: \(\d)/.test(text.slice(index, index + 30))) {
      return index;
    }
  }
  return quote === '' ? limit : lineEnd(text, quoteFrom);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** A raw request: its first line and the header lines after it, or the rest of the line when line breaks were lost. */
function requestLines(text: string): readonly RequestSpan[] {
  const spans: RequestSpan[] = [];
  requestLine.lastIndex = 0;
  for (let match = requestLine.exec(text); match !== null; match = requestLine.exec(text)) {
    const start = match.index + match[0].length - (match[1] ?? '').length;
    const head = headersEnd(text, requestLine.lastIndex, match[2] !== undefined);
    const headers = head.headers;
    const to = headers && /^P/.test(match[1] ?? '') ? bodyEnd(text, head.to) : head.to;
    spans.push({ from: start, to, kind: headers ? 'wire' : 'command' });
    requestLine.lastIndex = Math.max(to, requestLine.lastIndex);
  }
  return spans;
}

function headersEnd(text: string, from: number, versioned: boolean): { readonly to: number; readonly headers: boolean } {
  // Looks ahead a bounded way: a line without an end must not be searched again for each request in it.
  const ahead = text.slice(from, from + (versioned ? 2000 : 8));
  const newline = ahead.indexOf('\n');
  const rest = newline === -1 ? ahead : ahead.slice(0, newline);
  const answer = rest.search(answerStart);
  const inline = versioned && /\s[A-Za-z][\w-]{1,60}:\s/.test(answer >= 0 ? rest.slice(0, answer) : rest);
  if (answer >= 0 || !(/^\s{0,4}$/.test(rest) || inline)) {
    return { to: inline ? from + (answer >= 0 ? answer : rest.length) : from, headers: inline };
  }
  let at = from + rest.length;
  let headers = inline;
  while (at < text.length) {
    const line = /^[^\n]{0,20000}/.exec(text.slice(at + 1, at + 20_001))?.[0] ?? '';
    if (
      !headerLine.test(line) ||
      answerStart.test(line) ||
      /^\s{0,8}(?:www-authenticate|status(?: ?code)?|response|message|error|url)\s{0,4}:/i.test(line)
    ) {
      break;
    }
    headers = true;
    at += 1 + line.length;
  }
  return { to: at, headers };
}

/** The body that was sent, when an answer's status line follows it. */
function bodyEnd(text: string, from: number): number {
  const ahead = text.slice(from, from + 4000);
  const answer = ahead.search(/\n[<\s]{0,4}HTTP\/[\d.]{1,3} \d{3}/);
  return answer < 0 || /status_?code|access denied|["']error["']|\b(?:GET|POST|PUT|PATCH|DELETE) \//i.test(ahead.slice(0, answer))
    ? from
    : from + answer;
}

/** A browser's network panel: from "Request Headers" to the next heading. */
function panels(text: string): readonly RequestSpan[] {
  const spans: RequestSpan[] = [];
  let open: number | null = null;
  panel.lastIndex = 0;
  for (let match = panel.exec(text); match !== null; match = panel.exec(text)) {
    if (open !== null) spans.push({ from: open, to: match.index, kind: 'panel' });
    open = /^request headers?$/i.test(match[1] ?? '') ? match.index + match[0].length : null;
  }
  if (open !== null) {
    const answer = text.slice(open).search(answerStart);
    spans.push({ from: open, to: answer >= 0 ? open + answer : text.length, kind: 'panel' });
  }
  return spans;
}

function hars(text: string): readonly RequestSpan[] {
  const spans: RequestSpan[] = [];
  const pattern = /"request"\s{0,4}:\s{0,4}\{/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const next = text.indexOf('"request"', match.index + 9);
    const limit = next === -1 ? text.length : next;
    const response = text.slice(match.index, limit).indexOf('"response"');
    const end = response === -1 ? limit : match.index + response;
    // In a trace the gateway's own call to the backend is no request of the client's.
    if (!/forward-request[^\n]{0,400}$/.test(text.slice(Math.max(0, match.index - 450), match.index)))
      spans.push({ from: match.index, to: objectEnd(text, match.index, end), kind: 'har' });
    pattern.lastIndex = Math.max(pattern.lastIndex, end);
  }
  return spans;
}

/** The brace that closes the first object, or the limit when it is cut. */
function objectEnd(text: string, from: number, limit: number): number {
  let depth = 0;
  for (let index = text.indexOf('{', from); index >= 0 && index < limit; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 123) depth += 1;
    if (char === 125) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return limit;
}
