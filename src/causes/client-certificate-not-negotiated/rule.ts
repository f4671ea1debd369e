// The gateway asks a client for its certificate only on host names that say so; elsewhere a policy finds none, whatever the client has
// (field guide P14; learn.microsoft.com/azure/api-management/api-management-howto-mutual-certificates-for-clients).
import { answersWith } from '../authored-answer.ts';
import { aboutCertificate, certificateSteps } from '../certificate-policy.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { maybeAuthored, notThere, statementEvidence, whenItRuns } from '../policy-check.ts';
import { remedy } from './remedy.ts';

/** Holds for each call that brings no certificate, whatever else it asks. */
const withoutCertificate = /^\s*@\(\s*context\s*\.\s*Request\s*\.\s*Certificate\s*==\s*null\s*(?:\|\|[^&]*)?\)\s*$/;

export const rule = defineRule({
  id: 'client-certificate-not-negotiated',
  code: 'P14',
  stage: 'policy',
  title: 'The gateway does not ask for a client certificate on this host name',
  best: 'confirmed',
  needs: ['policies', 'service'],
  wants: ['namedValues'],
  applies: maybeAuthored,

  check({ symptom, policies, service, namedValues }) {
    const steps = certificateSteps(policies, symptom, namedValues);
    const found = steps.find(({ same }) => same) ?? steps[0];
    if (found === undefined)
      return notThere(
        policies,
        'No statement that runs for this call looks at a client certificate.',
        'no client certificate check',
        'one',
      );
    const check = statementEvidence(
      found.step,
      `<${found.step.statement.name}> looks at the client certificate`,
      'a certificate to look at',
    );
    const { host } = symptom;
    const setting = service.clientCertificates.find((one) => one.host === host);
    const local = host === null || ['localhost', '127.0.0.1'].includes(host);
    if (setting === undefined) {
      return local
        ? unknown('The paste does not name the host that was called, and the setting belongs to the host name.', check)
        : ruledOut(`The setting is not one of the host name ${host} in what Azure shows.`, check);
    }
    const seen = { at: `${service.armId}#${setting.at}`, observed: String(setting.asked), expected: 'true' };
    if (setting.asked) return ruledOut(`The gateway asks clients of ${setting.host} for their certificate.`, seen);
    const always = found.step.conditions.every((condition) => withoutCertificate.test(condition));
    const says = `${found.step.where.replace(/^t/, 'T')} looks at the certificate of the client, but the gateway asks for none on ${setting.host}, so it always finds none. Switch on "negotiate client certificate" for this host name.${always ? '' : whenItRuns(found.step)}`;
    const sure =
      found.same ||
      aboutCertificate(symptom) ||
      (always && found.step.statement.name === 'validate-client-certificate') ||
      (always &&
        found.step.conditions.length > 0 &&
        found.step.statement.name === 'return-response' &&
        answersWith(found.step, symptom, namedValues) !== 'other');
    return sure ? confirmed(says, seen, check) : suspected(says, seen, check);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
