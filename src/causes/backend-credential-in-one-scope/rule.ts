// The statement that signs in at the backend stands in a scope that does not run for this call: a product's policy with another key,
// another operation (field guide B06). A scope that a missing `<base />` cuts off is a cause of its own (P15).
import type { PolicyDocument } from '../../snapshot/facts-policies.ts';
import type { Running } from '../../snapshot/policies/running.ts';
import { withAllInside } from '../../snapshot/policies/statement.ts';
import { credentialsIn } from '../../snapshot/way-to-backend.ts';
import { credentialEvidence, fromBackend, hostsOf, isAboutRole, wayOf } from '../backend-check.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, unknown } from '../contract.ts';
import { lookedThrough } from '../policy-check.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'backend-credential-in-one-scope',
  code: 'B06',
  stage: 'backend',
  title: "The backend's credential is in a policy that does not run for this call",
  best: 'confirmed',
  needs: ['api', 'policies', 'backends'],
  wants: ['backendSecrets', 'siblingPolicies'],
  applies: (symptom) => fromBackend(symptom) && !isAboutRole(symptom),

  check({ api, policies, backends, backendSecrets, siblingPolicies }) {
    const way = wayOf({ api, policies, backends, backendSecrets });
    const [used] = way.credentials;
    if (used !== undefined) {
      if (
        way.credentials.every(({ conditions }) => conditions.some((one) => one.startsWith('the call is made in '))) &&
        !policies.productKnown
      ) {
        return unknown(
          `Only the policy of a product signs in at the backend (${used.where}), and the paste does not say whose key was used. Give its first characters.`,
          credentialEvidence(used, '', 'a credential that runs for every call'),
        );
      }
      return ruledOut(
        `A credential for the backend runs for this call: ${used.where}.`,
        credentialEvidence(used, '', 'a credential that runs'),
      );
    }
    const elsewhere = [
      ...policies.bypassed.map((document) => ({
        document,
        why: "it runs for that product's keys only, and this call was made with another kind of key",
      })),
      ...(factOrNull(siblingPolicies) ?? []).map((document) => ({ document, why: 'it runs for that operation only' })),
    ];
    for (const { document, why } of elsewhere) {
      const [found] = allIn(document);
      if (found === undefined) continue;
      return confirmed(
        `Nothing that runs for this call signs in at the backend (${hostsOf(way.targets)}). The policy of ${document.of} has the statement that does, <${found.step?.statement.name ?? ''}> in line ${found.line ?? 0}, and ${why}. Move it to a scope that every call passes, such as the policy of the API, after <base />.`,
        credentialEvidence(found, `<${found.step?.statement.name ?? ''}> of ${document.of}`, 'a scope that runs for this call'),
        lookedThrough(policies, 'no credential for the backend', 'one'),
      );
    }
    const [cutOff] = policies.documents.flatMap(allIn);
    if (cutOff !== undefined) {
      return ruledOut(
        `The scope is right: ${cutOff.where} would run for this call, and a scope below leaves out <base /> (base-policy-missing).`,
        credentialEvidence(cutOff, '', 'a credential in a scope that does not run for the call'),
      );
    }
    const [gap] = policies.unread;
    if (gap !== undefined) return unknown(`${gap.says} So whether a credential stands in another scope is not known.`);
    return ruledOut(
      'No policy signs in at the backend, in no scope that I looked at.',
      lookedThrough(policies, 'no credential', 'a credential in another scope'),
    );
  },
});

function allIn(document: PolicyDocument): ReturnType<typeof credentialsIn> {
  if (document.root === null) return [];
  const steps = withAllInside(document.root).map(
    (statement): Running => ({
      statement,
      section: 'inbound',
      document,
      conditions: [],
      at: `${document.armId}#/properties/value`,
      where: `the policy of ${document.of}, line ${statement.line}`,
    }),
  );
  return steps.flatMap((step) => credentialsIn(step, steps));
}

export const cause: Cause = { rule, fix: null, remedy };
