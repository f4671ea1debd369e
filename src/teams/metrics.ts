// What the bot counts, in Prometheus' form. Labels come from fixed lists only: no names, no hosts, nothing from a message.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type TurnKind = 'message' | 'press' | 'welcome' | 'other';

export interface Metrics {
  /** One activity was worked off. */
  turn(kind: TurnKind, seconds: number): void;
  /** One question was answered; `answer` is Diagnosis.answer.kind. */
  diagnosis(answer: string, seconds: number, arm: { readonly reads: number; readonly writes: number; readonly listSecrets: number }): void;
  /** The page for GET /metrics. */
  page(): Promise<{ readonly contentType: string; readonly body: string }>;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30];

/** Counters of their own for each bot, so that two in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const turns = new Counter({ name: 'locksmith_turns_total', help: 'Activities worked off, by kind.', labelNames: ['kind'], registers });
  const presses = new Counter({ name: 'locksmith_presses_total', help: 'Buttons pressed.', registers });
  const diagnoses = new Counter({ name: 'locksmith_diagnoses_total', help: 'Answers, by kind.', labelNames: ['answer'], registers });
  const arm = new Counter({ name: 'locksmith_arm_calls_total', help: 'Calls to ARM, by kind.', labelNames: ['kind'], registers });
  const turnSeconds = new Histogram({
    name: 'locksmith_turn_seconds',
    help: 'From receiving an activity to the end of its work.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const diagnosisSeconds = new Histogram({
    name: 'locksmith_diagnosis_seconds',
    help: 'From question to answer.',
    buckets: SECONDS,
    registers,
  });
  return {
    turn(kind, seconds) {
      turns.inc({ kind });
      turnSeconds.observe({ kind }, seconds);
      if (kind === 'press') {
        presses.inc();
      }
    },
    diagnosis(answer, seconds, calls) {
      diagnoses.inc({ answer });
      diagnosisSeconds.observe(seconds);
      arm.inc({ kind: 'read' }, calls.reads);
      arm.inc({ kind: 'write' }, calls.writes);
      arm.inc({ kind: 'listSecrets' }, calls.listSecrets);
    },
    async page() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
