// Cuts a paste into answers, each with the request before it. A cut is made only where a new request or answer plainly begins:
// one answer read as two would send people after a fault that is not there.
import type { RequestSpan } from './request-spans.ts';
import { blank, type Span } from './spans.ts';

interface Mark {
  readonly at: number;
  readonly kind: 'request' | 'line' | 'body' | 'message';
}

/** An incident is a handful of answers; a log of thousands is read by its first ones. */
const most = 60;

export function splitAnswers(text: string, requests: readonly RequestSpan[]): readonly Span[] {
  const cuts: number[] = [0];
  let line = false;
  let body: number | null = null;
  let message = false;
  let pending: Mark | null = null;
  for (const mark of marks(text, requests)) {
    // A request begins a new answer only once that answer comes: PowerShell repeats the command after the error.
    if (mark.kind === 'request') {
      pending = line || body !== null || message ? (pending ?? mark) : null;
      continue;
    }
    const start = pending ?? (startsAnswer(mark, text, line, body, message) ? mark : null);
    if (start !== null && cuts.length < most) {
      cuts.push(cutBefore(text, start, cuts.at(-1) ?? 0));
      line = false;
      body = null;
      message = false;
    }
    pending = null;
    line ||= mark.kind === 'line';
    message ||= mark.kind === 'message';
    body = mark.kind === 'body' ? mark.at : body;
  }
  return cuts.map((from, index) => ({ from, to: cuts[index + 1] ?? text.length }));
}

function startsAnswer(mark: Mark, text: string, line: boolean, body: number | null, message: boolean): boolean {
  if (mark.kind === 'line') return line || body !== null || message;
  if (mark.kind === 'message') return false;
  return body !== null && isAfter(text, body, mark.at);
}

function marks(text: string, requests: readonly RequestSpan[]): readonly Mark[] {
  const answers = blank(text, requests);
  const found: Mark[] = requests.map((span) => ({ at: span.from, kind: 'request' }));
  for (const match of answers.matchAll(/\bHTTP\/[\d.]{1,3}["']?\s{1,4}(?!1\d\d|200 Connection est)\d{3}\b/gi)) {
    found.push({ at: match.index, kind: 'line' });
  }
  for (const match of answers.matchAll(
    /["'](?:status_?code|resultCode|responseCode|code)["']\s{0,4}:\s{0,4}["']?[1-5]\d\d(?!\d)|\{\s{0,9}status_?code\s{0,4}:\s{0,4}[1-5]\d\d/gi,
  )) {
    found.push({ at: match.index, kind: 'body' });
  }
  for (const match of answers.matchAll(/["']?message["']?\s{0,4}:\s{0,4}["']/gi)) {
    found.push({ at: match.index, kind: 'message' });
  }
  return found.toSorted((a, b) => a.at - b.at);
}

/** True when the object that holds the first place is closed before the second: a body inside a body is one answer. */
function isAfter(text: string, first: number, second: number): boolean {
  let depth = 0;
  for (let index = first; index < second; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 123) depth += 1;
    else if (char === 125) depth -= 1;
    if (depth < 0) return true;
  }
  return /\n\s{0,40}\n/.test(text.slice(Math.max(first, second - 400), second));
}

/** The object's brace for a body, else the start of its line, but never before what was read already. */
function cutBefore(text: string, mark: Mark, last: number): number {
  if (mark.kind === 'body') {
    const brace = openBrace(text, mark.at, last);
    if (brace > last) return brace;
  }
  const line = text.lastIndexOf('\n', mark.at - 1) + 1;
  return mark.kind === 'request' || line <= last ? Math.max(mark.at, last + 1) : line;
}

function openBrace(text: string, from: number, last: number): number {
  let depth = 0;
  for (let index = from - 1; index > last; index -= 1) {
    const char = text.charCodeAt(index);
    if (char === 125) depth += 1;
    else if (char === 123 && depth === 0) return index;
    else if (char === 123) depth -= 1;
  }
  return -1;
}
