// A product's policy runs for keys of that product alone: not for keys of an API, of all APIs, or the all-access key (field guide P17, b.10).
import { sectionOf } from '../../snapshot/policies/running.ts';
import { type Statement, withAllInside } from '../../snapshot/policies/statement.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, ruledOut } from '../contract.ts';
import { labelOf, onlyMatch, sentKeys } from '../key-check.ts';
import { maybeAuthored, notThere, runningNamed, tagOf } from '../policy-check.ts';
import { remedy } from './remedy.ts';

/** Statements that bring the backend its credential. */
const credentials = [
  'authentication-managed-identity',
  'authentication-basic',
  'authentication-certificate',
  'get-authorization-context',
  'set-header',
  'set-query-parameter',
];

export const rule = defineRule({
  id: 'product-policy-needs-product-key',
  code: 'P17',
  stage: 'policy',
  title: "The product's policy does not run for this key",
  best: 'confirmed',
  needs: ['key', 'policies'],
  applies: (symptom) => hasKey(symptom) && maybeAuthored(symptom),

  check({ key, policies }) {
    const match = onlyMatch(key);
    if (match === null || match.subscription.target.kind === 'product')
      return ruledOut('The key is not known to be one that passes by the policy of a product.', {
        at: match?.subscription.armId ?? key.at,
        observed: match === null ? 'no single subscription' : `scope ${match.subscription.scope}`,
        expected: 'a scope that is no product',
      });
    const { subscription } = match;
    const scope = { at: `${subscription.armId}#/properties/scope`, observed: subscription.scope, expected: 'the product' };
    const own = runningNamed(policies, credentials, ['inbound', 'backend']).filter(({ statement }) => bringsCredential(statement));
    for (const document of policies.bypassed) {
      const lost = ['inbound' as const, 'backend' as const]
        .flatMap((section) => sectionOf(document, section)?.children ?? [])
        .flatMap(withAllInside)
        .find((statement) => credentials.includes(statement.name) && bringsCredential(statement));
      if (lost === undefined || own.length > 0) continue;
      return confirmed(
        `The key is that of ${labelOf(subscription)}, which is for ${subscription.scope}, so the policy of ${document.of} does not run; it is the one that brings the backend its credential (${tagOf(lost)}). Call with a key of that product, or move the statement to the policy of the API.`,
        scope,
        { at: `${document.armId}#/properties/value`, observed: `line ${lost.line}: ${tagOf(lost)}`, expected: 'runs for the call' },
      );
    }
    return notThere(
      policies,
      'No policy of a product brings a credential that this key would miss.',
      'no credential in a product alone',
      'one',
    );
  },
});

function hasKey(symptom: Symptom): boolean {
  return (
    symptom.keys.some(({ form, where }) => form !== 'jwt' && where !== 'bearer') || sentKeys(symptom).some(({ form }) => form !== 'jwt')
  );
}

function bringsCredential({ name, attributes }: Statement): boolean {
  if (name !== 'set-header' && name !== 'set-query-parameter') return true;
  return attributes['exists-action'] !== 'delete' && /authorization|key|token|secret|code/i.test(attributes.name ?? '');
}

export const cause: Cause = { rule, fix: null, remedy };
