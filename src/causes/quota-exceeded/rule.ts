// A quota policy answers 403 and says when the count starts anew, as d.hh:mm:ss (field guide, a.2).
import { type Cause, confirmed, defineRule, ruledOut } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { runningNamed, statementEvidence, tagOf } from '../policy-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'quota-exceeded',
  code: 'N03',
  stage: 'policy',
  title: 'The quota is used up',
  best: 'confirmed',
  needs: [],
  wants: ['policies'],
  applies: (symptom) => signOf(symptom, 'quota') !== null,

  check({ symptom, policies }) {
    const expected = 'calls or bandwidth left in the quota';
    const sign = signOf(symptom, 'quota');
    if (sign === null) return ruledOut('The paste does not speak of a quota.', complaint(symptom, expected));
    const text = `${symptom.message ?? ''} ${sign.text}`;
    const what = /bandwidth/i.test(text) ? 'bandwidth' : /call volume/i.test(text) ? 'number of calls' : 'quota';
    const left = /replenished in (?:(\d{1,5})\.)?(\d{1,2}):(\d{2}):(\d{2})/i.exec(text);
    const when = left === null ? 'The answer says when it starts anew' : `It starts anew in ${spoken(left)}`;
    const limits = policies.status === 'read' ? runningNamed(policies.value, ['quota', 'quota-by-key'], ['inbound']) : [];
    return confirmed(
      `A quota policy of the gateway has counted up to its end: the ${what === 'quota' ? 'quota' : `allowed ${what}`} is used up. ${when}. Wait until then, or ask the owner of the product for a higher quota; another key of the same subscription does not help.`,
      signEvidence(sign, expected),
      ...limits.slice(0, 3).map((step) => statementEvidence(step, tagOf(step.statement), expected)),
    );
  },
});

function spoken([, days, hours = '0', minutes = '0']: RegExpExecArray): string {
  const parts = [
    [Number(days ?? 0), 'day'],
    [Number(hours), 'hour'],
    [Number(minutes), 'minute'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return said.length === 0 ? 'less than a minute' : said.join(' ');
}

export const cause: Cause = { rule, fix: null, remedy };
