// Without <base /> a section drops everything that the scopes above do in it: tokens for the backend, cors, checks (field guide P15).
// That it is missing is a fact; that this 401 comes from it only a call can prove.
import { missingBases, sectionOf } from '../../snapshot/policies/running.ts';
import { type Statement, withAllInside } from '../../snapshot/policies/statement.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, defineRule, ruledOut, suspected } from '../contract.ts';
import { lookedThrough, maybeAuthored, notThere, tagOf } from '../policy-check.ts';
import { fix } from './fix.ts';

/** What decides who gets in at the backend. */
const deciding = new Set([
  'authentication-managed-identity',
  'authentication-basic',
  'authentication-certificate',
  'get-authorization-context',
  'set-backend-service',
]);

export const rule = defineRule({
  id: 'base-policy-missing',
  code: 'P15',
  stage: 'policy',
  title: 'A policy leaves out what the scopes above do',
  best: 'suspected',
  needs: ['policies'],
  applies: maybeAuthored,

  check({ symptom, policies }) {
    const all = missingBases(policies).filter(({ section }) => section === 'inbound' || section === 'backend');
    const [first] = all;
    if (first === undefined)
      return notThere(
        policies,
        'Every section that has something above it takes it in with <base />.',
        'no section without <base />',
        'one',
      );
    for (const { document, section, line, dropped } of all) {
      const lost = dropped.flatMap((above) =>
        (sectionOf(above, section)?.children ?? [])
          .flatMap(withAllInside)
          .filter((one) => decides(one, symptom))
          .map((statement) => ({ above, statement })),
      );
      const [one] = lost;
      if (one === undefined) continue;
      const names = [...new Set(lost.map(({ statement }) => tagOf(statement)))].slice(0, 4).join(', ');
      return suspected(
        `The policy of ${document.of} has no <base /> in ${section} (line ${line}), so what the policy of ${one.above.of} does there does not run: ${names}. Put <base /> where it belongs if that was not meant.`,
        { at: `${document.armId}#/properties/value`, observed: `line ${line}: <${section}> without <base />`, expected: '<base />' },
        {
          at: `${one.above.armId}#/properties/value`,
          observed: `line ${one.statement.line}: ${tagOf(one.statement)}`,
          expected: 'runs for the call',
        },
      );
    }
    return ruledOut(
      'What is left out above has nothing to do with who gets in.',
      lookedThrough(
        policies,
        `line ${first.line}: <${first.section}> without <base />, nothing of weight dropped`,
        'a dropped check or credential',
      ),
    );
  },
});

function decides({ name, attributes }: Statement, symptom: Symptom): boolean {
  const carries = (name === 'set-header' || name === 'set-query-parameter') && attributes['exists-action'] !== 'delete';
  // A check that does not run refuses nobody: a refusal of the gateway itself can only come from something that was not filled in.
  if (symptom.layer === 'gateway-jwt') return carries && symptom.code === 'jwt-missing';
  if (symptom.layer === 'gateway-policy-other') return carries;
  if (deciding.has(name)) return true;
  if (name === 'cors') return symptom.method === 'OPTIONS' || symptom.client === 'browser';
  return carries && /authorization|key|token|secret|cookie|code/i.test(attributes.name ?? '');
}

export const cause: Cause = { rule, fix };
