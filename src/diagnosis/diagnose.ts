// One question -> one diagnosis: runs every rule over the facts it declares, narrows them, holds each rule to its word, chooses the headline.
// The only place that makes `unknown` out of a fact that could not be read.
import { causes } from '../causes/catalogue.ts';
import { type Cause, type Copy, notApplicable, type Rule, stages, unknown, type Verdict } from '../causes/contract.ts';
import { type Collection, openCollection } from '../snapshot/collect.ts';
import type { Question } from '../snapshot/collecting.ts';
import { replay } from '../snapshot/replay.ts';
import type { FactName, Reading, Snapshot, Unreadable } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { answerOf } from './answer.ts';
import type { CauseVerdict, Diagnosis, Offer } from './diagnosis.ts';
import { keyToLookFor } from './key-to-look-for.ts';
import { type ChangePlan, type Offered, type Offers, offersOf } from './offers.ts';
import { planRotation } from './rotation.ts';

export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** The changes of each offer as they would be sent: secrets inside. For remediation only. */
  readonly plans: ReadonlyMap<string, ChangePlan>;
  /** Every offer by its id: those of causes, further ones of the same cause, and the two steps of a rotation. Same ids as `plans`. */
  readonly offers: ReadonlyMap<string, Offer>;
  readonly snapshot: Snapshot;
}

export function diagnose(question: Question): Promise<Diagnosed> {
  return judgeAll(openCollection(question), question.symptom, question.key !== null);
}

/** The same verdicts from a saved snapshot, without Azure. */
export function diagnoseAgain(saved: Snapshot): Promise<Diagnosed> {
  return judgeAll(replay(saved), saved.symptom, keyToLookFor(saved.symptom) !== null);
}

async function judgeAll(collection: Collection, symptom: Symptom, asked: boolean): Promise<Diagnosed> {
  const started = performance.now();
  const applicable = causes.filter(({ rule }) => rule.applies(symptom));
  await Promise.all(unique(applicable.flatMap(({ rule }) => [...rule.needs, ...rule.wants])).map((name) => collection.fact(name)));
  const judging = await collection.snapshot();

  const judged = await Promise.all(
    causes.map(async (cause) => {
      const verdict = applicable.includes(cause)
        ? await judge(cause.rule, collection, judging)
        : notApplicable('This symptom cannot come from it.');
      return { cause, verdict };
    }),
  );
  const considered = await Promise.all(
    judged.map(async ({ cause, verdict }) => {
      const holds = verdict.outcome === 'confirmed' || verdict.outcome === 'suspected';
      const offers = holds ? await offersFor(cause, collection, judging) : nothing;
      return { offers, verdict: toCauseVerdict(cause, verdict, offers, holds ? await copyFor(cause, collection, judging) : null) };
    }),
  );
  const verdicts = considered.map(({ verdict }) => verdict);

  const snapshot = await collection.snapshot();
  const key = snapshot.facts.key;
  const headline = chooseHeadline(verdicts);
  const rotation = planRotation(symptom, key);
  const offered = [...considered.flatMap(({ offers }) => offers.offered), ...(rotation?.offered ?? [])];
  return {
    snapshot,
    plans: new Map(offered.map(({ offer, plan }) => [offer.cause, plan])),
    offers: new Map(offered.map(({ offer }) => [offer.cause, offer])),
    diagnosis: {
      symptom,
      service: snapshot.service,
      answer: answerOf({ snapshot, verdicts, headline, asked }),
      headline,
      verdicts,
      rotation: rotation?.rotation ?? null,
      scanned: key?.status === 'read' ? { subscriptions: key.value.scanned, of: key.value.of } : { subscriptions: 0, of: 0 },
      partial: isPartial(snapshot),
      arm: snapshot.arm,
      ms: Math.round(performance.now() - started),
    },
  };
}

