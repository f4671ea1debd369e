import type { Scenario } from '../contract.ts';
import { policy, refused, refusedToken, validateJwt } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a tool call arrives without a token where the API asks for one',
    paste: `MCP tool call failed (tools/call)\n${refused('JWT not present.')}`,
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-not-sent'], suspected: ['mcp-tool-call-drops-headers'] },
  },
  {
    name: 'the healthy twin: the token did arrive',
    paste: `MCP tool call failed (tools/call)\n${refusedToken('Invalid JWT.')}`,
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: [], suspected: ['signing-keys-rotated'] },
  },
  {
    name: 'the same answer to a client that is no MCP client',
    paste: refused('JWT not present.'),
    given: { 'apis/echo/policies/policy': policy(validateJwt()) },
    expect: { confirmed: ['token-not-sent'] },
  },
];
