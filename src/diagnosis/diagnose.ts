// One question -> one diagnosis: runs every rule over the facts it declares, narrows them, holds each rule to its word, chooses the headline.
// The only place that makes `unknown` out of a fact that could not be read.
import { causes } from '../causes/catalogue.ts';
import { type Cause, type Fix, type FixPlan, notApplicable, type Rule, stages, unknown, type Verdict } from '../causes/contract.ts';
import { type Collection, openCollection } from '../snapshot/collect.ts';
import type { Question } from '../snapshot/collecting.ts';
import { replay } from '../snapshot/replay.ts';
import { shownOf } from '../snapshot/sealed.ts';
import type { FactName, Reading, Snapshot, Unreadable } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { answerOf } from './answer.ts';
import type { CauseVerdict, Diagnosis, Offer } from './diagnosis.ts';
import { keyToLookFor } from './key-to-look-for.ts';

export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  /** The changes of each offer as they would be sent: secrets inside. For remediation only. */
  readonly plans: ReadonlyMap<string, Extract<FixPlan, { kind: 'change' }>>;
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
  const plans = new Map<string, Extract<FixPlan, { kind: 'change' }>>();
  const verdicts = await Promise.all(
    judged.map(async ({ cause, verdict }) => toCauseVerdict(cause, verdict, await planFor(cause, verdict, collection, judging, plans))),
  );

  const snapshot = await collection.snapshot();
  const key = snapshot.facts.key;
  const headline = chooseHeadline(verdicts);
  return {
    snapshot,
    plans,
    diagnosis: {
      symptom,
      service: snapshot.service,
      answer: answerOf({ snapshot, verdicts, headline, asked }),
      headline,
      verdicts,
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

async function planFor(
  { fix }: Cause,
  verdict: Verdict,
  collection: Collection,
  snapshot: Snapshot,
  plans: Map<string, Extract<FixPlan, { kind: 'change' }>>,
): Promise<{ readonly fix: Fix; readonly plan: FixPlan } | null> {
  if (fix === null || (verdict.outcome !== 'confirmed' && verdict.outcome !== 'suspected')) return null;
  const input = await inputFor(fix.needs, fix.wants, collection, snapshot);
  if ('unreadable' in input) return null;
  const plan = fix.plan(input.value as never);
  if (plan.kind === 'change') plans.set(fix.cause, plan);
  return { fix, plan };
}

function toCauseVerdict({ rule }: Cause, verdict: Verdict, planned: { readonly fix: Fix; readonly plan: FixPlan } | null): CauseVerdict {
  const refusal = planned?.plan.kind === 'refuse' ? ` ${planned.plan.says}` : '';
  return {
    cause: rule.id,
    code: rule.code,
    title: rule.title,
    stage: rule.stage,
    outcome: verdict.outcome,
    says: `${verdict.says}${refusal}`,
    evidence: verdict.evidence,
    fix: planned?.plan.kind === 'change' ? toOffer(planned.fix, planned.plan) : null,
  };
}

function toOffer(fix: Fix, plan: Extract<FixPlan, { kind: 'change' }>): Offer {
  return {
    cause: fix.cause,
    label: fix.label,
    consequence: plan.consequence,
    permission: plan.permission ?? fix.permission,
    undo: plan.undo,
    secondPerson: fix.secondPerson,
    changes: plan.changes.map((change) => ({ ...change, before: shownOf(change.before), after: shownOf(change.after) })),
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
