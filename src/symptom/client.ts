// What the call was made with, where the paste names it: each of them has 401s of its own.
import type { Symptom } from './symptom.ts';

export function readClient(text: string): Symptom['client'] {
  if (/\bMCP\b|model context protocol|\/mcp\b|resource_metadata|tools\/(?:call|list)|mcp-session-id/i.test(text)) {
    return 'mcp';
  }
  if (
    /current product state|cannot subscribe|can't subscribe|subscribe (?:button|page|to (?:the|a|this) product)|subscribing (?:to|in)/i.test(
      text,
    )
  ) {
    return 'portal';
  }
  if (
    /test (?:tab|console|blade|pane|page)|try[ -]it|developer console|developer portal|ocp-apim-trace|interactive console|\.developer\.azure-api\.net|portal\.azure-api\.net|swagger ?ui/i.test(
      text,
    )
  ) {
    return 'console';
  }
  return /net::ERR_|failed to load resource|blocked by CORS|CORS policy|failed to fetch|preflight|XMLHttpRequest|sec-fetch-|user-agent["']?\s{0,3}[:=]\s{0,3}["']?Mozilla|\b(?:chrome|firefox|edge|safari)\b|browser|Uncaught \(in promise\)|sec-ch-ua/i.test(
    text,
  )
    ? 'browser'
    : null;
}
