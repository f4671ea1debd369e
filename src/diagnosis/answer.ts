// What kind of answer it is, in one to three sentences, and what to do next. Never a dead end.
import type { KeyFact, Snapshot } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { Answer, CauseVerdict } from './diagnosis.ts';

export interface AnswerInput {
  readonly snapshot: Snapshot;
  readonly verdicts: readonly CauseVerdict[];
  readonly headline: string | null;
  /** A key was given to look for. */
  readonly asked: boolean;
}

const pasteMore = 'Paste the whole response with its headers (curl -i), the called URL included.';
const giveKey = 'Give the first characters of the key that was sent, at least four: "the key starts with 4f2a".';

export function answerOf({ snapshot, verdicts, headline, asked }: AnswerInput): Answer {
  const { symptom, facts } = snapshot;
  const key = facts.key?.status === 'read' ? facts.key.value : null;
  const main = verdicts.find((verdict) => verdict.cause === headline);
  if (key !== null && key.matches.length > 1 && main?.outcome !== 'confirmed') {
    const names = key.matches.slice(0, 10).map(({ subscription }) => subscription.displayName ?? subscription.name);
    const more = key.matches.length > names.length ? ` and ${key.matches.length - names.length} more` : '';
    return {
      kind: 'ambiguous-key',
      says: `${key.matches.length} subscriptions have a key that starts with ${key.shown}: ${names.join(', ')}${more}. Which one was used decides the answer.`,
      next: ['Give more of the first characters of the key.'],
    };
  }
  if (main !== undefined) {
    return { kind: 'cause', says: main.says, next: nextOf(main) };
  }
  const foreign = fromElsewhere(symptom);
  if (foreign !== null) return foreign;
  if (snapshot.service === null) return withoutService(snapshot);
  return withoutCause(snapshot, asked);
}

function nextOf({ fix, copy }: CauseVerdict): readonly string[] {
  if (fix !== null) return [`Press "${fix.label}" to see exactly what would change.`];
  const again = 'Make the call again once that is done.';
  if (copy === null) return [again];
  const what = copy.what === 'command' ? 'There is a command to copy.' : 'There is a policy to copy.';
  return [`${what} ${copy.decides}`, again];
}

function fromElsewhere(symptom: Symptom): Answer | null {
  const host = symptom.host === null ? '' : ` (${symptom.host})`;
  switch (symptom.layer) {
    case 'azure-ai':
      return {
        kind: 'not-from-api-management',
        says: `This 401 comes from an Azure AI service${host}, not from your API Management. Its keys are those of the AI account, and each works only with the endpoint of its own region and kind.`,
        next: [
          'Compare the key and the endpoint with "Keys and Endpoint" of the AI account.',
          'If the call went through your gateway, look at the key that a policy or backend sends on.',
        ],
      };
    case 'backend':
      return {
        kind: 'not-from-api-management',
        says: `This 401 comes from the application behind the gateway${host}, not from API Management: the gateway let the call pass.`,
        next: ['Look at the sign-in of the application itself, and at what the gateway sends on to it.'],
      };
    case 'arm-management':
      return {
        kind: 'not-from-api-management',
        says: `This comes from Azure's management API${host}, not from the gateway: the sign-in or role of whoever manages Azure is at fault, not a subscription key.`,
        next: ['Sign in again (az login), for the audience https://management.azure.com.'],
      };
    case 'other-product':
      return {
        kind: 'not-from-api-management',
        says: `This is not how API Management answers: another product${host} sent it.`,
        next: ['Ask whoever runs the called host.', pasteMore],
      };
    case 'gateway-jwt':
    case 'gateway-policy-other':
      return {
        kind: 'policy',
        says: `The gateway${host} sent this by a policy, not by its key check: a token, certificate or header was looked at and refused.`,
        next: [
          'Look at the policies of the API, its product and the service for the statement with this message.',
          'The gateway log has the reason under LastErrorReason.',
        ],
      };
    case 'not-a-401':
      return {
        kind: 'not-a-401',
        says: symptom.status === null ? 'There is no 401 in this text.' : `This is a ${symptom.status}, not a 401.`,
        next: [pasteMore, giveKey],
      };
    default:
      return null;
  }
}

function withoutService({ symptom, facts }: Snapshot): Answer {
  const reading = facts.key ?? facts.api;
  const why = reading?.status === 'unreadable' ? reading.says : 'The paste does not say which service was called.';
  const next =
    symptom.host === null
      ? [pasteMore]
      : ['Check the host for a typing error.', 'Ask whoever runs this bot to add the service to its configuration.'];
  return { kind: 'unknown-service', says: `${why} So its configuration could not be looked at.`, next };
}

function withoutCause({ facts }: Snapshot, asked: boolean): Answer {
  const key = facts.key?.status === 'read' ? facts.key.value : null;
  const api = facts.api;
  if (key !== null && key.matches.length === 0) {
    const scanned = key.complete
      ? `none of the ${key.scanned} subscriptions`
      : `none of the ${key.scanned} of ${key.of} subscriptions that could be compared`;
    return {
      kind: 'no-cause',
      says: `I found no cause. ${scanned[0]?.toUpperCase()}${scanned.slice(1)} of this service has a key that starts with ${key.shown}: it may have been replaced, deleted, or belong to another service.`,
      next: [
        'Take the present key from Subscriptions in the portal and try again.',
        'Check that the call goes to the service that the key is from.',
      ],
    };
  }
  if (
    facts.key?.status === 'unreadable' &&
    facts.key.reason === 'not-given' &&
    api?.status === 'unreadable' &&
    api.reason === 'not-given'
  ) {
    const says =
      'An unknown key, a key that may not call this API, and an inactive subscription are all answered alike. What was pasted shows neither the key nor the called URL, so I could not tell which it is.';
    return { kind: 'no-cause', says, next: [giveKey, pasteMore] };
  }
  const whose = key === null ? '' : ` ${whoseKey(key)}`;
  const unread = Object.values(facts).find(
    (reading) => reading.status === 'unreadable' && !['not-given', 'not-found'].includes(reading.reason),
  );
  if (asked && facts.key?.status === 'unreadable' && facts.key.reason === 'not-given') {
    return { kind: 'no-cause', says: `I did not look for the key. ${facts.key.says}`, next: [giveKey] };
  }
  const first =
    unread?.status === 'unreadable'
      ? `I found no cause.${whose} ${unread.says}`
      : `I found no cause: what I could read is in order.${whose}`;
  const next: string[] = [];
  if (!asked) next.push(giveKey);
  if (api?.status === 'unreadable') next.push(pasteMore);
  next.push('If the key or its scope was changed in the last minutes, wait ten minutes and call again.');
  return { kind: 'no-cause', says: first, next };
}

/** What the subscription behind the key is, for somebody who only gave the beginning of a key. */
function whoseKey(key: KeyFact): string {
  const [match] = key.matches;
  if (match === undefined) return '';
  const { displayName, name, state, target } = match.subscription;
  const where =
    target.kind === 'product'
      ? `the product ${target.name}`
      : target.kind === 'api'
        ? `the API ${target.name}`
        : target.kind === 'malformed'
          ? 'nothing, its scope is malformed'
          : 'all APIs';
  return `${key.shown} is the ${match.slot} key of ${displayName ?? name}, which is ${state} and opens ${where}.`;
}
