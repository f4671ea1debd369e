// Shared reading of symptoms and keys for the causes of the gateway's key check (field guide, sections a.1 and b).
import type { ApiFact, KeyFact, KeyMatch, ProductFact, ScopeTarget, SubscriptionFact } from '../snapshot/snapshot.ts';
import type { PastedKey, PasteEvidence, Symptom } from '../symptom/symptom.ts';
import { confirmed, type Evidence, ruledOut, type SomeEvidence, suspected, unknown, type Verdict } from './contract.ts';

/** Bytes that every answer of the key check has at least (field guide, a.1: 143 and 152). */
const shortestAnswer = 140;

/** The key check can have sent this: its own words, a bare 401 whose words were lost on the way, or only a key is asked about. */
export function fromKeyCheck(symptom: Symptom): boolean {
  if (symptom.layer === 'gateway-subscription') return true;
  // A body of another shape is somebody else's.
  if (/^[{[<]/.test(symptom.body ?? '') || (symptom.contentLength ?? shortestAnswer) < shortestAnswer) return false;
  return symptom.layer === 'unknown' && !symptom.bodySeen && (symptom.status === 401 || symptom.keys.length > 0);
}

/** ... and it can have been "invalid subscription key". */
export function maybeInvalid(symptom: Symptom): boolean {
  return fromKeyCheck(symptom) && symptom.code !== 'key-missing';
}

/** ... and it can have been "missing subscription key". */
export function maybeMissing(symptom: Symptom): boolean {
  return fromKeyCheck(symptom) && symptom.code !== 'key-invalid';
}

/** The keys that the pasted request carries itself, in a header or in the query. */
export function sentKeys(symptom: Symptom): readonly PastedKey[] {
  return symptom.keys.filter((key) => (key.where === 'header' || key.where === 'query') && key.line > 0);
}

export function fromPaste(seen: PasteEvidence, expected: string): Evidence {
  return { at: `paste#/line/${seen.line}`, observed: seen.text, expected };
}

/** The line of the paste that shows the complaint best. */
export function complaint(symptom: Symptom, expected: string): Evidence {
  const seen = symptom.seen.message ?? symptom.seen.challenge ?? symptom.seen.status ?? symptom.seen.url;
  return seen === null ? { at: 'paste#/line/1', observed: 'a 401', expected } : fromPaste(seen, expected);
}

/** The name of the workspace that something is in, by its ARM id; null for the service itself. */
export function workspaceOf(armId: string): string | null {
  return /\/service\/[^/]+\/workspaces\/([^/]+)(?:\/|$)/i.exec(armId)?.[1] ?? null;
}

export function sameWorkspace(a: string | null, b: string | null): boolean {
  return (a ?? '').toLowerCase() === (b ?? '').toLowerCase();
}

/** The workspace that a subscription opens APIs in; null for the service itself. */
export function workspaceOfKey({ target, armId }: SubscriptionFact): string | null {
  return 'workspace' in target ? target.workspace : workspaceOf(armId);
}

/** Whether a scope lets a key call this API (field guide, b.2 and b.12). `products` are those that hold the API. */
export function coversApi(target: ScopeTarget, api: ApiFact, products: readonly ProductFact[]): boolean {
  if (target.kind === 'service') return true;
  if (target.kind === 'malformed' || !sameWorkspace(target.workspace, workspaceOf(api.armId))) return false;
  if (target.kind === 'all-apis') return true;
  if (target.kind === 'api') return sameName(target.name, api.name);
  return products.some((product) => sameName(product.name, target.name));
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function labelOf(subscription: SubscriptionFact): string {
  return subscription.displayName ?? subscription.name;
}

/** The one subscription that has the key for certain; null when there is none, or several. */
export function onlyMatch(key: KeyFact): KeyMatch | null {
  const [match, ...more] = key.matches;
  return match !== undefined && more.length === 0 && (match.whole || key.complete) ? match : null;
}

export interface Judgement {
  readonly says: string;
  readonly evidence: SomeEvidence;
}

/**
 * Judges the subscription behind the key. Several that match can at most be suspected, because nobody can tell which was meant;
 * a key that nobody has cannot be this fault.
 */
export function judgeSubscription(
  key: KeyFact,
  fault: (subscription: SubscriptionFact) => Judgement | null,
  fine: (subscription: SubscriptionFact) => Judgement,
): Verdict {
  const only = onlyMatch(key);
  if (only !== null) {
    const found = fault(only.subscription);
    if (found !== null) return confirmed(found.says, ...found.evidence);
    const good = fine(only.subscription);
    return ruledOut(good.says, ...good.evidence);
  }
  const [first, ...others] = key.matches;
  if (first === undefined) return nobodyHasIt(key);

  const judged = [first, ...others].map(({ subscription }) => ({ found: fault(subscription), good: fine(subscription) }));
  const guilty = judged.find(({ found }) => found !== null)?.found;
  const all = judged.flatMap(({ found, good }) => [...(found ?? good).evidence]);
  if (guilty)
    return suspected(
      `${howMany(key)} One of them fits: ${guilty.says}`,
      ...guilty.evidence,
      ...all.filter((one) => !guilty.evidence.includes(one)),
    );
  const [head, ...tail] = all;
  return head === undefined ? nobodyHasIt(key) : ruledOut(`${howMany(key)} It is true of none of them.`, head, ...tail);
}

export function howMany(key: KeyFact): string {
  const [, ...more] = key.matches;
  if (more.length > 0) return `${key.matches.length} subscriptions have a key that starts with ${key.shown}.`;
  return `I compared ${key.scanned} of ${key.of} subscriptions, so another may start with ${key.shown} too.`;
}

/** No subscription has the key: ruled out when all were compared, unknown when not. */
export function nobodyHasIt(key: KeyFact): Verdict {
  const compared = {
    at: key.at,
    observed: `${key.shown} is the beginning of none of the keys of ${key.scanned} subscriptions`,
    expected: 'one subscription with this key',
  };
  if (key.complete) return ruledOut('No subscription of this service has the key, so no subscription can be at fault here.', compared);
  return unknown(`The key was not found among the ${key.scanned} of ${key.of} subscriptions that could be compared.`, compared);
}

export function fieldOf(subscription: SubscriptionFact, field: string, observed: string, expected: string): Evidence {
  return { at: `${subscription.armId}#/properties/${field}`, observed, expected };
}
