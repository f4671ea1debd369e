// What the words around an answer tell of the way the call took: a browser, a gateway of one's own, another region.
// Only such words count as signs for causes that Azure's data cannot show.
import type { ToldWhat } from './symptom.ts';

export interface FoundWords {
  readonly what: ToldWhat;
  readonly at: number;
}

const signs: readonly (readonly [ToldWhat, RegExp])[] = [
  [
    'self-hosted-gateway',
    /self[- ]hosted[- ]gateway|\bSHGW\b|self-?hosted[^\n]{0,30}\bgateway\b|azure-api-management\/gateway|gateway (?:container|pod)\b|config\.service\.(?:endpoint|auth)|x-(?:apim-)?self-hosted/i,
  ],
  [
    'gateway-token',
    /gateway(?: access)?[ -]?token|gateway key\b|GatewayKey\b|config\.service\.auth|generateToken|configuration[^\n]{0,80}(?:401|unauthori[sz]ed)|(?:401|unauthori[sz]ed)[^\n]{0,80}\.configuration\.azure-api/i,
  ],
  [
    'gateway-configuration',
    /configuration (?:endpoint|service|api|backup)[^\n]{0,80}(?:unreachable|refused|timed? ?out|fail|cannot|could not|unable|unavailable|error)|(?:cannot|could not|can't|unable to|failed to|not)[^\n]{0,60}(?:reach|connect|fetch|download|sync)[^\n]{0,40}(?:configuration|\.configuration\.azure-api)|\.configuration\.azure-api\.(?:net|us|cn)[^\n]{0,80}(?:refused|timed? ?out|fail|unreachable|error|no such host)|backup configuration/i,
  ],
  ['websocket', /\bwebsockets?\b|\bwss?:\/\/|upgrade["']?\s{0,3}:\s{0,3}["']?websocket|sec-websocket-key/i],
  ['event-source', /\bEventSource\b|text\/event-stream|server-sent events?/i],
  [
    'navigation',
    /sec-fetch-mode["']?\s{0,3}[:=]\s{0,3}["']?navigate|sec-fetch-dest["']?\s{0,3}[:=]\s{0,3}["']?(?:document|image|iframe|script|video|audio)|upgrade-insecure-requests["']?\s{0,3}[:=]|accept["']?\s{0,3}[:=]\s{0,3}["']?text\/html|address bar|\bnew tab\b|(?:open|paste|type|enter|put|visit|brows)(?:ed|ing|d|s)?\b[^\n]{0,60}\b(?:in|into|to|with) (?:a |the |my |our )?(?:web ?)?(?:browser|chrome|firefox|safari|edge)\b|<(?:img|a|iframe|video|audio|embed)\s[^>\n]{0,200}(?:src|href)=|\b(?:img|image) (?:tag|src)\b|window\.open|download link/i,
  ],
  ['page-resource', /failed to load resource|GET https?:\/\/[^\s]{1,300} (?:net::ERR_\S{1,40} )?401/i],
  ['cors', /blocked by CORS|CORS (?:policy|error|preflight)|preflight|access-control-(?:request|allow)|cross-origin request blocked/i],
  ['static-web-app', /static[ -]?web[ -]?apps?\b|azurestaticapps|staticwebapp/i],
  [
    'restored-or-moved',
    /\b(?:restored?|restoring|backup|failover|failed over|disaster recovery|migrat(?:ed|ing|ion)|moved|recreated|re-created|rebuilt|redeployed)\b[^\n]{0,80}\b(?:service|instance|apim|api management|gateway|region|subscription|tenant|resource group|backup|environment)\b|\b(?:service|instance|apim|api management|gateway)\b[^\n]{0,60}\b(?:restored?|migrated|moved|recreated|re-created|rebuilt|failed over)\b/i,
  ],
  [
    'one-region',
    /\b(?:only|just|except|but not)\b[^\n]{0,30}\b(?:in|from|via|for)\b[^\n]{0,30}\b(?:region|location|datacent(?:er|re))\b|\b(?:one|other|another|second(?:ary)?|some|certain|specific) (?:of the )?(?:regions?|locations?|datacent(?:er|re)s?)\b|\b(?:only|just|except|but not)\b[^\n]{0,30}\b(?:in|from|via|for) (?:the )?(?:north|south|east|west|central|uk|us|canada|australia|japan|brazil|france|germany|korea|sweden|switzerland|uae)(?: ?(?:north|south|east|west|central|europe|us|uk|asia|india|eastasia)){1,2}[ \d]?\b|regional (?:gateway|endpoint|url)/i,
  ],
  [
    'meant-open',
    /no subscription required|subscription (?:is )?not required|without (?:a |any )?(?:subscription )?key\b[^\n]{0,40}(?:should|must|before|used to|worked)|(?:should|supposed|meant|expected)[^\n]{0,40}\b(?:public|open|anonymous|without (?:a |any )?(?:subscription )?key)|anonymous(?:ly)? (?:access|calls?|allowed)|public API|(?:open|anonymous) (?:product|API|access)/i,
  ],
  [
    'openai-client',
    /\bAzureOpenAI\b|\bopenai\.\w{0,30}Error\b|\bopenai[-/]python\b|x-stainless-|\bOpenAI SDK\b|\blitellm\b|\blangchain\b|openai-node|\bnew OpenAI\(|\bOpenAI\(/i,
  ],
  ['linked-api', /\blinked (?:api|backend|app)|link(?:ed|ing)? (?:the |an |a )?(?:api management|apim|backend)/i],
  ['product-state', /current product state/i],
  [
    'intermittent',
    /\bintermittent(?:ly)?\b|\bsporadic(?:ally)?\b|\boccasional(?:ly)?\b|\bsometimes\b|\bnow and then\b|\bfrom time to time\b|\b(?:works|passes|succeeds|fails?) (?:most|some|half) of the time\b|\bat random\b|\brandomly\b|\b(?:every|each) (?:other|second|third|few) (?:call|request|time)s?\b|\b(?:about|around|roughly)? ?(?:\d{1,2} ?%|half|a third|one in (?:two|three|four|five|\d)) of (?:the |our |all )?(?:call|request)s\b/i,
  ],
];

/** The first place of each sign. */
export function readTold(text: string): readonly FoundWords[] {
  return signs.flatMap(([what, pattern]) => {
    const found = pattern.exec(text);
    return found === null ? [] : [{ what, at: found.index }];
  });
}
