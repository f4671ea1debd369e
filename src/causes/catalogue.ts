// Every cause, in the order a person would check: what blocks the view, the key, how it is sent, configuration, policies, the backend.
import { type Cause, stages } from './contract.ts';
import * as registry from './registry.ts';

export const causes: readonly Cause[] = Object.values(registry).sort(byStageThenCode);

export function causeOf(id: string): Cause | null {
  return causes.find(({ rule }) => rule.id === id) ?? null;
}

function byStageThenCode(a: Cause, b: Cause): number {
  const stage = stages.indexOf(a.rule.stage) - stages.indexOf(b.rule.stage);
  return stage !== 0 ? stage : a.rule.code.localeCompare(b.rule.code, 'en');
}
