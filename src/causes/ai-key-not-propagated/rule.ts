// New and regenerated keys of AI accounts take up to ten minutes to be known everywhere (field guide A06 and b.14; seed 004).
// Azure publishes no state of it, so the age of the account can only make it suspected.
import { isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel, aiFit } from '../ai-key.ts';
import { type Cause, defineRule, ruledOut, suspected, unknown } from '../contract.ts';

const minutes = 10;

export const rule = defineRule({
  id: 'ai-key-not-propagated',
  code: 'A06',
  stage: 'backend',
  title: 'The AI account is so new that its key may not be known everywhere',
  best: 'suspected',
  needs: ['aiAccounts', 'aiKey'],
  applies: isAiKeyCall,

  check({ symptom, at, aiAccounts, aiKey }) {
    const [match] = aiKey.matches;
    if (match === undefined) {
      return ruledOut('No account that I can see has this key, so the age of an account is not the question.', {
        at: aiKey.at,
        observed: `${aiKey.shown} is a key of none of ${aiKey.compared} AI accounts`,
        expected: `a key of an account younger than ${minutes} minutes`,
      });
    }
    const { account } = match;
    if (account.created === null) return unknown(`Azure does not say when ${account.name} was created.`);
    const born = Date.parse(account.created);
    const age = (at.getTime() - born) / 60_000;
    const created = accountField(account, 'properties/dateCreated', account.created, `more than ${minutes} minutes before the call`);
    const fit = aiFit(symptom, aiAccounts, account);
    if (fit.otherKind === true || fit.otherRegion !== null || fit.called !== null)
      return ruledOut('The key does not fit the called address, so waiting would not help.', created);
    if (!(age >= -1 && age < minutes)) return ruledOut('The account is old enough for its keys to be known everywhere.', created);
    const again = new Date(born + minutes * 60_000).toISOString().slice(11, 16);
    return suspected(
      `${accountLabel(account)} was created ${Math.max(0, Math.round(age))} minutes before the call, and keys take up to ten minutes to be known everywhere. Try again after ${again} UTC.`,
      created,
    );
  },
});

export const cause: Cause = { rule, fix: null };
