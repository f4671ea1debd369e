import type { Scenario } from '../contract.ts';
import { answered } from '../sample-pastes.ts';
import { refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the challenge of an MCP server names its metadata',
    paste: challenged('Bearer resource_metadata="https://contoso.azure-api.net/.well-known/oauth-protected-resource"'),
    given: {},
    expect: { confirmed: ['mcp-discovery-challenge'], headline: 'mcp-discovery-challenge' },
  },
  {
    name: 'the healthy twin: a challenge without metadata',
    paste: challenged('Bearer error="invalid_token"'),
    given: {},
    expect: { confirmed: [] },
  },
  {
    name: 'the key check has a challenge of its own',
    paste: answered('missing'),
    given: {},
    expect: { confirmed: [], suspected: ['key-not-sent'] },
  },
];

function challenged(challenge: string): string {
  return refused('').replace('< Date:', `< WWW-Authenticate: ${challenge}\n< Date:`);
}
