// A Static Web App that is linked to API Management sends the default header only; an API with another name never sees its key (field guide H12).
import { type Cause, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint, fromPaste, maybeMissing, sameName } from '../key-check.ts';
import { keyEvidence, lineOf, reachedKey, toldOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

const standard = 'Ocp-Apim-Subscription-Key';

export const rule = defineRule({
  id: 'linked-app-sends-default-header',
  code: 'H12',
  stage: 'sending',
  title: 'A linked Static Web App sends the default header only',
  best: 'suspected',
  needs: [],
  wants: ['api', 'apiProducts'],
  applies: maybeMissing,

  check({ symptom, api, apiProducts }) {
    const known = factOrNull(api);
    const header = known?.keyNames.header ?? symptom.headerName ?? standard;
    const reads: Evidence =
      known === null
        ? complaint(symptom, `name="${standard}"`)
        : { at: `${known.armId}#/properties/subscriptionKeyParameterNames/header`, observed: header, expected: standard };
    if (sameName(header, standard)) return ruledOut('The API reads the default header, which is the one that a linked app sends.', reads);
    const reached = reachedKey(symptom, known?.keyNames ?? { header, query: 'subscription-key' });
    if (reached !== null)
      return ruledOut(`The request carries a key as ${reached.name ?? ''}, the name that the API reads.`, keyEvidence(reached, header));

    const told = toldOf(symptom, 'static-web-app');
    const host = [symptom.host, symptom.realmHost].find((one) => one?.endsWith('.azurestaticapps.net'));
    const product = (factOrNull(apiProducts) ?? []).find((one) => /static web app/i.test(`${one.displayName} ${one.name}`));
    const sign: Evidence | null =
      told !== null
        ? fromPaste(told, 'a caller that sends the header of the API')
        : host != null
          ? lineOf(symptom, host, 'a caller that sends the header of the API')
          : product !== undefined
            ? { at: product.armId, observed: `the product ${product.displayName}`, expected: 'no link of a Static Web App' }
            : null;
    if (sign === null) {
      return ruledOut('Neither the paste nor the products of the API show a linked Static Web App.', reads);
    }
    return suspected(
      `A Static Web App calls this API through its link, and that link sends the key as ${standard} only; this API reads ${header}. Give the API its default header name back, or link the app to an API that still has it. The header that the app really sends would settle it.`,
      sign,
      reads,
    );
  },
});

export const cause: Cause = { rule, fix: null, remedy };
