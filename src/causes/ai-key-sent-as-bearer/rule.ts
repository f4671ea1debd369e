// Client libraries for OpenAI put whatever they are given behind "Bearer". Azure reads a token there, and a key is none
// (field guide A10 and a.3). Tokens of Entra ID are JWTs and begin with "eyJ".
import { isAiKeyCall } from '../ai-endpoint.ts';
import { confirmed, ruledOut, suspected } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

const expected = 'a token of Entra ID (eyJ…), or the key in a header of its own';
const advice =
  'Send the key in the header api-key (Azure OpenAI) or Ocp-Apim-Subscription-Key (other AI services) without "Bearer"; in an OpenAI library use its Azure client.';

export const cause = explain({
  id: 'ai-key-sent-as-bearer',
  code: 'A10',
  stage: 'backend',
  title: 'A key was sent as a bearer token',
  best: 'confirmed',
  applies: isAiKeyCall,
  judge(symptom) {
    const bearer = symptom.keys.find(({ where }) => where === 'bearer');
    // A key of openai.com is a mix-up of its own (A11); "Bearer undefined" is no key.
    const isToken = bearer !== undefined && (['jwt', 'openai', 'literal'].includes(bearer.form) || /^ey/.test(bearer.shown));
    if (bearer !== undefined && !isToken) {
      const at = `paste#/line/${bearer.line}`;
      return confirmed(`What stands behind "Bearer" is a key, not a token. ${advice}`, {
        at,
        observed: `Bearer ${bearer.shown}`,
        expected,
      });
    }
    if (bearer !== undefined || symptom.token !== null) {
      const line = bearer?.line ?? symptom.token?.line ?? 1;
      const observed = bearer?.shown ?? 'a token (JWT)';
      return ruledOut('What stands behind "Bearer" is not a key of an AI account.', { at: `paste#/line/${line}`, observed, expected });
    }
    const refused = signOf(symptom, 'ai-token-refused');
    if (refused !== null && symptom.requestHeaders.length === 0) {
      return suspected(
        `The service looked at a bearer token and refused it. Most often that is a key sent as one. ${advice} The request's Authorization header would settle it.`,
        signEvidence(refused, expected),
      );
    }
    return ruledOut('The paste shows no bearer token, and the refusal does not speak of one.', complaint(symptom, expected));
  },
});
