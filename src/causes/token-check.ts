// Judges a pasted token against the statements that check it, for the causes P02 to P10. The token was decoded, never verified.
import type { NamedValueFact, PoliciesFact } from '../snapshot/facts-policies.ts';
import type { PastedToken, Symptom } from '../symptom/symptom.ts';
import { confirmed, type Evidence, type Reading, ruledOut, suspected, unknown, type Verdict } from './contract.ts';
import { complaint } from './key-check.ts';
import { fromPolicy, notThere, sameWords, statementEvidence, whenItRuns } from './policy-check.ts';
import { canHaveSaid, type TokenPolicy, tokenPolicies } from './token-policy.ts';

/** What is wrong with a token for a statement. `certain` is false where only the identity provider or run time knows. */
export interface TokenFault {
  readonly says: string;
  readonly observed: string;
  readonly expected: string;
  readonly certain: boolean;
}

/** null: nothing wrong · 'unclear': what the statement asks for, or what the token holds, cannot be known here */
export type Judged = TokenFault | null | 'unclear';

export interface TokenQuestion {
  readonly symptom: Symptom;
  readonly policies: Reading<PoliciesFact>;
  readonly namedValues: Reading<readonly NamedValueFact[]>;
}

export interface TokenRule {
  readonly judge: (policy: TokenPolicy, token: PastedToken) => Judged;
  /** What a gateway log or trace says when it is this; seen in LastError's reason or in the message. */
  readonly signs: RegExp;
  /** The statement asks for something of this kind at all. */
  readonly asks: (policy: TokenPolicy) => boolean;
  /** For a person: what the statement wants, to compare the token with. */
  readonly wants: (policy: TokenPolicy) => string;
  /** What is in order when it is ruled out. */
  readonly fine: string;
}

/** A token was checked and refused, or may have been. */
export function tokenRefused(symptom: Symptom): boolean {
  if (!fromPolicy(symptom) || symptom.code === 'jwt-missing') return false;
  return symptom.layer === 'gateway-jwt' || symptom.token !== null;
}

export function judgeToken({ symptom, policies, namedValues }: TokenQuestion, rule: TokenRule): Verdict {
  const { token } = symptom;
  const sign = signOf(symptom, rule.signs);
  if (policies.status === 'unreadable') {
    if (sign === null) return unknown(policies.says);
    return suspected(`${sign.says} The policy that asks for it could not be read: ${policies.says}`, sign.evidence);
  }
  const checks = answering(tokenPolicies(policies.value, namedValues), symptom);
  const [first] = checks;
  if (first === undefined) {
    if (sign !== null) return suspected(`${sign.says} None of the policies that could be read checks a token, though.`, sign.evidence);
    return notThere(
      policies.value,
      'No statement that runs for this call checks a token.',
      'no validate-jwt or validate-azure-ad-token',
      'one',
    );
  }
  if (token === null) return withoutToken(rule, checks, first, sign, !isBareRefusal(symptom));

  let open: TokenPolicy | null = null;
  let maybe: { readonly policy: TokenPolicy; readonly fault: TokenFault } | null = null;
  for (const policy of checks) {
    const fault = rule.judge(policy, token);
    if (fault === 'unclear') open ??= policy;
    else if (fault?.certain && policy.step.conditions.length === 0) return confirmed(...found(policy, fault, token));
    else if (fault !== null) maybe ??= { policy, fault };
  }
  if (maybe !== null) return suspected(...found(maybe.policy, maybe.fault, token));
  if (sign !== null && open !== null) return suspected(`${sign.says} ${capital(rule.wants(open))}`, sign.evidence, asked(rule, open));
  if (open !== null)
    return unknown(`What ${open.step.where} asks for is only known at run time. ${capital(rule.wants(open))}`, asked(rule, open));
  return ruledOut(rule.fine, statementEvidence(first.step, rule.wants(first), 'fits the pasted token'));
}

const bare = /^(invalid jwt|invalid azure ad jwt|unauthorized\. access token is missing or invalid)\.?$/i;

/** The default words of a token policy, and nothing beside them that says why. */
function isBareRefusal({ layer, message, lastError }: Symptom): boolean {
  return layer === 'gateway-jwt' && (lastError?.reason ?? null) === null && bare.test(message?.trim() ?? '');
}

function withoutToken(
  rule: TokenRule,
  checks: readonly TokenPolicy[],
  first: TokenPolicy,
  sign: Sign | null,
  reasonGiven: boolean,
): Verdict {
  const asking = checks.find(rule.asks);
  const settle = 'Paste the request with its Authorization header, or the claims of the token: it is read for its claims and not kept.';
  if (sign !== null) {
    const wants = asking === undefined ? '' : ` ${capital(rule.wants(asking))}`;
    return suspected(`${sign.says}${wants} ${settle}`, sign.evidence, ...(asking === undefined ? [] : [asked(rule, asking)]));
  }
  if (asking === undefined) {
    const none = statementEvidence(first.step, 'asks for nothing of this kind', 'asks for it');
    return ruledOut('No statement that checks the token asks for anything of this kind.', none);
  }
  const says = `The answer does not say what was wrong with the token, and the paste does not show the token. ${capital(asking.step.where)}: ${rule.wants(asking)} ${settle}`;
  // A reason that names another check speaks against this one; without any, each check of the statement may have refused the token.
  return reasonGiven ? unknown(says, asked(rule, asking)) : suspected(says, asked(rule, asking));
}

/** The statements that can have answered with the pasted words; all of them when none fits. */
function answering(all: readonly TokenPolicy[], symptom: Symptom): readonly TokenPolicy[] {
  const message = symptom.layer === 'unknown' ? null : symptom.message;
  const fitting = all.filter((policy) => canHaveSaid(policy, message, sameWords));
  return fitting.length > 0 ? fitting : all;
}

function asked(rule: TokenRule, policy: TokenPolicy): Evidence {
  return statementEvidence(policy.step, rule.wants(policy), 'what the token has');
}

function found(policy: TokenPolicy, fault: TokenFault, token: PastedToken): [string, Evidence, Evidence] {
  return [
    `${fault.says} It is checked by ${policy.step.where}.${whenItRuns(policy.step)}`,
    { at: `paste#/line/${token.line}`, observed: fault.observed, expected: fault.expected },
    statementEvidence(policy.step, `<${policy.kind}> wants ${fault.expected}`, fault.observed),
  ];
}

interface Sign {
  readonly says: string;
  readonly evidence: Evidence;
}

function signOf(symptom: Symptom, signs: RegExp): Sign | null {
  const { lastError, message } = symptom;
  const reason = lastError?.reason ?? null;
  if (reason !== null && signs.test(reason)) {
    return { says: `The gateway's log gives the reason ${reason}.`, evidence: complaint(symptom, `not ${reason}`) };
  }
  if (!signs.test(message ?? '') && !signs.test(symptom.seen.message?.text ?? '')) return null;
  return { says: "The gateway's own message says so.", evidence: complaint(symptom, 'a token that passes') };
}

export function quoted(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.map((value) => `"${value}"`).join(' or ');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
