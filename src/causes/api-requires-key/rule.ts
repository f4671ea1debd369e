// Somebody takes an API for open, and it asks for a key (field guide G01). That it asks for one is no fault by itself: something has to show
// that it was meant to be open - an open product that lacks it, an open version of it, or the words of the paste.
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut } from '../contract.ts';
import { fromPaste, maybeMissing } from '../key-check.ts';
import { keyEvidence, toldOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'api-requires-key',
  code: 'G01',
  stage: 'configuration',
  title: 'The API asks for a key, though it seems meant to be open',
  best: 'confirmed',
  needs: ['api', 'apiProducts', 'products'],
  wants: ['apiFamily'],
  applies: maybeMissing,

  check({ symptom, api, apiProducts, products, apiFamily }) {
    const required: Evidence = {
      at: `${api.armId}#/properties/subscriptionRequired`,
      observed: String(api.subscriptionRequired),
      expected: 'false, for an API that anybody may call',
    };
    if (!api.subscriptionRequired) return ruledOut(`${api.displayName} asks for no key at present.`, required);
    const open = apiProducts.find((product) => !product.subscriptionRequired);
    if (open !== undefined) {
      return ruledOut(`${api.displayName} is in the open product ${open.displayName}, which lets calls without a key pass at present.`, {
        at: `${open.armId}#/properties/subscriptionRequired`,
        observed: 'false',
        expected: 'false',
      });
    }
    const given = symptom.keys.find((key) => key.line > 0 && key.form !== 'jwt');
    if (given !== undefined) {
      return ruledOut('A key was sent, so the caller does not take the API for open.', keyEvidence(given, 'no key'), required);
    }

    const told = toldOf(symptom, 'meant-open');
    const elsewhere = products.find((product) => !product.subscriptionRequired);
    const version = (factOrNull(apiFamily) ?? []).find(
      (one) => one.name !== api.name && !one.subscriptionRequired && one.versionSet !== null && one.versionSet === api.versionSet,
    );
    const [sign, why]: readonly [Evidence | null, string] =
      told !== null
        ? [fromPaste(told, 'an API that is open'), 'the paste says that it should be open']
        : elsewhere !== undefined
          ? [
              {
                at: `${elsewhere.armId}#/properties/subscriptionRequired`,
                observed: `false; ${api.displayName} is not among its APIs`,
                expected: 'the API in the open product',
              },
              `the open product ${elsewhere.displayName} does not contain it`,
            ]
          : version !== undefined
            ? [
                {
                  at: `${version.armId}#/properties/subscriptionRequired`,
                  observed: `false (version ${version.version ?? 'without name'})`,
                  expected: 'the same for every version',
                },
                `its version ${version.version ?? 'without name'} needs none`,
              ]
            : [null, ''];
    if (sign === null) {
      return ruledOut(
        `${api.displayName} asks for a key, and nothing shows that it was meant to be open: no product is open, no other version of it is.`,
        required,
      );
    }
    return confirmed(
      `${api.displayName} asks for a key, and ${why}. Send a key, or let its owner decide to open it: in the API's settings "Subscription required" off, or the API in an open product. That lets everybody call it, so it is never done here with one press.`,
      required,
      sign,
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
