// check-header answers with its author's status and text when a header is missing or has another value (field guide P12 and a.2).
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { isPasted, maybeAuthored, notThere, resolved, runningNamed, statementEvidence, whenItRuns } from '../policy-check.ts';

const signs = /^(?:HeaderNotFound|HeaderValueNotAllowed)$/i;

export const rule = defineRule({
  id: 'check-header-rejects',
  code: 'P12',
  stage: 'policy',
  title: 'A policy refuses the value of a header, or that it is missing',
  best: 'confirmed',
  needs: [],
  wants: ['policies', 'namedValues'],
  applies: maybeAuthored,

  check({ symptom, policies, namedValues }) {
    const reason = symptom.lastError?.reason ?? '';
    const said = signs.test(reason);
    if (policies.status === 'unreadable') {
      if (!said) return unknown(policies.says);
      return suspected(
        `The gateway's log gives the reason ${reason}. The policy could not be read: ${policies.says}`,
        complaint(symptom, 'the header'),
      );
    }
    const checks = runningNamed(policies.value, ['check-header'], ['inbound', 'outbound', 'on-error']).map((step) => {
      const { attributes } = step.statement;
      const message = resolved(attributes['failed-check-error-message'] ?? '', namedValues) ?? '';
      const header = resolved(attributes.name ?? '', namedValues) ?? 'a header';
      return {
        step,
        header,
        same: message !== '' && isPasted(symptom, message),
        refuses: /401|@|\{/.test(attributes['failed-check-httpcode'] ?? ''),
      };
    });
    const telling = checks.find(({ same }) => same);
    const lacking = checks.find(({ header, refuses }) => refuses && isAbsent(symptom, header) && isSilent(symptom));
    const found = telling ?? (said ? checks[0] : undefined) ?? lacking;
    if (found === undefined) {
      const [first] = checks;
      if (said) return suspected(`The gateway's log gives the reason ${reason}.`, complaint(symptom, 'the header with an allowed value'));
      if (first === undefined)
        return notThere(policies.value, 'No statement that runs for this call checks a header.', 'no check-header', 'one');
      return ruledOut(
        'The statement that checks a header answers with other words.',
        statementEvidence(first.step, `check-header ${first.header}`, 'the pasted words'),
      );
    }
    const { step, header } = found;
    const absent = isAbsent(symptom, header) ? ' The request does not have it.' : '';
    const says = `${capital(step.where)} lets a call in only with an allowed value in the header ${header}.${absent} Send the value that the owner of the API gave out, letter by letter${ignoresCase(step.statement.attributes) ? '' : ' (capital letters count)'}; the allowed values stand in the policy.`;
    const evidence = statementEvidence(step, `check-header ${header}`, 'a request that passes it');
    if (telling !== undefined) return confirmed(says, complaint(symptom, 'another text than that of the policy'), evidence);
    return suspected(`${says}${whenItRuns(step)}`, evidence, complaint(symptom, 'an answer'));
  },
});

function isAbsent(symptom: Symptom, header: string): boolean {
  return symptom.requestSeen && !symptom.requestHeaders.includes(header.toLowerCase());
}

/** The answer has no words that would say who sent it. */
function isSilent(symptom: Symptom): boolean {
  return symptom.layer === 'unknown' && !symptom.bodySeen && symptom.body === undefined;
}

function ignoresCase(attributes: Readonly<Record<string, string>>): boolean {
  return attributes['ignore-case']?.toLowerCase() === 'true';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export const cause: Cause = { rule, fix: null };
