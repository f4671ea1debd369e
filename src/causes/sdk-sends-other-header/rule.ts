// SDKs have the header's name built in: `api-key`, `x-api-key` or `Authorization` (field guide H03). The gateway reads one name for each API.
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint, fromPaste, maybeMissing, sameName } from '../key-check.ts';
import { headersSeen, keyEvidence, lineOf, namesOf, reachedKey, toldOf } from '../on-the-way.ts';
import { fix } from './fix.ts';
import { remedy } from './remedy.ts';
import { sdkHeaders, sentBySdk } from './sdk-header.ts';

export const rule = defineRule({
  id: 'sdk-sends-other-header',
  code: 'H03',
  stage: 'sending',
  title: 'The SDK sends the key in another header than the API reads',
  best: 'confirmed',
  needs: [],
  wants: ['api'],
  applies: maybeMissing,

  check({ symptom, api }) {
    const names = namesOf(symptom, api);
    const known = factOrNull(api);
    const reads: Evidence =
      known === null
        ? complaint(symptom, `a key in the header ${names.header}`)
        : {
            at: `${known.armId}#/properties/subscriptionKeyParameterNames/header`,
            observed: names.header,
            expected: 'the header that the SDK sends',
          };

    const reached = reachedKey(symptom, names);
    if (reached !== null)
      return ruledOut(
        `The request carries a key as ${reached.name ?? ''}, the name that the API reads.`,
        keyEvidence(reached, names.header),
      );

    const sent = sentBySdk(symptom, names.header);
    if (sent !== null) {
      const seen =
        sent.key === null
          ? headersSeen(symptom, `a header ${names.header}`)
          : keyEvidence({ ...sent.key, name: sent.header }, `the header ${names.header}`);
      const says = `The client sends the key in the header ${sent.header}, and this API reads it from ${names.header}, so for the gateway there is none. Set the SDK's own headers (default_headers, defaultHeaders) to "${names.header}: <key>", or let the API read ${sent.header}.`;
      return symptom.code === 'key-missing' || known !== null ? confirmed(says, seen, reads) : suspected(says, seen, reads);
    }
    if (symptom.requestSeen) {
      return ruledOut(
        `The request has none of the headers that SDKs send a key in (${sdkHeaders.join(', ')}), beside the one that the API reads.`,
        headersSeen(symptom, `a header ${names.header}`),
      );
    }

    const client = toldOf(symptom, 'openai-client');
    const path = symptom.urlPath ?? symptom.apiPath ?? '';
    const forModels = /\/(?:openai|deployments)(?:\/|$)|\/chat\/completions/i.test(path);
    if (symptom.code === 'key-missing' && (client !== null || forModels) && !sameName(names.header, 'api-key')) {
      const sign =
        client === null
          ? lineOf(symptom, path, 'a client that sends the header of the API')
          : fromPaste(client, `the header ${names.header}`);
      return suspected(
        `OpenAI's SDKs send the key as api-key or Authorization, and this API reads ${names.header}. Give the SDK the header "${names.header}: <key>" (default_headers); the request itself (curl -v, or the SDK's debug log) would settle it.`,
        sign,
        reads,
      );
    }
    return ruledOut('Nothing in the paste shows an SDK that sends a header of its own.', complaint(symptom, `a header ${names.header}`));
  },
});

export const cause: Cause = { rule, fix, remedy };
