// "No subscription required" opens a product to calls without a key. A policy that checks a token goes on checking it (field guide G02; seed 003).
import { running } from '../../snapshot/policies/running.ts';
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { complaint, fromPaste } from '../key-check.ts';

export const rule = defineRule({
  id: 'open-product-behind-token-policy',
  code: 'G02',
  stage: 'configuration',
  title: 'The product needs no key, but a policy asks for a token',
  best: 'confirmed',
  needs: ['api', 'apiProducts', 'policies'],
  applies: ({ layer, code }) => layer === 'gateway-jwt' || (layer === 'gateway-policy-other' && code.startsWith('jwt-')),

  check({ symptom, api, apiProducts, policies }) {
    const open = apiProducts.find((product) => !product.subscriptionRequired);
    if (open === undefined) {
      return ruledOut(`${api.displayName} is in no product that needs no key.`, {
        at: `${api.armId}/products`,
        observed: apiProducts.map(({ displayName }) => displayName).join(', ') || 'no product',
        expected: 'an open product',
      });
    }
    const opened: Evidence = {
      at: `${open.armId}#/properties/subscriptionRequired`,
      observed: 'false',
      expected: 'true, or no policy that asks for a token',
    };
    if (symptom.token !== null) {
      return ruledOut(
        'The caller does send a token, so it is the token that has to be looked at, not the open product.',
        fromPaste({ line: symptom.token.line, text: 'a token' }, 'no token'),
        opened,
      );
    }
    const checks = running(policies, 'inbound').filter(({ statement }) =>
      ['validate-jwt', 'validate-azure-ad-token'].includes(statement.name),
    );
    const check = checks.find(({ conditions }) => conditions.length === 0) ?? checks[0];
    if (check === undefined)
      return ruledOut('No policy that runs for the call checks a token.', opened, complaint(symptom, 'an answer of such a policy'));
    const evidence: Evidence = {
      at: check.at,
      observed: `${check.statement.name}, ${check.where}`,
      expected: 'no such policy for calls without a token',
    };
    const header = check.statement.attributes['header-name'] ?? 'Authorization';
    const says = `The product ${open.displayName} needs no key, and ${check.statement.name} (${check.where}) still asks for a token in ${header}: an open product does not switch policies off. Send a token there ("${header}: Bearer <token>"), or let the owner take that check away for this product.`;
    return check.conditions.length === 0
      ? confirmed(says, opened, evidence)
      : suspected(`${says} It runs only where ${check.conditions.join(' and ')}, which the paste does not show.`, opened, evidence);
  },
});

export const cause: Cause = { rule, fix: null };
