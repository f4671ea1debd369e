// The body of an answer, as far as the paste shows it: policies answer in their author's words, which no list knows.

const longest = 4000;

/** What stands behind the answer's headers, or from the first JSON or markup on; null when the paste shows no body. */
export function readBody(text: string): string | null {
  const lines = text.split('\n');
  const status = lines.findLastIndex((line) => /^\s{0,8}(?:<\s{0,4})?HTTP\/[\d.]{1,3}\s+\d{3}\b/i.test(line));
  if (status < 0) {
    const start = text.search(/[{[<]/);
    return start < 0 ? null : kept(text.slice(start, start + longest));
  }
  let at = status + 1;
  while (at < lines.length && isHead(lines[at] ?? '')) at += 1;
  return kept(
    lines
      .slice(at)
      .filter((line) => !/^\s{0,4}\*\s/.test(line))
      .join('\n')
      .slice(0, longest),
  );
}

// A header, curl's mark of an empty line, or what curl says about itself.
function isHead(line: string): boolean {
  return (
    /^\s{0,8}(?:<\s{0,4})?[A-Za-z][\w-]{0,60}:(?:\s|$)/.test(line) ||
    /^\s{0,4}[<>]?\s{0,4}$/.test(line) ||
    /^\s{0,4}(?:\*\s|[{}] \[\d{1,9} bytes)/.test(line)
  );
}

function kept(text: string): string | null {
  const body = text.trim();
  return body === '' ? null : body;
}
