// Puts the engine together: ARM, facts, rules, plans. Both composition roots (main.ts, cli.ts) use it; it decides nothing.
import { randomBytes } from 'node:crypto';
import { type ArmSettings, createArmHttp } from './azure/arm-http.ts';
import { createArmReader } from './azure/arm-reader.ts';
import { createArmWriter } from './azure/arm-writer.ts';
import { causeOf } from './causes/catalogue.ts';
import { type Diagnosed, diagnose } from './diagnosis/diagnose.ts';
import { keyToLookFor } from './diagnosis/key-to-look-for.ts';
import type { Person, Remediation } from './remediation/plan-record.ts';
import { createRemediation } from './remediation/remediation.ts';
import type { ArmReader } from './snapshot/ports.ts';
import { openStorage } from './storage/database.ts';
import { openVault } from './storage/vault.ts';
import { optionKey } from './symptom/option-key.ts';
import { parsePaste } from './symptom/parse-paste.ts';
import type { KeyHasher, Symptom } from './symptom/symptom.ts';

export interface EngineOptions {
  readonly arm: ArmSettings;
  /** ARM ids of the API Management services that may be asked about. */
  readonly services: readonly string[];
  /** Where plans, audit and the key file live. */
  readonly stateDir: string;
  /** The practice gateway's localhost belongs to the only service. */
  readonly localHosts: boolean;
  readonly singleOperator: boolean;
  readonly whyNot: (who: Person) => string | null;
  readonly deadlineMs: number;
  readonly planMinutes: number;
  readonly undoHours: number;
}

export interface Engine {
  ask(question: { readonly paste: string; readonly keyPrefix?: string }): Promise<Diagnosed>;
  askSymptom(symptom: Symptom): Promise<Diagnosed>;
  readonly remediation: Remediation;
  /** A reader with a deadline of its own. */
  reader(): ArmReader;
  readonly hash: KeyHasher;
  /** Writes sent so far. */
  writes(): number;
  close(): void;
}

export function createEngine(options: EngineOptions): Engine {
  const { arm, services, stateDir, localHosts, deadlineMs } = options;
  const vault = openVault(stateDir);
  const storage = openStorage(stateDir, vault);
  const http = createArmHttp(arm);
  const reader = (): ArmReader => createArmReader({ http, deadlineMs });
  let writes = 0;

  function askSymptom(symptom: Symptom): Promise<Diagnosed> {
    return diagnose({ symptom, key: keyToLookFor(symptom), services, reader: reader(), hash: vault.hash, localHosts });
  }

  return {
    ask({ paste, keyPrefix }) {
      const { symptom } = parsePaste(paste, vault.hash);
      const keys = keyPrefix === undefined ? symptom.keys : [optionKey(keyPrefix, vault.hash), ...symptom.keys];
      // The first characters of a key are a question of their own, with no 401 beside them.
      const onlyKey = symptom.layer === 'not-a-401' && symptom.status === null && keys.length > 0;
      return askSymptom({ ...symptom, keys, layer: onlyKey ? 'unknown' : symptom.layer });
    },
    askSymptom,
    remediation: createRemediation({
      rediagnose: askSymptom,
      writer: createArmWriter({
        http,
        timeoutMs: deadlineMs,
        onWrite() {
          writes += 1;
        },
      }),
      plans: storage.plans,
      audit: storage.audit,
      clock: () => new Date(),
      newId: () => randomBytes(16).toString('base64url'),
      limits: options,
      whyNot: options.whyNot,
      singleOperator: options.singleOperator,
      provable: (cause) => causeOf(cause)?.fix?.provable ?? true,
      toBeSure: (cause) => causeOf(cause)?.fix?.toBeSure ?? null,
    }),
    reader,
    hash: vault.hash,
    writes: () => writes,
    close: () => storage.close(),
  };
}
