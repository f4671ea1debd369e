// The gateway looked at the client's certificate and refused it; which check failed stands in its log alone (field guide P13, a.2).

import { aboutCertificate, certificateSteps } from '../certificate-policy.ts';
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { maybeAuthored, notThere, statementEvidence, whenItRuns } from '../policy-check.ts';
import { remedy } from './remedy.ts';

const reasons: Readonly<Record<string, string>> = {
  clientcertificateexpired: 'It has expired: get a new one.',
  clientcertificatenottrusted:
    'Its authority is not trusted: upload the authority under Certificates of the service, or get one from a known authority.',
  clientcertificateidentitynotmatched: 'It is none of the identities in the policy: compare thumbprint, subject and issuer.',
  clientcertificatenotpresent: 'None was sent: give the client its certificate and key.',
};

export const rule = defineRule({
  id: 'client-certificate-rejected',
  code: 'P13',
  stage: 'policy',
  title: 'The client certificate was refused',
  best: 'suspected',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: maybeAuthored,

  check({ symptom, policies, namedValues }) {
    const reason = symptom.lastError?.reason ?? '';
    const own = reasons[reason.toLowerCase()];
    const steps = policies.status === 'read' ? certificateSteps(policies.value, symptom, namedValues) : [];
    const telling = steps.find(({ same }) => same);
    const said = own !== undefined || aboutCertificate(symptom) || telling !== undefined;
    const found = telling ?? steps[0];
    const evidence =
      found === undefined ? [] : [statementEvidence(found.step, `<${found.step.statement.name}>`, 'a certificate that it accepts')];
    if (said) {
      const where = found === undefined ? '' : ` It is checked by ${found.step.where}.${whenItRuns(found.step)}`;
      const todo =
        own ??
        'Compare the certificate with the policy: is one sent at all, is it in date, is its authority uploaded, is it one of the listed identities?';
      return suspected(
        `The gateway refused the client certificate.${where} ${todo}`,
        complaint(symptom, 'a certificate that passes'),
        ...evidence,
      );
    }
    if (policies.status === 'unreadable') return unknown(policies.says);
    const [first] = evidence;
    if (first === undefined)
      return notThere(
        policies.value,
        'No statement that runs for this call looks at a client certificate.',
        'no client certificate check',
        'one',
      );
    return ruledOut('The answer does not speak of a certificate.', first);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
