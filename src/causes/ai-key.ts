// The AI account behind the pasted key, and what the called address asks for: the shared judgement of A02, A03, A06 and A16.
import type { AiAccountFact, AiAccountsFact, AiKeyFact } from '../snapshot/facts-ai.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { type AiEndpoint, aiEndpoint, isMultiService, serves } from './ai-endpoint.ts';
import { confirmed, type Evidence, ruledOut, type SomeEvidence, suspected, unknown, type Verdict } from './contract.ts';
import { complaint } from './key-check.ts';
import { signOf } from './signs.ts';

/** How the account of the key and the called address go together. */
export interface AiFit {
  readonly endpoint: AiEndpoint;
  /** Another account, whose own host was called; null for shared hosts and unknown ones. */
  readonly called: AiAccountFact | null;
  /** The key's account does not offer what was called; null when the paste does not say what was called. */
  readonly otherKind: boolean | null;
  /** The region that the address is for, when it is not the account's; null when they agree or nobody can tell. */
  readonly otherRegion: string | null;
  /** One side holds several services under one key, the other is for one alone. */
  readonly multiServiceMixed: boolean;
}

export function aiFit(symptom: Symptom, { accounts }: AiAccountsFact, account: AiAccountFact): AiFit {
  const endpoint = aiEndpoint(symptom);
  const found = calledAccount(symptom, accounts);
  const called = found !== null && found.armId.toLowerCase() !== account.armId.toLowerCase() ? found : null;
  const unserved = endpoint.service === null ? null : !serves(account.kind, endpoint.service);
  const otherKind = called === null ? unserved : called.kind.toLowerCase() !== account.kind.toLowerCase() || unserved === true;
  // At another account's own host the region is beside the point when that account is of another kind.
  const setting = symptom.host === null ? (signOf(symptom, 'ai-region-setting')?.value ?? null) : null;
  const asked = called === null ? (endpoint.region ?? setting) : otherKind === true ? null : called.region;
  // The global address serves global resources only; Translator's takes every region, with a header of its own (A09).
  const globalOnly = endpoint.form === 'global' && endpoint.service !== 'translator' && endpoint.service !== 'bing';
  const otherRegion = globalOnly && account.region !== 'global' ? 'global' : asked !== null && asked !== account.region ? asked : null;
  const multi = isMultiService(account.kind);
  const multiServiceMixed = called === null ? multi && unserved === true : multi !== isMultiService(called.kind);
  return { endpoint, called, otherKind, otherRegion, multiServiceMixed };
}

/** The account whose own host the paste names. */
export function calledAccount({ host }: Symptom, accounts: readonly AiAccountFact[]): AiAccountFact | null {
  return host === null ? null : (accounts.find(({ hosts }) => hosts.includes(host)) ?? null);
}

export interface AiJudgement {
  readonly says: string;
  readonly evidence: SomeEvidence;
}

/** Judges the account behind the key: one for certain can be confirmed, several at most suspected, none leaves it open. */
export function judgeAiKey(
  symptom: Symptom,
  key: AiKeyFact,
  fault: (account: AiAccountFact) => AiJudgement | null,
  fine: (account: AiAccountFact) => AiJudgement,
): Verdict {
  const [first, ...more] = key.matches;
  if (first === undefined) {
    return unknown(
      `None of the ${key.compared} AI accounts that I can see has this key, so I cannot tell what it is for. The account that it was copied from would settle it.`,
      {
        at: key.at,
        observed: `${key.shown} is the beginning of none of the keys of ${key.compared} AI accounts`,
        expected: 'one account with this key',
      },
    );
  }
  const found = key.matches.map(({ account }) => fault(account));
  const guilty = found.find((one) => one !== null) ?? null;
  const sent = sentEvidence(symptom, key, first.account);
  if (guilty === null) {
    const good = fine(first.account);
    return ruledOut(good.says, ...good.evidence, sent);
  }
  if (more.length === 0 && (first.whole || key.complete)) return confirmed(guilty.says, ...guilty.evidence, sent);
  if (found.includes(null))
    return unknown(`${key.matches.length} AI accounts have a key that starts with ${key.shown}; it is true of some of them.`, sent);
  return suspected(`${howMany(key)} ${guilty.says}`, ...guilty.evidence, sent);
}

function sentEvidence(symptom: Symptom, key: AiKeyFact, { name }: AiAccountFact): Evidence {
  const expected = 'a key of the called resource';
  if (key.line === 0) return complaint(symptom, expected);
  return { at: `paste#/line/${key.line}`, observed: `${key.shown}, a key of ${name}`, expected };
}

function howMany(key: AiKeyFact): string {
  return key.matches.length > 1
    ? `${key.matches.length} AI accounts have a key that starts with ${key.shown}.`
    : `I compared ${key.compared} of ${key.of} AI accounts.`;
}

export function accountField({ armId }: AiAccountFact, pointer: string, observed: string, expected: string): Evidence {
  return { at: `${armId}#/${pointer}`, observed, expected };
}

/** `speech (SpeechServices, westeurope)`. */
export function accountLabel({ name, kind, region }: AiAccountFact): string {
  return `${name} (${kind}, ${region})`;
}

/** The address to call with a key of this account. */
export function addressOf(account: AiAccountFact): string {
  return account.endpoint ?? `https://${account.region}.api.cognitive.microsoft.com/`;
}
