// People send what Azure calls "subscription": the id of the Azure subscription, the id of the API Management subscription, a key of an AI account
// (field guide K11; seeds 001 and 004). Keys may be any 1 to 256 characters, so a form alone is only a suspicion.
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { labelOf, maybeInvalid, nobodyHasIt } from '../key-check.ts';

const forms: Readonly<Record<string, string>> = {
  guid: 'a GUID, the form of ids in Azure',
  jwt: 'a token (JWT), which belongs into the Authorization header',
  openai: 'a key of openai.com',
  'azure-openai': 'a key of an Azure AI account',
  function: 'a key of an Azure Function',
};

export const rule = defineRule({
  id: 'not-a-subscription-key',
  code: 'K11',
  stage: 'key',
  title: 'What was sent is not a subscription key',
  best: 'confirmed',
  needs: ['key'],
  applies: maybeInvalid,

  check({ key }) {
    const where = key.line > 0 ? `paste#/line/${key.line}` : 'option#/key-prefix';
    const [match] = key.matches;
    if (match !== undefined) {
      return ruledOut(`The value is a key of ${labelOf(match.subscription)}.`, {
        at: match.subscription.armId,
        observed: `${match.slot} key starts with ${key.shown}`,
        expected: 'a subscription key',
      });
    }
    const value: Evidence = { at: where, observed: key.shown, expected: 'a key of a subscription of this service' };
    if (key.sameAs !== null) {
      const says = `The value that was sent is ${key.sameAs.what}. The keys are under Subscriptions in the portal, "Show/hide keys".`;
      const same: Evidence = { at: key.sameAs.at, observed: 'equal to the value that was sent', expected: 'not a key' };
      return key.complete ? confirmed(says, same, value) : suspected(says, same, value);
    }
    const form = forms[key.form];
    if (form !== undefined) {
      return suspected(
        `The value that was sent looks like ${form}, and no subscription has it as a key. The keys are under Subscriptions in the portal, "Show/hide keys".`,
        { ...value, observed: `${key.shown} (${form})` },
      );
    }
    return key.complete
      ? ruledOut('The value does not look like an id or a key of another kind, and equals no id or name that can be read here.', value)
      : nobodyHasIt(key);
  },
});

export const cause: Cause = { rule, fix: null };
