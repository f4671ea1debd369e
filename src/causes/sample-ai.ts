// Azure AI accounts and refusals that the scenarios of A01 to A16 share. All names and keys are made up.

const accounts = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts';

/** An account, under the id that an estate lists it by. `own`: it has an address of its own, https://NAME.cognitiveservices.azure.com. */
export function aiAccount(
  name: string,
  kind: string,
  location: string,
  key: string,
  more: { readonly own?: boolean; readonly sku?: string; readonly properties?: Readonly<Record<string, unknown>> } = {},
): Readonly<Record<string, unknown>> {
  const region = location.toLowerCase().replaceAll(' ', '');
  const host =
    kind === 'OpenAI'
      ? `${name}.openai.azure.com`
      : more.own
        ? `${name}.cognitiveservices.azure.com`
        : `${region}.api.cognitive.microsoft.com`;
  const custom = more.own || kind === 'OpenAI' ? { customSubDomainName: name } : {};
  return {
    [`${accounts}/${name}`]: {
      kind,
      location,
      sku: { name: more.sku ?? 'S0' },
      properties: {
        provisioningState: 'Succeeded',
        endpoint: `https://${host}/`,
        publicNetworkAccess: 'Enabled',
        dateCreated: '2025-11-01T00:00:00Z',
        ...custom,
        ...more.properties,
      },
      keys: { key1: key, key2: key.replaceAll('a', '7') },
    },
  };
}

export const wrongKeyOrEndpoint =
  '{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}';
export const tokenRefused =
  '{ "statusCode": 401, "message": "Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired." }';
export const credentialsMissing =
  '{"error":{"code":401000,"message":"The request is not authorized because credentials are missing or invalid."}}';

/** curl with its headers, and the answer. */
export function aiCall(url: string, headers: readonly string[], body = wrongKeyOrEndpoint, status = '401 PermissionDenied'): string {
  const sent = headers.map((header) => ` -H "${header}"`).join('');
  return [
    `curl -i "${url}"${sent}`,
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    'Date: Fri, 20 Nov 2026 09:00:00 GMT',
    '',
    body,
  ].join('\n');
}

export function withKey(key: string): string {
  return `Ocp-Apim-Subscription-Key: ${key}`;
}
