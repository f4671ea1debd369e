// Ranges of a text: blanking a part keeps every offset, so that what is found in the rest still points into the paste.

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The same text with these ranges replaced by blanks; line breaks stay. */
export function blank(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const span of ordered(spans)) {
    const from = Math.max(at, span.from);
    if (span.to > from) {
      result += text.slice(at, from) + text.slice(from, span.to).replace(/[^\n]+/g, (line) => ' '.repeat(line.length));
      at = span.to;
    }
  }
  return result + text.slice(at);
}

/** The text with everything but these ranges replaced by blanks. */
export function only(text: string, spans: readonly Span[]): string {
  const rest: Span[] = [];
  let at = 0;
  for (const span of ordered(spans)) {
    rest.push({ from: at, to: Math.max(at, span.from) });
    at = Math.max(at, span.to);
  }
  return blank(text, [...rest, { from: at, to: text.length }]);
}

export function within(offset: number, spans: readonly Span[]): boolean {
  return spans.some((span) => offset >= span.from && offset < span.to);
}

function ordered(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((a, b) => a.from - b.from);
}
