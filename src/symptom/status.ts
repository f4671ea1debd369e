// The status that the paste literally shows. A number is a status only where something says so: a status line, a field, an exception's
// words. "Nested" means that an answer was wrapped in another: the inner 401 is the one people ask about.

export interface FoundStatus {
  readonly status: number;
  readonly at: number;
  /** http: a status line; field: a JSON or log field; words: prose of a program; mention: somebody's sentence. */
  readonly kind: 'http' | 'field' | 'words' | 'mention';
  readonly reason: string | null;
}

const reasons =
  'Unauthorized|UNAUTHORIZED|unauthorized|Access Denied|AccessDenied|PermissionDenied|Permission Denied|Forbidden|Not Found|Too Many Requests|Bad Request|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|Method Not Allowed|OK|Created|Client Error|Server Error|Authorization Required|Nicht autorisiert|Non autoris|No autorizado';

/** Codes in use; other three-digit numbers are quantities. */
const code = '(20[0-6]|30[0-8]|4[0-2]\\d|431|451|49\\d|5[0-2]\\d)(?![\\d\\w%]|[.,]\\d{2})';

const http = new RegExp(`\\bHTTP/[0-9.]{1,3}["']?\\s{1,4}([1-5]\\d\\d)\\b(?:[ \\t]{1,3}(${reasons}))?`, 'g');
const field = new RegExp(
  `["']?\\b(?:http|response|result|inner|response_|result_|http_|backend_?response_)?_?(?:status_?code|code|status|http_?status|resp(?:onse)?_?code|result_?code|sc-status)["']?\\s{0,4}[:=]\\s{0,4}["']?${code}(?:["',]{0,2}\\s{0,3}[(:]?\\s{0,3}(${reasons}))?`,
  'gi',
);
const labels =
  'status code(?: of)?|statuscode|status of|status|error code|response code|http(?: error)?(?: status)?(?: code)?|error|code|response|httperror|failed(?: with)?|received(?: status| code| http)?|responded with(?: a)?(?: status(?: of| code)?)?|success|fehler|erreur|errore|erro|c[oó]digo|kod|status-code|antwort|ERR_ABORTED|状态码|狀態碼|エラー|ステータスコード|コード|代码|ошибка|статус|код|오류|상태 코드';
const words: readonly RegExp[] = [
  new RegExp(`(?<![\\w])(?:${labels})\\s{0,3}[:=]?\\s{0,3}["']?${code}(?:\\s{0,3}[(:-]{0,2}\\s{0,3}(${reasons}))?`, 'gi'),
  new RegExp(`[([]\\s{0,3}${code}(?=\\s{0,3}[)\\]])`, 'gi'),
  new RegExp(`(?:=>|->|→|[|>])\\s{0,3}["']?${code}(?=\\s{0,3}(?:[|<"']|$))`, 'gim'),
  new RegExp(`(?<![\\d.\\w/-])${code}[*:]{0,3}\\s{0,3}[-–(:]{0,2}\\s{0,3}(${reasons})`, 'g'),
  // Before a body, or before the gateway's first words.
  /(?<![\d.\w/-])(401)(?!["']\s{0,2}:)(?=[*'"\s:–-]{1,6}[{[<]|[*\s:–-]{1,4}(?:Azure AD JWT|JWT|Access denied|Invalid))/gi,
  // A column of a log.
  /(?<=[\t|,;]\s?["']?)(401)(?=["']?\s?[\t|,;])/g,
  /HTTP Error (401)\.\d\b/g,
];
const mention = /(?<![\d.\w/#-]|[=!]=\s?)401(?![\d\w%]|[.,]\d|["']\s{0,2}:)/g;

export function findStatuses(text: string): readonly FoundStatus[] {
  const found: FoundStatus[] = [];
  const add = (kind: FoundStatus['kind'], match: RegExpExecArray): void => {
    found.push({ status: Number(match[1]), at: match.index, kind, reason: reasonAfter(text, match.index + match[0].length, match[2]) });
  };
  for (const match of text.matchAll(http)) {
    if (!/^1\d\d$/.test(match[1] ?? '') && !isProxyGreeting(text, match.index)) add('http', match);
  }
  for (const match of text.matchAll(field)) add('field', match);
  const said = words.flatMap((pattern) => [...text.matchAll(pattern)]).toSorted((a, b) => a.index - b.index);
  for (const match of said) add('words', match);
  for (const match of text.matchAll(mention)) {
    if (isAboutHttp(text, match.index)) {
      found.push({ status: 401, at: match.index, kind: 'mention', reason: reasonAfter(text, match.index + 3, undefined) });
    }
  }
  return found;
}

/** "Room 401", "401 subscriptions" and "invoice 401" are no statuses; beside a word of HTTP the number is one. */
function isAboutHttp(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 300), at);
  const after = text.slice(at + 3, at + 200);
  if (/^\s*$/.test(before.slice(before.lastIndexOf('\n') + 1)) && /^[ \t"'}]{0,8}(?:\n|$)/.test(after)) return true;
  if (
    /\b(?:room|invoice|type|line|page|section|chapter|no\.?|nr\.?|number|step|ticket|order|row|item|issue|flight|bus|route|version|build|pr|highway|street|apartment|zimmer)\s{0,2}#?$/i.test(
      before,
    )
  )
    return false;
  if (
    /^ (?!errors?\b|responses?\b|as\b|is\b|was\b|has\b|unless\b|status\b|codes?\b|always\b|sometimes\b|access\b|this\b|across\b)[a-z]{2,30}s\b/i.test(
      after,
    )
  )
    return false;
  return /http|status|error|code|unauthori|denied|\bapis?\b|apim|gateway|request|call|endpoint|token|\bkeys?\b|respon|answer|url|\bgets?\b|\bgot\b|getting|receiv|return|throws?|fehler|erreur|cl[eé]\b|clave|schlüssel|depuis|seit|エラー|キー|密钥|错误/i.test(
    before + after,
  );
}

/** requests writes "401 Client Error: Access Denied for url": the reason stands after the class of error. */
function reasonAfter(text: string, end: number, reason: string | undefined): string | null {
  if (reason !== undefined && !/^(?:client|server) error$/i.test(reason)) {
    return reason;
  }
  return (
    /^[\s:(,"'-]{0,5}(Access Denied|PermissionDenied|Permission Denied|Unauthorized|Forbidden)/i.exec(text.slice(end, end + 40))?.[1] ??
    reason ??
    null
  );
}

function isProxyGreeting(text: string, at: number): boolean {
  return /^HTTP\/[\d.]{1,3} 200 Connection established/i.test(text.slice(at, at + 40));
}

/** The status of one answer. A 4xx status line outranks a body that copies another; a wrapper gives way to the 401 inside. */
export function chooseStatus(found: readonly FoundStatus[]): FoundStatus | null {
  const line = found.find((one) => one.kind === 'http');
  const inner = found.find((one) => one.status === 401 && (one.kind === 'field' || one.kind === 'words'));
  if (line !== undefined) {
    return line.status === 401 || inner === undefined || (line.status > 401 && line.status < 500) ? line : inner;
  }
  return (
    inner ??
    found.find((one) => one.kind === 'field') ??
    found.find((one) => one.kind === 'words') ??
    found.find((one) => one.kind === 'mention') ??
    null
  );
}
