// Line breaks that a chat client swallowed. Microsoft's Playground sends a pasted text with its lines joined and nothing
// between them (`401 UnauthorizedContent-Type: …{ "statusCode"`), and other clients flatten in the same way.
// Only what begins a line in HTTP or in curl's output gets its line back; words are never changed.

// Words that also end other words (update:, message:) count only before a value that belongs to them.
const NAME = [
  '(?:www-authenticate|content-(?:type|length|encoding)|transfer-encoding|cache-control|user-agent|strict-transport-security)',
  '(?:request-(?:context|id)|set-cookie|api-key|accept-encoding|access-control-[a-z-]{1,40}|retry-after)',
  '(?:ocp-apim|apim|x|sec|cf)-[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,6}',
  'date(?=:\\s*(?:mon|tue|wed|thu|fri|sat|sun),)',
  'accept(?=:\\s?[*a-z]{1,20}/)',
  'connection(?=:\\s*(?:keep-alive|close))',
  'authorization(?=:\\s*(?:bearer|basic|sharedaccesssignature)\\b)',
  'host(?=:\\s*[a-z0-9-]{1,63}\\.)',
  'server(?=:\\s?[a-z])',
].join('|');

// An opening quote before it means a value inside a command or a document; a hyphen, the second half of a longer name.
const SEAM = `(?<=[^\\n<>-])(?<![\\s=(:,{]["'\`])(?<!^["'\`])`;
const HEADER = new RegExp(`${SEAM}(?<![<>] )(?=(?:[<>] )?(?:${NAME}):)`, 'gi');
// Any other hyphenated name, where the case of the letters shows the seam: `gzipX-Cache-Hit: 1`.
const CAPITAL_HEADER = new RegExp(`${SEAM}(?<=[a-z0-9"})\\]])(?=[A-Z][A-Za-z0-9]{0,40}(?:-[A-Z][A-Za-z0-9]{0,40}){1,6}: )`, 'g');
const STATUS_LINE = /(?<=[^\n])(?=< HTTP\/[0-9])|(?<=[^\n"'`<>])(?<![<>] )(?=HTTP\/[0-9](?:\.[0-9])? [1-5][0-9]{2}\b)/g;
const REQUEST_LINE = /(?<=[^\n\s"'`>])(?=(?:> )?(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?:\/|https?:\/\/)[^\s"']{0,2000} HTTP\/[0-9])/g;
const CURL_NOTE = /(?<=[^\n\s])(?=\* (?:[A-Z][a-z]+|using) )/g;
const BODY = /(?<=[^\n\s"'`{[:,=(])\s?(?=\{\s*"|<!doctype |<html[ >])/i;
const AFTER_BODY = /(\})(?=[A-Z][a-z])/g;

// curl -v marks the empty line at the end of each head with a lone > or <.
const CURL_HEAD_END = /([<>]) ?(?=\n)/g;

const LOOKS_LIKE_HTTP = /HTTP\/[0-9]|www-authenticate:|ocp-apim-subscription-key:|content-(?:type|length):/i;

/** The text with a line break where a line of HTTP or of curl must have begun; text that has line breaks stays as it is. */
export function restoreLines(text: string): string {
  if (text.includes('\n') || !LOOKS_LIKE_HTTP.test(text)) {
    return text;
  }
  const lines = text.replace(STATUS_LINE, '\n').replace(REQUEST_LINE, '\n').replace(HEADER, '\n').replace(CAPITAL_HEADER, '\n');
  const whole = lines.replace(BODY, '\n\n').replace(AFTER_BODY, '$1\n').trim();
  return /^[<>] /m.test(whole) ? whole.replace(CURL_NOTE, '\n').replace(CURL_HEAD_END, '\n$1') : whole;
}
