// New and regenerated keys of AI accounts take up to ten minutes to be known everywhere (field guide A06 and b.14; seed 004).
// Azure publishes no state of it, so the age of the account can only make it suspected.
import { isAiKeyCall } from '../ai-endpoint.ts';
import { accountField, accountLabel, aiFit } from '../ai-key.ts';
import { type Cause, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';

const minutes = 10;

export const rule = defineRule({
  id: 'ai-key-not-propagated',
  code: 'A06',
  stage: 'backend',
  title: 'The key of the AI account is so new that it may not be known everywhere',
  best: 'suspected',
  needs: ['aiAccounts', 'aiKey'],
  wants: ['aiRegeneration'],
  applies: isAiKeyCall,

  check({ symptom, at, aiAccounts, aiKey, aiRegeneration }) {
    const [match] = aiKey.matches;
    if (match === undefined) {
      return ruledOut('No account that I can see has this key, so the age of an account is not the question.', {
        at: aiKey.at,
        observed: `${aiKey.shown} is a key of none of ${aiKey.compared} AI accounts`,
        expected: `a key of an account younger than ${minutes} minutes`,
      });
    }
    const { account } = match;
    const regenerated = factOrNull(aiRegeneration);
    const since = regenerated?.when ?? account.created;
    if (since === null) return unknown(`Azure does not say when ${account.name} was created.`);
    const age = (at.getTime() - Date.parse(since)) / 60_000;
    const expected = `more than ${minutes} minutes before the call`;
    const event = regenerated?.when == null ? 'created' : 'given a new key';
    const created: Evidence =
      regenerated?.when == null
        ? accountField(account, 'properties/dateCreated', since, expected)
        : { at: regenerated.at, observed: `regenerateKey at ${since}`, expected };
    const fit = aiFit(symptom, aiAccounts, account);
    if (fit.otherKind === true || fit.otherRegion !== null || fit.called !== null)
      return ruledOut('The key does not fit the called address, so waiting would not help.', created);
    if (!(age >= -1 && age < minutes)) return ruledOut('The key is old enough to be known everywhere.', created);
    const again = new Date(Date.parse(since) + minutes * 60_000).toISOString().slice(11, 16);
    return suspected(
      `${accountLabel(account)} was ${event} ${Math.max(0, Math.round(age))} minutes before the call, and keys take up to ten minutes to be known everywhere. Try again after ${again} UTC.`,
      created,
    );
  },
});

export const cause: Cause = { rule, fix: null };
