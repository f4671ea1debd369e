// Policies, tokens and the answers of policies that scenarios share. All ids are made up, and the tokens are signed by nobody.

export const tenant = '22222222-2222-4222-8222-222222222222';
export const application = '33333333-3333-4333-8333-333333333333';
export const audience = '44444444-4444-4444-8444-444444444444';
const kid = 'made-up-signing-key';
/** The moment of the pasted answers, in seconds. */
export const moment = Date.UTC(2026, 10, 20, 9, 0, 0) / 1000;

/** A policy resource as an estate has it. */
export function policy(inbound: string, rest: { readonly outbound?: string; readonly onError?: string; readonly backend?: string } = {}) {
  const section = (name: string, content: string | undefined): string => `  <${name}>\n    ${content ?? '<base />'}\n  </${name}>`;
  const sections = [
    section('inbound', inbound),
    section('backend', rest.backend),
    section('outbound', rest.outbound),
    section('on-error', rest.onError),
  ];
  return { properties: { format: 'rawxml', value: `<policies>\n${sections.join('\n')}\n</policies>` } };
}

/** validate-jwt for Entra, version 2, with one audience; `inside` adds elements, `attributes` attributes. */
export function validateJwt(inside = `<audiences>\n        <audience>${audience}</audience>\n      </audiences>`, attributes = ''): string {
  return `<base />
    <validate-jwt header-name="Authorization" failed-validation-httpcode="401"${attributes}>
      <openid-config url="https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration" />
      ${inside}
    </validate-jwt>`;
}

/** A token that the policy above lets in; claims laid over it, `undefined` takes one out. */
export function token(claims: Readonly<Record<string, unknown>> = {}, header: Readonly<Record<string, unknown>> = {}): string {
  const whole = {
    aud: audience,
    iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
    tid: tenant,
    azp: application,
    ver: '2.0',
    nbf: moment - 600,
    exp: moment + 3000,
    roles: ['Reader'],
    ...claims,
  };
  return [{ alg: 'RS256', typ: 'JWT', kid, ...header }, whole].map(encoded).concat('bWFkZS11cC1zaWduYXR1cmU').join('.');
}

function encoded(part: unknown): string {
  return btoa(JSON.stringify(part)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** curl -v of a call to the Echo API, answered 401 in the gateway's form with a message, or with any other body. */
export function refused(answer: string, headers: readonly string[] = [], method = 'GET'): string {
  const body = answer.startsWith('{') || answer.startsWith('<') || answer === '' ? answer : `{ "statusCode": 401, "message": "${answer}" }`;
  return [
    `> ${method} /echo/resource HTTP/1.1`,
    '> Host: contoso.azure-api.net',
    ...headers.map((header) => `> ${header}`),
    '>',
    '< HTTP/1.1 401 Unauthorized',
    '< Date: Fri, 20 Nov 2026 09:00:00 GMT',
    `< Content-Length: ${body.length}`,
    '<',
    body,
  ].join('\n');
}

/** The same with a token in Authorization. */
export function refusedToken(
  answer: string,
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  return refused(answer, [`Authorization: Bearer ${token(claims, header)}`]);
}

/** A row of the gateway's log. */
export function logged(reason: string, source = 'validate-jwt'): string {
  return JSON.stringify({
    OperationName: 'GatewayLogs',
    Url: 'https://contoso.azure-api.net/echo/resource',
    Method: 'GET',
    ResponseCode: 401,
    LastErrorSource: source,
    LastErrorReason: reason,
  });
}
