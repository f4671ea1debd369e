// For whom a token has to be, by the host of the backend (field guide B04 and a.3; each service's documentation of Entra sign-in).

export interface Audiences {
  readonly right: readonly string[];
  /** Accepted by some APIs of the host, by newer documents; not everywhere. */
  readonly perhaps: readonly string[];
}

const table: readonly (readonly [RegExp, readonly string[], (readonly string[])?])[] = [
  [/\.services\.ai\.azure\.com$/, ['https://cognitiveservices.azure.com', 'https://ai.azure.com']],
  [/\.openai\.azure\.com$/, ['https://cognitiveservices.azure.com'], ['https://ai.azure.com']],
  [
    /\.cognitiveservices\.azure\.com$|\.cognitive\.microsoft\.com$|microsofttranslator\.com$|\.speech\.microsoft\.com$/,
    ['https://cognitiveservices.azure.com'],
    ['https://ai.azure.com'],
  ],
  [/\.(?:openai|cognitiveservices|services\.ai)\.azure\.us$|\.cognitive\.azure\.us$/, ['https://cognitiveservices.azure.us']],
  [/\.(?:openai|cognitiveservices)\.azure\.cn$|\.cognitive\.azure\.cn$/, ['https://cognitiveservices.azure.cn']],
  [/^graph\.microsoft\.com$/, ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']],
  [/^management\.azure\.com$/, ['https://management.azure.com', 'https://management.core.windows.net']],
  [/\.vault\.azure\.net$/, ['https://vault.azure.net']],
  [/\.vault\.usgovcloudapi\.net$/, ['https://vault.usgovcloudapi.net']],
  [/\.vault\.azure\.cn$/, ['https://vault.azure.cn']],
  [
    /\.(?:blob|queue|table|file|dfs)\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/,
    ['https://storage.azure.com', 'https://$host'],
  ],
  [
    /\.servicebus\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/,
    ['https://servicebus.azure.net', 'https://eventhubs.azure.net', 'https://$host'],
  ],
  [/\.search\.windows\.net$/, ['https://search.azure.com']],
  [/\.azconfig\.io$/, ['https://azconfig.io', 'https://$host']],
];

/** Null for a host whose audience is its owner's choice. */
export function audiencesFor(host: string): Audiences | null {
  const found = table.find(([pattern]) => pattern.test(host));
  if (found === undefined) return null;
  return { right: found[1].map((one) => one.replace('$host', host)), perhaps: found[2] ?? [] };
}

/** Case and a slash at the end make no difference to these services. */
export function sameAudience(a: string, b: string): boolean {
  const plain = (text: string): string => text.trim().toLowerCase().replace(/\/+$/, '');
  return plain(a) === plain(b);
}
