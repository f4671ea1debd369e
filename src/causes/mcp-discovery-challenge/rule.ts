// The first call of an MCP client is meant to fail: the challenge tells it where to sign in (field guide P20; MCP specification,
// "Authorization", and RFC 9728, OAuth 2.0 Protected Resource Metadata).

import type { Symptom } from '../../symptom/symptom.ts';
import { confirmed, ruledOut } from '../contract.ts';
import { explain } from '../explain.ts';
import { fromPaste } from '../key-check.ts';

export const cause = explain({
  id: 'mcp-discovery-challenge',
  code: 'P20',
  stage: 'policy',
  title: 'The normal first step of signing in to an MCP server',
  best: 'confirmed',
  applies: (symptom) => symptom.status === 401 && symptom.seen.challenge !== null && !symptom.headerName,

  judge(symptom) {
    const challenge = symptom.seen.challenge ?? { line: 1, text: 'no challenge' };
    const expected = 'a challenge with resource_metadata';
    if (!names(symptom))
      return ruledOut('The challenge names no resource metadata, so it is no invitation to sign in.', fromPaste(challenge, expected));
    const url = /resource_metadata\s*=\s*"?([^"\s,]+)/i.exec(challenge.text)?.[1] ?? 'the address in it';
    const again = /error\s*=/i.test(challenge.text) ? ' It also names an error: a token was sent and refused, so sign in again.' : '';
    return confirmed(
      `This is how an MCP server asks a client to sign in, not a fault: the client reads ${url}, signs in there, and calls again with the token.${again} If it stops here, see whether the client supports MCP authorization and whether that address answers.`,
      fromPaste(challenge, expected),
    );
  },
});

function names(symptom: Symptom): boolean {
  return /resource_metadata/i.test(symptom.seen.challenge?.text ?? '');
}
