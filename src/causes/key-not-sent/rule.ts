// "Missing" says that the gateway found no value under this API's header or query name (field guide H01, a.1).
// Whether none was sent, or one under another name, only the request can tell.
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint, fromPaste, maybeMissing, sentKeys } from '../key-check.ts';

export const rule = defineRule({
  id: 'key-not-sent',
  code: 'H01',
  stage: 'sending',
  title: 'No key was sent',
  best: 'confirmed',
  needs: [],
  wants: ['api', 'apiProducts'],
  applies: maybeMissing,

  check({ symptom, api, apiProducts }) {
    const known = factOrNull(api);
    const open = (factOrNull(apiProducts) ?? []).find((product) => !product.subscriptionRequired);
    const header = known?.keyNames.header ?? symptom.headerName ?? 'Ocp-Apim-Subscription-Key';
    const expected = `a key in the header ${header}`;

    // A key in a bearer's place is a key all the same; a token is none.
    const bearer = symptom.keys.find((key) => key.where === 'bearer' && key.form !== 'jwt' && key.line > 0);
    const stray = symptom.keys.find((key) => key.where === 'prose' && key.name !== null && key.line > 0);
    const sent = sentKeys(symptom)[0] ?? bearer ?? stray;
    if (sent !== undefined) {
      return ruledOut(`The request carries a value as ${sent.name ?? sent.where}, so something was sent.`, {
        at: `paste#/line/${sent.line}`,
        observed: `${sent.name ?? sent.where}: ${sent.shown}`,
        expected,
      });
    }
    if (known !== null && !known.subscriptionRequired) {
      return ruledOut(`${known.displayName} asks for no key at present.`, {
        at: `${known.armId}#/properties/subscriptionRequired`,
        observed: 'false',
        expected: 'true',
      });
    }
    if (open !== undefined) {
      return ruledOut(`The API is in the open product ${open.displayName}, which lets calls without a key pass at present.`, {
        at: `${open.armId}#/properties/subscriptionRequired`,
        observed: 'false',
        expected: 'true',
      });
    }
    // The call that a browser's preflight asks for may well carry a key; the preflight itself never does (preflight-without-key).
    if (isPreflight(symptom)) {
      return suspected(
        `This is a browser's preflight, which never carries a key. Whether the call after it does, its own request would settle: it belongs in the header ${header}.`,
        requestEvidence(symptom, expected),
        complaint(symptom, expected),
      );
    }
    if (symptom.requestSeen) {
      return confirmed(
        `The request carries no key. Send it in the header ${header}.`,
        requestEvidence(symptom, expected),
        complaint(symptom, expected),
      );
    }
    if (symptom.code !== 'key-missing')
      return unknown('The paste does not say whether the key was missing or wrong, and does not show the request.');
    return suspected(
      `The gateway found no key under the names that this API reads. Send it in the header ${header}; the request with its headers (curl -v) would settle whether one was sent.`,
      complaint(symptom, expected),
    );
  },
});

function isPreflight({ method, requestHeaders }: Parameters<typeof complaint>[0]): boolean {
  return requestHeaders.includes('access-control-request-method') || (method === 'OPTIONS' && requestHeaders.includes('origin'));
}

function requestEvidence(symptom: Parameters<typeof complaint>[0], expected: string): ReturnType<typeof complaint> {
  const names = symptom.requestHeaders.length === 0 ? 'a request without headers' : `request headers: ${symptom.requestHeaders.join(', ')}`;
  const seen = symptom.seen.url ?? symptom.seen.status ?? symptom.seen.message;
  return fromPaste({ line: seen?.line ?? 1, text: names.slice(0, 200) }, expected);
}

export const cause: Cause = { rule, fix: null };
