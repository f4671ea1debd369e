// What a conversation is made with.
import type { Remediation } from '../remediation/plan-record.ts';
import type { Access } from '../remediation/ports.ts';
import type { ArmCounts } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { AskStore } from './asks.ts';
import type { Diagnose } from './ports.ts';

export interface ConversationDeps {
  readonly diagnose: Diagnose;
  readonly remediation: Remediation;
  readonly access: Access;
  /** ARM ids of the configured services. */
  readonly services: readonly string[];
  readonly asks: AskStore;
  /** Reads a text without asking Azure. */
  readonly read: (text: string) => Symptom;
  /** Gets errors, never what somebody wrote. The log reduces `error` to its kind and place. */
  readonly log: { error(facts: { readonly error: unknown }, message: string): void };
  readonly metrics?: { diagnosis(answer: string, seconds: number, arm: ArmCounts): void };
}