async function judge(rule: Rule, collection: Collection, snapshot: Snapshot): Promise<Verdict> {
  const input = await inputFor(rule.needs, rule.wants, collection, snapshot);
  if ('unreadable' in input) return unknown(input.unreadable.says, ...whereUnread(input.unreadable));
  try {
    const verdict = rule.check(input.value as never);
    return verdict.outcome === 'confirmed' && rule.best === 'suspected' ? { ...verdict, outcome: 'suspected' } : verdict;
  } catch (error) {
    // A fault of ours in one rule must not cost the answer of the others.
    return unknown(`This check failed (${error instanceof Error ? error.name : 'error'}); the others were not touched by it.`);
  }
}

async function inputFor(
  needs: readonly FactName[],
  wants: readonly FactName[],
  collection: Collection,
  snapshot: Snapshot,
): Promise<{ readonly value: Readonly<Record<string, unknown>> } | { readonly unreadable: Unreadable }> {
  const { symptom, refusals, service } = snapshot;
  const facts: Record<string, unknown> = { symptom, at: new Date(symptom.date ?? snapshot.now), refusals, serviceId: service };
  for (const name of needs) {
    const reading: Reading<unknown> = await collection.fact(name);
    if (reading.status === 'unreadable') return { unreadable: reading };
    facts[name] = reading.value;
  }
  for (const name of wants) facts[name] = await collection.fact(name);
  return { value: facts };
}

function whereUnread({ at, reason, action }: Unreadable): { at: string; observed: string; expected: string }[] {
  return at === '' ? [] : [{ at, observed: action === null ? reason : `${reason}: ${action}`, expected: 'readable' }];
}

const nothing: Offers = { offered: [], refusal: '' };

async function offersFor({ fix, otherFixes }: Cause, collection: Collection, snapshot: Snapshot): Promise<Offers> {
  const fixes = [...(fix === null ? [] : [fix]), ...(otherFixes ?? [])];
  const planned = await Promise.all(
    fixes.map(async (one) => {
      const input = await inputFor(one.needs, one.wants, collection, snapshot);
      return { fix: one, plan: 'unreadable' in input ? null : one.plan(input.value as never) };
    }),
  );
  return offersOf(planned);
}

async function copyFor({ remedy }: Cause, collection: Collection, snapshot: Snapshot): Promise<Copy | null> {
  if (remedy === undefined) return null;
  const input = await inputFor(remedy.needs, remedy.wants, collection, snapshot);
  return 'unreadable' in input ? null : remedy.copy(input.value as never);
}

function toCauseVerdict({ rule }: Cause, verdict: Verdict, { offered, refusal }: Offers, copy: Copy | null): CauseVerdict {
  const [first, ...others] = offered.map(({ offer }: Offered) => offer);
  return {
    cause: rule.id,
    code: rule.code,
    title: rule.title,
    stage: rule.stage,
    outcome: verdict.outcome,
    says: `${verdict.says} ${refusal}`.trim(),
    evidence: verdict.evidence,
    fix: first ?? null,
    otherFixes: others,
    copy,
  };
}

/** The first in order of stage, confirmed before suspected within each (contract.md, "Headline"). */
function chooseHeadline(verdicts: readonly CauseVerdict[]): string | null {
  for (const stage of stages) {
    for (const outcome of ['confirmed', 'suspected']) {
      const found = verdicts.find((verdict) => verdict.stage === stage && verdict.outcome === outcome);
      if (found !== undefined) return found.cause;
    }
  }
  return null;
}

// What nobody asked for, or what there was nothing to ask for, does not make an answer partial.
const missing = ['forbidden', 'throttled', 'deadline', 'unavailable'];

function isPartial({ facts, refusals }: Snapshot): boolean {
  const readings = Object.values(facts) as Reading<unknown>[];
  const key = facts.key;
  return (
    refusals.length > 0 ||
    readings.some((one) => one.status === 'unreadable' && missing.includes(one.reason)) ||
    (key?.status === 'read' && !key.value.complete)
  );
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
