// A test console fills in a key of a product that contains the API. Where there is none it sends nothing, or the word "undefined"
// (field guide H11, a.4): the API is in no product, or the person is signed in without a subscription (an administrator).

import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { complaint, fromKeyCheck, sentKeys } from '../key-check.ts';
import { keyEvidence } from '../on-the-way.ts';
import { fix } from './fix.ts';

export const rule = defineRule({
  id: 'console-has-no-key',
  code: 'H11',
  stage: 'sending',
  title: 'The test console has no key to send',
  best: 'confirmed',
  needs: ['api', 'apiProducts'],
  applies: (symptom) => fromKeyCheck(symptom) && (symptom.code !== 'key-invalid' || emptyKey(symptom) !== null),

  check({ symptom, api, apiProducts }) {
    const expected = 'a key of a product that contains the API';
    const empty = emptyKey(symptom);
    const sent = sentKeys(symptom).find((key) => key !== empty);
    if (symptom.client !== 'console') {
      return ruledOut('The paste names no test console, so none has to have a key.', complaint(symptom, 'a call from a test console'));
    }
    if (sent !== undefined) return ruledOut('The console sent a key.', keyEvidence(sent, expected));
    if (!api.subscriptionRequired) {
      return ruledOut(`${api.displayName} asks for no key at present.`, {
        at: `${api.armId}#/properties/subscriptionRequired`,
        observed: 'false',
        expected: 'true',
      });
    }

    const paste: Evidence = empty === null ? complaint(symptom, expected) : keyEvidence(empty, expected);
    const names = apiProducts.map((product) => product.displayName).join(', ');
    const inProducts: Evidence = {
      at: `${api.armId}/products`,
      observed: names === '' ? 'no product' : names,
      expected: 'at least one product',
    };
    if (apiProducts.length === 0) {
      return confirmed(
        `${api.displayName} is in no product, and consoles fill in keys of products only, so this one had none to send. Add the API to a product and subscribe to that, or type a key that covers the API into the console's header field.`,
        inProducts,
        paste,
      );
    }
    return suspected(
      `The console sent no key, though ${api.displayName} is in ${names}. Whoever is signed in there has probably no subscription to it (administrators have none by themselves): subscribe to the product in the developer portal, or choose another subscription in the console.`,
      paste,
      inProducts,
    );
  },
});

/** Some builds of the console send the word `undefined` for a key that they do not have. */
function emptyKey(symptom: Symptom): Symptom['keys'][number] | null {
  return sentKeys(symptom).find((key) => key.flaw === 'word' || key.form === 'literal') ?? null;
}

export const cause: Cause = { rule, fix };
