// The caller sends the key and the gateway never sees it: a front door, a proxy or a redirect took the header away (field guide H05).
// Azure cannot show that; a stop on the way has to be visible in the paste.

import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, defineRule, type Evidence, ruledOut, suspected } from '../contract.ts';
import { complaint, fromPaste, maybeMissing } from '../key-check.ts';
import { headersSeen, keyEvidence, lineOf, namesOf, reachedKey } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'key-stripped-in-transit',
  code: 'H05',
  stage: 'sending',
  title: 'Something on the way takes the key away',
  best: 'suspected',
  needs: [],
  wants: ['api', 'hostOwner'],
  applies: maybeMissing,

  check({ symptom, api, hostOwner }) {
    const names = namesOf(symptom, api);
    const expected = `the header ${names.header} at the gateway`;
    const stop = stopOnTheWay(symptom, hostOwner.status === 'read' ? hostOwner.value.gatewayHosts : null);
    // Before a redirect the key may still have been there.
    const sent = [symptom, ...symptom.others].map((one) => reachedKey(one, names)).find((key) => key !== null) ?? null;
    if (stop === null) {
      return ruledOut(
        'The paste shows nothing between the caller and the gateway: no other host, no header of a proxy or content network, no redirect.',
        complaint(symptom, expected),
      );
    }
    if (sent === null && symptom.requestSeen) {
      return ruledOut(
        `The request carries no key in ${names.header} in the first place, so nothing on the way had to take it.`,
        headersSeen(symptom, expected),
      );
    }
    // Without the request only a paste that speaks of a key says that one was meant to be sent.
    if (sent === null && symptom.keys.length === 0) {
      return ruledOut(`${stop.words} The paste does not show that a key was sent at all; the request (curl -v) would.`, stop.evidence);
    }
    const says = `${stop.words} The key is sent, and the gateway says that none arrived, so the header ${names.header} is probably dropped there. Call the gateway's own host directly with the same key: if that passes, let the front door, proxy or redirect hand on ${names.header}${stop.redirect ? ', or call the final address at once' : ''}.`;
    return sent === null ? suspected(says, stop.evidence) : suspected(says, keyEvidence(sent, expected), stop.evidence);
  },
});

interface Stop {
  readonly words: string;
  readonly evidence: Evidence;
  readonly redirect: boolean;
}

function stopOnTheWay(symptom: Symptom, gatewayHosts: readonly string[] | null): Stop | null {
  const { host, realmHost } = symptom;
  const redirect = symptom.others.find(({ status }) => status !== null && [301, 302, 303, 307, 308].includes(status));
  if (redirect?.seen.status) {
    return {
      words: 'The call was redirected before it reached the gateway, and clients drop headers on the way.',
      evidence: fromPaste(redirect.seen.status, 'no redirect'),
      redirect: true,
    };
  }
  if (host !== null && realmHost !== null && host !== realmHost) {
    return {
      words: `The call went to ${host}, and the gateway answered as ${realmHost}: something stands in front of it.`,
      evidence:
        symptom.seen.challenge === null ? lineOf(symptom, host, realmHost) : fromPaste(symptom.seen.challenge, `a call to ${realmHost}`),
      redirect: false,
    };
  }
  if (
    host !== null &&
    gatewayHosts !== null &&
    !gatewayHosts.includes(host) &&
    !/\.azure-api\.(?:net|us|cn)$|^localhost$|^[\d.:[\]]+$/.test(host)
  ) {
    return {
      words: `${host} is no host of the gateway itself.`,
      evidence: lineOf(symptom, host, gatewayHosts.join(', ') || 'a host of the gateway'),
      redirect: false,
    };
  }
  // `Server` and `Location` alone name no stop on the way.
  const marks = Object.keys(symptom.edgeHeaders).filter((name) => name !== 'server' && name !== 'location');
  if (marks.length === 0) return null;
  return {
    words: `The answer came through a proxy or content network (headers ${marks.join(', ')}).`,
    evidence: lineOf(symptom, `response headers: ${marks.join(', ')}`, 'an answer straight from the gateway'),
    redirect: false,
  };
}

export const cause: Cause = { rule, fix: null, remedy };
