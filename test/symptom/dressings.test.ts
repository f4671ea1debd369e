// What Teams, mail and logs do to a paste must not change what it says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabelledPaste, score } from '../corpus/score.ts';

const pastes = JSON.parse(readFileSync(join(import.meta.dirname, '../corpus/own-pastes.json'), 'utf8')) as readonly LabelledPaste[];

function smartQuotes(text: string): string {
  let open = false;
  return text.replace(/'/g, '’').replace(/"/g, () => {
    open = !open;
    return open ? '“' : '”';
  });
}

function eachLine(text: string, change: (line: string) => string): string {
  return text.split('\n').map(change).join('\n');
}

it.each<readonly [string, (text: string) => string]>([
  ['smart quotes', smartQuotes],
  ['non-breaking spaces', (text) => text.replaceAll(' ', '\u00a0')],
  ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
  ['entities', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')],
  ['block-quote marks', (text) => eachLine(text, (line) => `> ${line}`)],
  ['lost line breaks', (text) => text.replace(/\s*\n\s*/g, ' ')],
  ['zero-width characters', (text) => text.replaceAll('e', 'e\u200b')],
  ['a code fence', (text) => `\`\`\`\n${text}\n\`\`\``],
  ['indentation', (text) => eachLine(text, (line) => `    ${line}`)],
  ['a JSON string around it', (text) => `{"log":${JSON.stringify(text)}}`],
  ['a greeting and thanks', (text) => `Hi team, this is what our client shows since the release:\n\n${text}\n\nAny idea? Thanks a lot`],
  ['Japanese before it', (text) => `お世話になっております。以下のエラーが発生しました。\n\n${text}`],
])('says the same with %s', (_, dress) => {
  expect(score(pastes.map((one) => ({ ...one, paste: dress(one.paste) }))).misses).toEqual([]);
});
