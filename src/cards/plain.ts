// The one door for text that somebody else wrote: names from Azure, words from a paste, people's names.
// Cards show it in TextRuns, which know no Markdown; this takes out what would mislead a reader's eyes or a second renderer.

/** Zero-width: keeps two characters apart without a trace on the screen. */
const APART = '\u2060';

/** Controls, and format characters: bidirectional overrides, zero-width characters, tags. Separators become a blank. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]/gu;

/** Openings of template expressions and date functions, of tags and mentions, and the middle of a Markdown link. */
const opening = /\$(?=\{)|\{(?=\{)|<(?=[\p{L}/!?])|\](?=[([:])/gu;

/** A place where a line may break, as invisible. */
const BREAK = '\u200b';

/** Longer than a phone is wide, and without a place to break. */
const longRun = /[^\s-]{36,}/gu;

/**
 * Text as a card may show it: one line, no control or direction characters, no markup that any later stage could act on,
 * at most `max` characters (an ellipsis included). What is left reads as it was written. Repeating it changes nothing.
 */
export function plain(text: string, max = 200): string {
  return exact(text, max).replace(longRun, (run) => run.replace(/.{1,14}[/.,;:&?=_}]|.{20}/gu, `$&${BREAK}`));
}

/** The same without places to break: for what people copy, such as the name of a permission. */
export function exact(text: string, max = 200): string {
  // A megabyte is not tidied up to show a line of it.
  const start = text.slice(0, max * 8).toWellFormed();
  const line = start
    .replace(invisible, (found) => (/[\s\p{Zl}\p{Zp}]/u.test(found) ? ' ' : ''))
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return cut(line, max).replace(opening, `$&${APART}`);
}

/** The same for `speak` and notifications, which may be read as SSML. */
export function spoken(text: string, max = 200): string {
  return exact(text, max).replace(/[<>&]/g, ' ').replaceAll(APART, '').replaceAll('${', '$ {').replaceAll('{{', '{ {');
}

function cut(line: string, max: number): string {
  if (line.length <= max) return line;
  const points = [...line];
  return points.length <= max
    ? line
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
