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

const http = new RegExp(`\\bHTTP/[0-9.]{1,3}["']?\\s{1,4}([1-5]\\d\\d)\\b(?:[ \\t]{1,3}(${reasons}))?`, 'g');
const field = new RegExp(
  `["']?\\b(?:http|response|result|inner|response_|result_|http_|backend_?response_)?_?(status_?code|code|status|http_?status|resp(?:onse)?_?code|result_?code|sc-status)["']?\\s{0,4}[:=]\\s{0,4}["']?([1-5]\\d\\d)(?![\\d\\w.%])(?:["',]{0,2}\\s{0,3}[(:]?\\s{0,3}(${reasons}))?`,
  'gi',
);
const words = new RegExp(
  `(?:\\b(?:status code(?: of)?|statuscode|status of|status|error code|response code|http(?: error)?(?: status)?(?: code)?|error|code|response|httperror|failed(?: with)?|received(?: status| code| http)?|responded with(?: a)?(?: status(?: of| code)?)?|success|fehler|erreur|errore|erro|error|c[oó]digo|statuscode|kod|status-code|answer|antwort|ERR_ABORTED|状态码|狀態碼|エラー|ステータスコード|コード|代码|ошибка|статус|код|오류|상태 코드)\\s{0,3}[:=]?\\s{0,3}|[(\\[>→|]\\s{0,3})["']?([1-5]\\d\\d)(?![\\d\\w%]|[.,]\\d)(?:\\s{0,3}[(:-]{0,2}\\s{0,3}(${reasons}))?|(?<![\\d.\\w/-])([1-5]\\d\\d)[*:]{0,3}\\s{0,3}[-–(:]{0,2}\\s{0,3}(${reasons})|(?<![\\d.\\w/-])(401)(?=[*'"\\s:–-]{1,6}[{\\[(<]|[*\\s:–-]{1,4}(?:Azure AD JWT|JWT|Access denied|Invalid)|\\s?[\\t|,;](?<=[\\t|,;]\\s?["']?401\\s?[\\t|,;]))`,
  'gi',
);
const mention = /(?<![\d.\w/-])401(?![\d\w%]|[.,]\d)/g;

export function findStatuses(text: string): readonly FoundStatus[] {
  const found: FoundStatus[] = [];
  for (const match of text.matchAll(http)) {
    if (!/^1\d\d$/.test(match[1] ?? '') && !isProxyGreeting(text, match.index)) {
      found.push({
        status: Number(match[1]),
        at: match.index,
        kind: 'http',
        reason: reasonAfter(text, match.index + match[0].length, match[2]),
      });
    }
  }
  for (const match of text.matchAll(field)) {
    found.push({
      status: Number(match[2]),
      at: match.index,
      kind: 'field',
      reason: reasonAfter(text, match.index + match[0].length, match[3]),
    });
  }
  for (const match of text.matchAll(words)) {
    const status = match[1] ?? match[3] ?? match[5];
    if (status !== undefined) {
      found.push({
        status: Number(status),
        at: match.index,
        kind: 'words',
        reason: reasonAfter(text, match.index + match[0].length, match[2] ?? match[4]),
      });
    }
  }
  for (const match of text.matchAll(mention)) {
    found.push({ status: 401, at: match.index, kind: 'mention', reason: null });
  }
  return found;
}

/** requests writes "401 Client Error: Access Denied for url": the reason stands after the class of error. */
function reasonAfter(text: string, end: number, reason: string | undefined): string | null {
  if (reason !== undefined && !/^(?:client|server) error$/i.test(reason)) {
    return reason;
  }
  return (
    /^[\s:(,-]{0,5}(Access Denied|PermissionDenied|Permission Denied|Unauthorized|Forbidden)/i.exec(text.slice(end, end + 40))?.[1] ??
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
