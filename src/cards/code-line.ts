// Lines that are read by their columns: policies, patches. Shown in a monospace TextRun, which drops blanks at its beginning.
import { plain } from './plain.ts';

const BLANK = '\u00a0';

/** Deeper than this a phone shows nothing but the indentation. */
const deepest = 12;

/** One line, safe like every other text of a card, with its sign (`- `, `+ `) and indentation kept; a tab is two blanks. */
export function codeLine(line: string, max: number): string {
  const [, sign = '', indent = '', rest = ''] = /^([-+ ](?= |$) ?)?([\t ]*)(.*)$/s.exec(line) ?? [];
  const depth = Math.min(deepest, indent.replaceAll('\t', '  ').length);
  return `${sign.replaceAll(' ', BLANK)}${BLANK.repeat(depth)}${plain(rest, max)}` || BLANK;
}
