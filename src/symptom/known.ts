// Finds the known message, token error or exception that an answer's text holds.
import { beginnings, type KnownMessage, knownMessages } from './messages.ts';
import { squeeze } from './squeeze.ts';
import type { Code, Layer } from './symptom.ts';

export interface Known {
  readonly layer: Layer;
  readonly code: Code;
  readonly status: number;
  readonly at: number;
}

export function findKnown(text: string, shows401: boolean): Known | null {
  const squeezed = squeeze(text);
  const said = inTable(squeezed.text, text, squeezed.at, shows401);
  if (said?.layer === 'arm-management' || said === null) {
    return identityModel(text) ?? said ?? cutOff(squeezed.text, squeezed.at) ?? cognitiveException(text);
  }
  return said.layer === 'backend' ? (identityModel(text) ?? said) : said;
}

function inTable(letters: string, text: string, at: (offset: number) => number, shows401: boolean): Known | null {
  for (const message of knownMessages) {
    const found = letters.indexOf(message.phrase);
    if (found >= 0 && (!message.weak || shows401 || standsAlone(text, at(found), at(found + message.phrase.length - 1)))) {
      return known(message, at(found));
    }
  }
  return null;
}

/** The phrase is a whole line or a whole quoted value. */
function standsAlone(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 12), from);
  return /(?:^|[\n"'>|:(])[\s*]{0,8}$/.test(before) && /^[\w\s]{0,1}\.?[\s*]{0,4}(?:$|["'<|\n)])/.test(text.slice(to + 1, to + 10));
}

/** A message cut off in the middle of its words. */
function cutOff(letters: string, at: (offset: number) => number): Known | null {
  const tail = letters.slice(-60);
  for (const message of beginnings) {
    for (let length = message.phrase.length - 1; length >= 18; length -= 1) {
      if (tail.endsWith(message.phrase.slice(0, length))) {
        return known(message, at(letters.length - length));
      }
    }
  }
  return null;
}

function known(message: KnownMessage, at: number): Known {
  const { layer, code, status } = message;
  return { layer, code, status, at };
}

/**
 * Microsoft.IdentityModel's errors. `JWT Validation Failed` with capitals is API Management's (trace and LastError);
 * App Service logs the same words in lower case, and applications throw the bare IDX error.
 */
function identityModel(text: string): Known | null {
  const found =
    /\bJWT Validation Failed|\bJWT validation failed|\bIDX\d{5}\b|\bSecurityToken\w{0,40}Exception\b|error="?invalid_token"?[^\n]{0,10}error_description="?(?=The (?:token|audience|issuer|signature))/.exec(
      text,
    );
  if (found === null) {
    return null;
  }
  const gateway =
    found[0] === 'JWT Validation Failed' || /(?:source|section)["']?\s{0,3}[:=]\s{0,3}["']?validate-(?:jwt|azure-ad-token)/i.test(text);
  return {
    layer: gateway ? 'gateway-jwt' : 'backend',
    code: tokenFault(text.slice(found.index, found.index + 1500)),
    status: 401,
    at: found.index,
  };
}

/** What the words say is wrong with a token. */
export function tokenFault(text: string): Code {
  if (/IDX10223|IDX10222|lifetime validation failed|token (?:is |has )?expired|TokenExpired/i.test(text) && !/not yet valid/i.test(text))
    return 'jwt-expired';
  if (
    /IDX10214|IDX10208|IDX10231|audience(?:s)? (?:validation|'[^'\n]{0,200}' is invalid|is invalid)|InvalidAudience|TokenAudienceNotAllowed|The audience/i.test(
      text,
    )
  )
    return 'jwt-audience';
  return /(?:token|jwt) (?:is )?(?:not present|missing|not found)|TokenNotPresent/i.test(text) ? 'jwt-missing' : 'jwt-invalid';
}

/** The SDK's exception names its service although the message is lost. */
function cognitiveException(text: string): Known | null {
  const found =
    /\b(?:Microsoft\.Azure\.CognitiveServices|Microsoft\.CognitiveServices|Azure\.AI\.\w{2,40}|azure\.cognitiveservices|Microsoft\.ProjectOxford)\b/i.exec(
      text,
    );
  if (found === null || !/unauthorized|\b401\b|PermissionDenied/i.test(text)) {
    return null;
  }
  return { layer: 'azure-ai', code: 'ai-key-or-endpoint', status: 401, at: found.index };
}
