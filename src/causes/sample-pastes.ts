// The pastes that scenarios share. `{key:NAME}` becomes the primary key of that subscription in the scenario's estate.

const invalidBody =
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';
const missingBody =
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }';

/** curl -v of a call with a header, answered "invalid". */
export function calledWith(header: string, path = '/echo/resource', method = 'GET'): string {
  return curl(path, method, [header], invalidBody, 143, 'Ocp-Apim-Subscription-Key');
}

/** curl -v of a call, answered "missing"; `name` is what the challenge says. */
export function calledMissing(headers: readonly string[], path = '/echo/resource', name = 'Ocp-Apim-Subscription-Key'): string {
  return curl(path, 'GET', headers, missingBody, 152, name);
}

/** curl -i: the answer alone, the request not shown. */
export function answered(
  kind: 'invalid' | 'missing',
  path = '/echo',
  name = 'Ocp-Apim-Subscription-Key',
  date = 'Fri, 20 Nov 2026 09:00:00 GMT',
): string {
  const [body, length] = kind === 'invalid' ? [invalidBody, 143] : [missingBody, 152];
  return answer(path, body, length, name, date).join('\n');
}

function curl(path: string, method: string, headers: readonly string[], body: string, length: number, name: string): string {
  const request = [`${method} ${path} HTTP/1.1`, 'Host: contoso.azure-api.net', 'Accept: */*', ...headers, ''];
  const base = `/${path.split('/')[1] ?? ''}`;
  const response = answer(base, body, length, name, 'Fri, 20 Nov 2026 09:00:00 GMT');
  return [...request.map((line) => `> ${line}`), ...response.slice(0, -2).map((line) => `< ${line}`), '<', body].join('\n');
}

function answer(base: string, body: string, length: number, name: string, date: string): readonly string[] {
  return [
    'HTTP/1.1 401 Access Denied',
    `Content-Length: ${length}`,
    'Content-Type: application/json',
    `WWW-Authenticate: AzureApiManagementKey realm="https://contoso.azure-api.net${base}",name="${name}",type="header"`,
    `Date: ${date}`,
    '',
    body,
  ];
}
