// Remediation over a lab, put together by hand, so that a test can stand between its parts: before the writer, around the store.
import { everybody } from '../../src/access/everybody.ts';
import { type ArmHttp, createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmReader } from '../../src/azure/arm-reader.ts';
import { createArmWriter } from '../../src/azure/arm-writer.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { missingRight } from '../../src/azure/missing-right.ts';
import { fixOf } from '../../src/causes/catalogue.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { keyToLookFor } from '../../src/diagnosis/key-to-look-for.ts';
import { rotateOther, rotatePasted } from '../../src/diagnosis/rotation.ts';
import { emptyRecord } from '../../src/remediation/empty-record.ts';
import type { Remediation } from '../../src/remediation/plan-record.ts';
import type { ArmWriter, PlanStore } from '../../src/remediation/ports.ts';
import { createRemediation } from '../../src/remediation/remediation.ts';
import { openStorage, type Storage } from '../../src/storage/database.ts';
import { openVault } from '../../src/storage/vault.ts';
import { createEngine, type Engine, type EngineOptions } from '../../src/wiring.ts';
import { engineOptionsOver, type LabAddress } from './lab-engine.ts';

/** Longer than a loaded machine needs for a real answer. */
const deadlineMs = 60_000;

export interface Wires {
  readonly clock?: () => Date;
  /** Aborts when the client gives up waiting for the answer to the write that it sends now. */
  readonly patience?: () => AbortSignal;
  readonly aroundWriter?: (writer: ArmWriter) => ArmWriter;
  readonly aroundPlans?: (plans: PlanStore) => PlanStore;
}

export interface Wired {
  readonly remediation: Remediation;
  readonly engine: Engine;
  readonly storage: Storage;
  close(): void;
}

export function openWired(lab: LabAddress, stateDir: string, wires: Wires = {}): Wired {
  const storage = openStorage(stateDir, openVault(stateDir), emptyRecord);
  const engine = createEngine(engineOptionsOver(lab, stateDir));
  return {
    engine,
    storage,
    remediation: wireRemediation(lab, engine, storage, wires),
    close() {
      engine.close();
      storage.close();
    },
  };
}

/** Everybody may everything, one person is enough. What a preview says besides the changes is left out: it writes nothing. */
export function wireRemediation(lab: LabAddress, { hash }: Pick<Engine, 'hash'>, storage: Storage, wires: Wires = {}): Remediation {
  const { clock = () => new Date(), patience, aroundWriter = same, aroundPlans = same } = wires;
  const { arm, ...options }: EngineOptions = engineOptionsOver(lab, '');
  const http = impatient(createArmHttp({ ...arm, credential: labCredential() }), patience);
  const looker = createArmWriter({ http, timeoutMs: deadlineMs, hash });
  const writer = aroundWriter(looker);
  return createRemediation({
    twoToWiden: false,
    rediagnose: (symptom) =>
      diagnose({
        symptom,
        key: keyToLookFor(symptom),
        services: lab.services,
        reader: createArmReader({ http, deadlineMs }),
        hash,
        localHosts: true,
      }),
    actAs: async () => writer,
    looker,
    findImpact: async () => ({ affects: [], wider: null, noWayBack: null, asCode: null }),
    callThrough: { find: async () => ({ says: 'No call here.' }), call: async () => ({ says: 'No call here.' }) },
    missingRight: (action, change) => missingRight(action, change, arm.endpoint),
    access: everybody,
    lookOnly: () => false,
    plans: aroundPlans(storage.plans),
    audit: storage.audit,
    clock,
    newId: () => crypto.randomUUID(),
    limits: { ...options, leaseMs: 90_000 },
    singleOperator: true,
    provable: (offer) => fixOf(offer)?.provable ?? true,
    nextOffer: (offer) => (offer === rotateOther ? rotatePasted : null),
    trouble: (error) => {
      throw error;
    },
  });
}

function impatient(http: ArmHttp, patience: Wires['patience']): ArmHttp {
  if (patience === undefined) return http;
  return { ...http, write: (exchange) => http.write({ ...exchange, signal: AbortSignal.any([exchange.signal, patience()]) }) };
}

function same<T>(value: T): T {
  return value;
}
