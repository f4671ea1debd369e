// Makes pastes and parses them, so that the tests read as what somebody pastes and what is understood.
import { createHash } from 'node:crypto';
import { type ParsedPaste, parsePaste } from '../../src/symptom/parse-paste.ts';

export const someKey = '4f2a00001111222233334444deadbeef';
export const invalid =
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';
export const missing =
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }';

export function hash(text: string): string {
  return createHash('sha256').update(`test ${text}`).digest('base64url');
}

export function read(...lines: readonly string[]): ParsedPaste {
  return parsePaste(lines.join('\n'), hash);
}
