// Which hosts belong to which sender. Source: field guide, sections a.3, a.4 and c (G07).

export type HostKind = 'apim' | 'apim-management' | 'azure-ai' | 'arm' | 'app-service' | 'other-product' | 'reference' | 'unknown';

const suffixes: readonly (readonly [string, HostKind])[] = [
  ['management.azure-api.net', 'apim-management'],
  ['azure-api.net', 'apim'],
  ['azure-api.us', 'apim'],
  ['azure-api.cn', 'apim'],
  ['api.cognitive.microsoft.com', 'azure-ai'],
  ['cognitiveservices.azure.com', 'azure-ai'],
  ['cognitiveservices.azure.us', 'azure-ai'],
  ['cognitiveservices.azure.cn', 'azure-ai'],
  ['cognitive.azure.cn', 'azure-ai'],
  ['cognitive.microsoft.com', 'azure-ai'],
  ['cognitive.microsofttranslator.com', 'azure-ai'],
  ['microsofttranslator.com', 'azure-ai'],
  ['openai.azure.com', 'azure-ai'],
  ['openai.azure.us', 'azure-ai'],
  ['services.ai.azure.com', 'azure-ai'],
  ['models.ai.azure.com', 'azure-ai'],
  ['inference.ai.azure.com', 'azure-ai'],
  ['stt.speech.microsoft.com', 'azure-ai'],
  ['tts.speech.microsoft.com', 'azure-ai'],
  ['speech.microsoft.com', 'azure-ai'],
  ['speech.azure.cn', 'azure-ai'],
  ['api.bing.microsoft.com', 'azure-ai'],
  ['bing.microsoft.com', 'azure-ai'],
  ['luis.ai', 'azure-ai'],
  ['azure-ai.net', 'azure-ai'],
  ['api.projectoxford.ai', 'azure-ai'],
  ['management.azure.com', 'arm'],
  ['management.usgovcloudapi.net', 'arm'],
  ['management.chinacloudapi.cn', 'arm'],
  ['management.core.windows.net', 'arm'],
  ['azurewebsites.net', 'app-service'],
  ['azurewebsites.us', 'app-service'],
  ['chinacloudsites.cn', 'app-service'],
  ['azurecontainerapps.io', 'app-service'],
  ['azurestaticapps.net', 'app-service'],
  ['api.openai.com', 'other-product'],
  ['amazonaws.com', 'other-product'],
  ['googleapis.com', 'other-product'],
  ['api.github.com', 'other-product'],
  ['api.anthropic.com', 'other-product'],
  ['graph.microsoft.com', 'other-product'],
  ['vault.azure.net', 'other-product'],
  ['core.windows.net', 'other-product'],
  // Named in messages, tokens, links and schemas; never the host that answered.
  ['aka.ms', 'reference'],
  ['learn.microsoft.com', 'reference'],
  ['docs.microsoft.com', 'reference'],
  ['go.microsoft.com', 'reference'],
  ['msdn.microsoft.com', 'reference'],
  ['support.microsoft.com', 'reference'],
  ['techcommunity.microsoft.com', 'reference'],
  ['azure.microsoft.com', 'reference'],
  ['portal.azure.com', 'reference'],
  ['portal.azure.us', 'reference'],
  ['oai.azure.com', 'reference'],
  ['ai.azure.com', 'reference'],
  ['login.microsoftonline.com', 'reference'],
  ['login.microsoftonline.us', 'reference'],
  ['login.windows.net', 'reference'],
  ['login.microsoft.com', 'reference'],
  ['sts.windows.net', 'reference'],
  ['b2clogin.com', 'reference'],
  ['developer.azure-api.net', 'reference'],
  ['portal.azure-api.net', 'reference'],
  // Where self-hosted gateways fetch their configuration: stands in their logs, answers no calls.
  ['configuration.azure-api.net', 'reference'],
  ['platform.openai.com', 'reference'],
  ['help.openai.com', 'reference'],
  ['github.com', 'reference'],
  ['githubusercontent.com', 'reference'],
  ['stackoverflow.com', 'reference'],
  ['developer.mozilla.org', 'reference'],
  ['httpstatuses.com', 'reference'],
  ['httpstatuses.io', 'reference'],
  ['tools.ietf.org', 'reference'],
  ['datatracker.ietf.org', 'reference'],
  ['rfc-editor.org', 'reference'],
  ['w3.org', 'reference'],
  ['json-schema.org', 'reference'],
  ['openapis.org', 'reference'],
  ['xmlsoap.org', 'reference'],
  ['schemas.microsoft.com', 'reference'],
  ['teams.microsoft.com', 'reference'],
  ['curl.se', 'reference'],
  ['curl.haxx.se', 'reference'],
  ['pypi.org', 'reference'],
  ['npmjs.com', 'reference'],
  ['nuget.org', 'reference'],
];

/** Longest suffix first, so that `developer.azure-api.net` is not taken for a gateway. */
const ordered = suffixes.toSorted((a, b) => b[0].length - a[0].length);

export function hostKind(host: string): HostKind {
  const found = ordered.find(([suffix]) => host === suffix || host.endsWith(`.${suffix}`));
  return found?.[1] ?? 'unknown';
}

/** A host that could exist: no brackets, no `your-…`, no elision. Lower case, without port. */
export function isPlausibleHost(host: string): boolean {
  if (host.length === 0 || host.length > 253 || !/^[a-z0-9._:[\]-]+$/.test(host)) {
    return false;
  }
  if (/^\[[0-9a-f:.]+\]$/.test(host)) {
    return true;
  }
  const labels = host.split('.');
  if (labels.some((label) => !/^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))) {
    return false;
  }
  return !labels.some(isPlaceholderLabel) && (labels.length > 1 || host === 'localhost' || /[a-z]/.test(host));
}

function isPlaceholderLabel(label: string): boolean {
  return (
    /^(?:your|my|the|some)[-_](?:.*[-_])?(?:apim|api|resource|resource-name|gateway|service|service-name|instance|name|host|hostname|domain|endpoint|region|app|function|account|company)$/.test(
      label,
    ) ||
    /^your(?:[-_].*|apim|api|resource|resourcename|gateway|service|servicename|instance|name|host|hostname|domain|endpoint|region|app|company|tenant)?$/.test(
      label,
    ) ||
    /^(?:x{3,}|placeholder|redacted|servicename|service-name|apim-name|apimname|resource-name|hostname|host-name|masked|hidden|removed)$/.test(
      label,
    )
  );
}
