// An MCP server in API Management lists its tools itself, and calls the API behind it without the headers of the client: a token that the
// API's policy asks for never arrives (field guide P18 and b.18; Azure/MCP#26, #15).
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { fromPolicy, notThere, statementEvidence, whenItRuns } from '../policy-check.ts';
import { tokenPolicies } from '../token-policy.ts';

export const rule = defineRule({
  id: 'mcp-tool-call-drops-headers',
  code: 'P18',
  stage: 'policy',
  title: 'The tool call of an MCP server arrives without its headers',
  best: 'suspected',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: (symptom) =>
    symptom.client === 'mcp' &&
    fromPolicy(symptom) &&
    symptom.code !== 'jwt-expired' &&
    !/resource_metadata/i.test(symptom.seen.challenge?.text ?? ''),

  check({ symptom, policies, namedValues }) {
    const says =
      'The call comes from an MCP client, and the tool calls of an MCP server in API Management reach the API without the headers of the client, while listing tools works. Move the statement that checks the token to the policy of the MCP server, or have that policy pass the header on.';
    const seen = complaint(symptom, 'the header of the client');
    if (policies.status === 'unreadable') {
      return symptom.code === 'jwt-missing'
        ? suspected(`${says} The policies could not be read: ${policies.says}`, seen)
        : unknown(policies.says);
    }
    const check =
      tokenPolicies(policies.value, namedValues).find(({ step }) => step.document.scope !== 'service') ??
      tokenPolicies(policies.value, namedValues)[0];
    if (check === undefined)
      return notThere(
        policies.value,
        'No statement that runs for this call asks for a token.',
        'no validate-jwt or validate-azure-ad-token',
        'one',
      );
    const asks = statementEvidence(check.step, `<${check.kind}>`, 'a check in the policy of the MCP server');
    if (symptom.code !== 'jwt-missing' && symptom.layer === 'gateway-jwt')
      return ruledOut('A token did arrive: the answer says that it is not valid.', seen, asks);
    return suspected(`${says}${whenItRuns(check.step)}`, seen, asks);
  },
});

export const cause: Cause = { rule, fix: null };
