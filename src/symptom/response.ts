// The answer's own statements: challenge, length, date, the words of its message.

export interface Challenge {
  readonly at: number;
  readonly scheme: 'AzureApiManagementKey' | 'Bearer' | 'SharedAccessSignature' | 'other';
  /** The realm as written, without blanks around it. */
  readonly realm: string | null;
  /** The header name that the API expects. */
  readonly name: string | null;
  /** The challenge up to its line's end, for its own error words. */
  readonly text: string;
}

export interface Message {
  readonly at: number;
  readonly text: string;
}

export function readChallenge(text: string): Challenge | null {
  const key = /AzureApiManagementKey\s{1,4}(?=realm|name|type)/i.exec(text);
  if (key !== null) {
    const rest = text.slice(key.index, key.index + 2500);
    return {
      at: key.index,
      scheme: 'AzureApiManagementKey',
      realm: parameter(rest, 'realm') ?? cutRealm(rest),
      name: parameter(rest, 'name'),
      text: restOfLine(rest),
    };
  }
  const other =
    /(?:www-authenticate["']?\s{0,4}(?:[:=,]\s{0,4}|["']?value["']?\s{0,4}:\s{0,4})["'[{]{0,3}\s{0,3})(Bearer|SharedAccessSignature|(?!AzureApiManagementKey)[A-Za-z][\w-]{0,40})\b(?=[ \t]{0,4}(?:$|["',;<\n}\]]|[A-Z][\w-]{1,40}:|[\w-]{1,40}=))|\b(SharedAccessSignature)(?=\s{1,4}realm=)|\b(Bearer)(?=\s{1,4}(?:realm|error|authorization_uri|authorization|resource_metadata|scope)=)/i.exec(
      text,
    );
  if (other === null) {
    return null;
  }
  const rest = text.slice(other.index, other.index + 2500);
  const scheme = (other[1] ?? other[2] ?? other[3] ?? '').toLowerCase();
  const known = scheme === 'bearer' ? 'Bearer' : scheme === 'sharedaccesssignature' ? 'SharedAccessSignature' : 'other';
  return { at: other.index, scheme: known, realm: parameter(rest, 'realm'), name: null, text: restOfLine(rest) };
}

function parameter(text: string, name: string): string | null {
  const value = new RegExp(`\\b${name}\\s{0,3}=\\s{0,3}(?:["']\\s{0,3}([^"'\\n]{0,2000}?)\\s{0,3}["']|([^\\s,"';]{1,500}))`, 'i').exec(
    text,
  );
  const found = (value?.[1] ?? value?.[2] ?? '').trim();
  return found === '' ? null : found;
}

/** A realm that ends with the paste still names the host when its path had begun; an ellipsis stands for the rest. */
function cutRealm(text: string): string | null {
  const found = /\brealm="\s{0,3}(https?:\/\/[^\s"/]{1,300}\/)[^\s"]{0,300}\s*$/i.exec(text);
  return found === null ? null : `${found[1]}…`;
}

function restOfLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

export function readContentLength(text: string): number | null {
  const found = /(?<![\w-])content-length["']?\s{0,4}(?:[:=,]|["']?value["']?\s{0,4}:)\s{0,4}["'[]{0,2}(\d{1,9})/i.exec(text);
  return found === null ? null : Number(found[1]);
}

/** The response's Date as ISO 8601. */
export function readDate(text: string): string | null {
  const found =
    /(?<![\w-])date["']?\s{0,4}[:=]\s{0,4}["'[]{0,2}((?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s{1,3})?\d{1,2}[\s-][a-z]{3}[\s-]\d{2,4}\s\d{1,2}:\d\d:\d\d(?:\s(?:GMT|UTC|[+-]\d{4}))?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:?\d\d))/i.exec(
      text,
    );
  const time = found?.[1] === undefined ? Number.NaN : Date.parse(found[1]);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** The words of a body's message (or `detail`, `error_description`): the one that holds the known words, else the first. */
export function readMessage(text: string, knownAt: number | null): Message | null {
  const pattern =
    /(?<![\w-])["']?(?:message|error_?description|detail)["']?\s{0,4}[:=]\s{0,4}(?:"([^"\n]{1,1000})|'([^\n]{1,1000}?)'\s{0,4}[,}\n)]|'([^'\n]{1,1000})|([^\s"'{[][^\n]{0,600}))/gi;
  let first: Message | null = null;
  for (let found = pattern.exec(text), seen = 0; found !== null && seen < 50; found = pattern.exec(text), seen += 1) {
    const words = (found[1] ?? found[2] ?? found[3] ?? found[4] ?? '').trim();
    const message = words === '' ? null : { at: found.index, text: words };
    if (message !== null && knownAt !== null && knownAt >= found.index && knownAt <= pattern.lastIndex) return message;
    first ??= message;
    if (knownAt === null && first !== null) return first;
  }
  return first;
}

/** A body was shown, or its absence is certain. */
export function showsBody(text: string): boolean {
  return (
    /["']?(?:status_?code|message|error|detail|code)["']?\s{0,4}:\s{0,4}["'{[\dA-Za-z]/i.test(
      text.replace(/content-[\w-]{1,20}:|error(?:source|reason|message|code):|status ?code:/gi, ' '),
    ) || /<(?:!doctype|html|body|h1|error|\?xml)\b/i.test(text)
  );
}
