// What an address of Azure AI says: which service, which region, whose resource (seed 004; field guide, a.3).
import { hostKind } from '../symptom/hosts.ts';
import type { Symptom } from '../symptom/symptom.ts';

export type AiService =
  | 'translator'
  | 'speech'
  | 'vision'
  | 'face'
  | 'language'
  | 'luis'
  | 'luis-authoring'
  | 'openai'
  | 'documents'
  | 'content-safety'
  | 'custom-vision'
  | 'bing';

export interface AiEndpoint {
  readonly host: string | null;
  /** own: the resource's own host; regional: shared by everybody in a region; global: shared by all. */
  readonly form: 'own' | 'regional' | 'global' | 'unknown';
  readonly region: string | null;
  readonly service: AiService | null;
}

/** In this order: a longer beginning stands before a shorter one. */
const paths: readonly (readonly [RegExp, AiService])[] = [
  [/^\/luis\/(?:api\/|authoring\/|v\d(?:\.\d)?\/apps\/[^/]+\/versions)/, 'luis-authoring'],
  [/^\/luis\//, 'luis'],
  [/^\/openai\//, 'openai'],
  [/^\/(?:translator\/|translate\b|transliterate\b|breaksentence\b|dictionary\/|languages\b)/, 'translator'],
  [/^\/(?:speech|speechtotext|cognitiveservices\/v1|tts)\b/, 'speech'],
  [/^\/face\//, 'face'],
  [/^\/(?:vision|computervision)\//, 'vision'],
  [/^\/(?:text\/analytics|language)\b/, 'language'],
  [/^\/(?:formrecognizer|documentintelligence)\//, 'documents'],
  [/^\/contentsafety\//, 'content-safety'],
  [/^\/customvision\//, 'custom-vision'],
  [/^\/bing\//, 'bing'],
];

export function aiEndpoint({ host, urlPath, apiPath }: Symptom): AiEndpoint {
  const path = (urlPath ?? apiPath ?? '').toLowerCase();
  const byPath = paths.find(([pattern]) => pattern.test(path))?.[1] ?? null;
  const at = (form: AiEndpoint['form'], region: string | null, service = byPath): AiEndpoint => ({ host, form, region, service });
  if (host === null) return at('unknown', null);
  if (/\.openai\.azure\.(?:com|us|cn)$/.test(host)) return at('own', null, 'openai');
  if (/\.(?:cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/.test(host)) return at('own', null);
  if (/(?:^|\.)microsofttranslator\.com$/.test(host)) return at('global', null, 'translator');
  if (/(?:^|\.)bing\.microsoft\.com$/.test(host)) return at('global', null, 'bing');
  const region = /^([a-z]+\d?)\.api\.cognitive\.(?:microsoft\.com|azure\.us|azure\.cn)$/.exec(host)?.[1];
  if (region !== undefined) return at('regional', region);
  const speech = /^([a-z]+\d?)\.(?:[a-z0-9]+\.){0,2}speech\.(?:microsoft\.com|azure\.us|azure\.cn)$/.exec(host)?.[1];
  if (speech !== undefined) return at('regional', speech, 'speech');
  return host === 'api.cognitive.microsoft.com' ? at('global', null) : at('unknown', null);
}

/** Several services under one key. */
export function isMultiService(kind: string): boolean {
  return /^(?:CognitiveServices|AIServices)$/i.test(kind);
}

const own: Readonly<Record<AiService, RegExp>> = {
  translator: /^TextTranslation$/i,
  speech: /^(?:SpeechServices|Speech|SpeechTranslation|Bing\.Speech)$/i,
  vision: /^ComputerVision$/i,
  face: /^Face$/i,
  language: /^(?:TextAnalytics|Language|QnAMaker(?:\.v2)?)$/i,
  // The two keys of LUIS are a cause of their own (A05).
  luis: /^LUIS(?:\.Authoring)?$/i,
  'luis-authoring': /^LUIS(?:\.Authoring)?$/i,
  openai: /^OpenAI$/i,
  documents: /^FormRecognizer$/i,
  'content-safety': /^ContentSafety$/i,
  'custom-vision': /^CustomVision\./i,
  bing: /^Bing\./i,
};

const notInMultiService: Readonly<Record<string, readonly AiService[]>> = {
  cognitiveservices: ['openai', 'bing', 'luis-authoring', 'custom-vision'],
  aiservices: ['bing', 'luis-authoring', 'custom-vision'],
};

/** Whether a key of an account of this kind opens this service. */
export function serves(kind: string, service: AiService): boolean {
  if (isMultiService(kind)) return !notInMultiService[kind.toLowerCase()]?.includes(service);
  return own[service].test(kind);
}

/** Azure AI refused the call at its own address (or at none that the paste shows): at a gateway's address the pasted key is the gateway's. */
export function isAiCall({ layer, host }: Symptom): boolean {
  return layer === 'azure-ai' && (host === null || hostKind(host) !== 'apim');
}

/** ... and it was about a key, not about the role of a signed-in caller. */
export function isAiKeyCall(symptom: Symptom): boolean {
  return isAiCall(symptom) && symptom.code !== 'aad-permission';
}
