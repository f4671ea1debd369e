// Words and shapes that name one fault, wherever in the paste they stand: of Azure AI's refusals, of the gateway's other statuses, of imports,
// the developer portal and provisioning. Each is reported once, with its line. Every pattern is bounded, so that reading stays linear.
import { evidenceAt } from './evidence.ts';
import type { Paste } from './normalise.ts';
import type { PasteSign, SignName } from './symptom.ts';

const patterns: readonly (readonly [SignName, RegExp])[] = [
  ['ai-keys-disabled', /AuthenticationTypeDisabled|Key[- ]based authentication is disabled|disableLocalAuth is set to be true/i],
  [
    'ai-network',
    /Access denied due to Virtual Network|Public access is disabled\. Please configure|not from an approved private endpoint|Virtual Network is configured for this resource|ThrowExceptionDueToTrafficDenied/i,
  ],
  ['ai-custom-subdomain', /provide a custom subdomain for token authentication/i],
  ['ai-token-refused', /Access token is missing, invalid|audience is incorrect/i],
  ['ai-credentials-missing', /\b40100[01]\b|request is not authorized because credentials are missing or invalid/i],
  ['ai-401001', /\b401001\b/],
  ['ai-tier', /is not supported with the current subscription key and pricing tier/i],
  [
    'ai-old-client',
    /Microsoft\.ProjectOxford|api\.projectoxford\.ai|\b(?:Face|Emotion|Vision|Speech)ServiceClient\b|\bcognitive_?face\b|\bpy_ms_cognitive\b|\bCognitiveFace\b/i,
  ],
  [
    'ai-trial',
    /\b(?:free )?trial (?:key|period|subscription|account)|\btrial (?:has )?(?:expired|ended)|azure\.microsoft\.com\/[\w/-]{0,40}try\//i,
  ],
  ['ai-region-header', /Ocp-Apim-Subscription-Region/i],
  ['ai-region-setting', /(?<![a-z-])(?:speech|service|azure|translator)?[_-]?region["']?\s{0,3}[:=]\s{0,3}["']([a-z]{4,20}\d?)["']/i],
  ['ai-throttled', /exceeded (?:call|token) rate limit|exceeded rate limit of your current/i],
  ['arm-throttled', /(?:Resource|Subscription|Tenant)RequestsThrottled|Number of '?\w{1,40}'? requests for subscription/i],
  ['openai-key-refused', /Incorrect API key provided|"?code"?\s{0,3}:\s{0,3}"?invalid_api_key/i],
  ['rate-limit', /Rate limit is exceeded|\bRateLimitExceeded\b/i],
  ['quota', /Out of (?:call volume|bandwidth) quota|Quota will be replenished|\bQuotaExceeded\b/i],
  [
    'caller-ip',
    /\bCallerIp(?:NotAllowed|Blocked)\b|\bFailedToParseCallerIP\b|Caller IP (?:address )?\S{0,60}\s?is (?:not allowed|blocked)/i,
  ],
  [
    'backend-unreachable',
    /BackendConnectionFailure|Unable to connect to the (?:backend|remote server)|backend service returned an invalid response|(?:error occurred|failed) (?:when|while) (?:sending|forwarding) (?:the )?request to (?:the )?backend|forward-request["'\s:,]{1,20}(?:reason["'\s:=]{1,8})?Timeout/i,
  ],
  ['bad-gateway', /\b50[24]\b[\s:(-]{0,4}(?:Bad ?Gateway|Gateway ?Time-?out)/i],
  ['not-routed', /Unable to match incoming request to an operation|\bOperationNotFound\b/i],
  ['arm-refused', /does not have authorization to perform action/i],
  [
    'portal-unpublished',
    /(?:developer )?portal (?:has(?: not|n't)|is(?: not|n't)|was(?: not|n't)|not)(?: been)?(?: yet)? published|publish (?:the|your) (?:developer )?portal/i,
  ],
  [
    'portal-blank',
    /developer portal[^\n]{0,120}\b(?:blank|empty|white (?:page|screen)|won't load|does(?: not|n't) load|not load(?:ing)?|never loads)|\b(?:blank|empty|white) (?:page|screen)[^\n]{0,120}developer portal/i,
  ],
  [
    'tier-refused',
    /MethodNotAllowedInPricingTier|Method not allowed in \w{0,20}\s?\w{0,3}\s?pricing tier|(?:not (?:supported|available|allowed)|unsupported|isn't (?:supported|available)) (?:in|on|for|by|with) (?:the |this |your |current )?(?:service )?(?:\w{1,12} (?:v2 )?)?(?:pricing |service )?(?:tier|sku)\b|\bSku(?:Not|Un)Supported\b|requires? (?:the )?(?:Developer|Basic|Standard|Premium)(?: v2)?(?: or (?:Developer|Basic|Standard|Premium)(?: v2)?)? (?:tier|sku)/i,
  ],
  [
    'tier-named',
    /\b(?:fail(?:s|ed|ing)?|cannot|can't|doesn't work|not working|unable|greyed out|missing)\b[^\n]{0,120}\b(?:Consumption|Developer|Basic|Standard|Premium)(?: ?v2)? (?:tier|sku)\b/i,
  ],
  [
    'provisioning',
    /\b(?:stuck|hang(?:s|ing)|still|remains?|been|keeps?|taking (?:for ?ever|hours|too long))\b[^\n]{0,80}\b(?:activating|updating|provisioning|creating|deploying)\b|\b(?:activating|updating|provisioning|deployment)\b[^\n]{0,60}\b(?:stuck|for (?:over |more than )?(?:\d{1,3}|two|three|several) (?:h\b|hours?|minutes|min\b|days?)|never (?:ends|finishes|completes)|timed? ?out|failed)|provisioning ?state["'\s:=]{1,8}(?:Activating|Updating|Creating|Failed)|ServiceLocked|is transitioning at this time|API service is activating|ActivationFailed|ServiceUnderUpdate/i,
  ],
  [
    'import-error',
    /(?:import(?:ing)?|openapi|swagger|api definition|specification)[^\n]{0,120}\b(?:fail(?:s|ed|ure)?|error|rejected|invalid|incorrect|unsupported|not supported|could not|cannot)\b|\bParsing error\(s\)|(?:fail(?:s|ed)|could not|cannot|unable) to import/i,
  ],
  ['duplicate-signature', /duplicate signature operations|operations with (?:the same )?signature '/i],
  [
    'said-duplicate-operation',
    /operation ?ids?\b[^\n]{0,120}\b(?:duplicate[ds]?|already (?:exists|used)|(?:not|must be|non-?) ?unique|more than once|twice)\b|duplicated? operation ?ids?/i,
  ],
  [
    'said-relative-server',
    /\brelative\b[^\n]{0,60}\b(?:servers?|service|base|backend)? ?ur[il]s?\b|server ur[il]s?\b[^\n]{0,80}\b(?:relative|absolute)|must be (?:an )?absolute ur[il]/i,
  ],
  [
    'said-cookie-parameter',
    /\bcookie\b[^\n]{0,40}\bparameters?\b[^\n]{0,80}|\bparameters?\b[^\n]{0,60}\b(?:in|location|type|of)\b[^\n]{0,10}\bcookie\b/i,
  ],
];

/** Words are looked for this far; a document is read to its end. */
const farthest = 100_000;

/** What the paste names, in the order of the table. */
export function readSigns(paste: Paste, redact: (text: string) => string): readonly PasteSign[] {
  const found: { readonly sign: SignName; readonly at: number; readonly value?: string | undefined }[] = [];
  const words = paste.text.slice(0, farthest);
  for (const [sign, pattern] of patterns) {
    const match = pattern.exec(words);
    if (match !== null) found.push({ sign, at: match.index, value: match[1]?.toLowerCase() });
  }
  found.push(...inDocument(paste.text));
  return found.map(({ sign, at, value }) => ({ sign, ...evidenceAt(paste, at, redact), ...(value === undefined ? {} : { value }) }));
}

/** What the import is known to refuse, seen in a pasted OpenAPI document itself. */
function inDocument(text: string): readonly { readonly sign: SignName; readonly at: number }[] {
  if (!/["']?openapi["']?\s{0,4}:\s{0,4}["']?3\.|["']?swagger["']?\s{0,4}:\s{0,4}["']?2\./i.test(text)) return [];
  const found: { readonly sign: SignName; readonly at: number }[] = [];
  const server = /["']?\bservers["']?\s{0,4}:[^\n]{0,20}\n?[^\n]{0,200}?\n?[^\n]{0,200}?\burl["']?\s{0,4}:\s{0,4}["']?(?=\S)/i.exec(text);
  const url = server === null ? '' : (/^[^\s"',}]{1,300}/.exec(text.slice(server.index + server[0].length))?.[0] ?? '');
  if (server !== null && url !== '' && !/^(?:[a-z][a-z\d+.-]{1,20}:)?\/\//i.test(url) && !url.startsWith('{')) {
    found.push({ sign: 'relative-server', at: server.index + server[0].length });
  }
  const seen = new Set<string>();
  for (const match of text.matchAll(/\boperationId["']?\s{0,4}:\s{0,4}["']?([\w.$ -]{1,200}?)["']?\s{0,4}(?=[,\n}]|$)/g)) {
    const id = match[1] ?? '';
    if (seen.has(id)) {
      found.push({ sign: 'duplicate-operation', at: match.index });
      break;
    }
    seen.add(id);
  }
  for (const match of text.matchAll(/(?<![\w"'])["']?in["']?\s{0,4}:\s{0,4}["']?cookie\b/g)) {
    // A key in a cookie is a way to sign in, not a parameter.
    if (/apiKey/i.test(text.slice(Math.max(0, match.index - 150), match.index + 150))) continue;
    found.push({ sign: 'cookie-parameter', at: match.index });
    break;
  }
  return found;
}
