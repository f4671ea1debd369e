// Puts the engine together: ARM, facts, rules, plans. Both composition roots (main.ts, cli.ts) use it; it decides nothing.
import { randomBytes } from 'node:crypto';
import { createActAs } from './azure/act-as.ts';
import { type ArmSettings, createArmHttp } from './azure/arm-http.ts';
import { createArmReader } from './azure/arm-reader.ts';
import { createArmWriter } from './azure/arm-writer.ts';
import { createGatewayCall } from './azure/gateway-call.ts';
import { missingRight } from './azure/missing-right.ts';
import type { OnBehalfOf } from './azure/on-behalf-of.ts';
import { fixOf } from './causes/catalogue.ts';
import { type Diagnosed, diagnose } from './diagnosis/diagnose.ts';
import { keyToLookFor } from './diagnosis/key-to-look-for.ts';
import { rotateOther, rotatePasted } from './diagnosis/rotation.ts';
import { auditChanges } from './remediation/audit-changes.ts';
import { emptyRecord } from './remediation/empty-record.ts';
import { createFindImpact } from './remediation/find-impact.ts';
import type { Remediation } from './remediation/plan-record.ts';
import type { Access } from './remediation/ports.ts';
import { createRemediation } from './remediation/remediation.ts';
import { createCallThrough } from './remediation/safe-call.ts';
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
  /** Whatever widens access needs two people. */
  readonly twoToWiden?: boolean;
  readonly access: Access;
  /** Whose rights a fix uses: of whoever pressed, or of the identity that `arm` has. null: nothing is applied. */
  readonly actAs: 'person' | 'bot' | null;
  /** For acting as the person. */
  readonly onBehalfOf?: OnBehalfOf;
  /** ARM ids of services that are never changed, or * for all. */
  readonly lookOnly: readonly string[] | '*';
  readonly managedAsCode: readonly string[];
  /** Where the gateway answers when it is not at its own host: the lab's. */
  readonly gatewayBase: string | null;
  readonly deadlineMs: number;
  readonly planMinutes: number;
  readonly approvalMinutes: number;
  readonly undoHours: number;
  readonly verifyMinutes: number;
  /** After how long without a sign of life a process counts as stopped, in milliseconds; several times the deadline when absent. */
  readonly leaseMs?: number;
  readonly trouble?: (error: unknown) => void;
  /** The machine's when absent. */
  readonly clock?: () => Date;
}

export interface Engine {
  /** `services`: those that may be looked at; all that are configured when absent. */
  ask(question: { readonly paste: string; readonly keyPrefix?: string; readonly services?: readonly string[] }): Promise<Diagnosed>;
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
  const storage = openStorage(stateDir, vault, emptyRecord, auditChanges);
  const http = createArmHttp(arm);
  const reader = (): ArmReader => createArmReader({ http, deadlineMs });
  const { hash } = vault;
  let writes = 0;
  const onWrite = (): void => {
    writes += 1;
  };

  function askSymptom(symptom: Symptom, among: readonly string[] = services): Promise<Diagnosed> {
    return diagnose({ symptom, key: keyToLookFor(symptom), services: among, reader: reader(), hash, localHosts });
  }

  return {
    ask({ paste, keyPrefix, services: among }) {
      const { symptom } = parsePaste(paste, vault.hash);
      const keys = keyPrefix === undefined ? symptom.keys : [optionKey(keyPrefix, vault.hash), ...symptom.keys];
      // The first characters of a key are a question of their own, with no 401 beside them.
      const onlyKey = symptom.layer === 'not-a-401' && symptom.status === null && keys.length > 0;
      return askSymptom({ ...symptom, keys, layer: onlyKey ? 'unknown' : symptom.layer }, among);
    },
    askSymptom: (symptom) => askSymptom(symptom),
    remediation: createRemediation({
      rediagnose: (symptom, service) => askSymptom(symptom, [service]),
      actAs: createActAs({
        actAs: options.actAs,
        botHttp: http,
        armFor: (credential) => createArmHttp({ ...arm, credential }),
        onBehalfOf: options.onBehalfOf ?? null,
        timeoutMs: deadlineMs,
        hash,
        onWrite,
      }),
      looker: createArmWriter({ http, timeoutMs: deadlineMs, hash }),
      findImpact: createFindImpact({ reader, managedAsCode: options.managedAsCode }),
      callThrough: createCallThrough({
        reader,
        hash,
        gatewayBase: options.gatewayBase,
        send: createGatewayCall({ timeoutMs: deadlineMs }),
      }),
      missingRight: (action, change) => missingRight(action, change, arm.endpoint),
      access: options.access,
      lookOnly: (service) => options.lookOnly === '*' || options.lookOnly.some((one) => one.toLowerCase() === service.toLowerCase()),
      plans: storage.plans,
      audit: storage.audit,
      clock: options.clock ?? (() => new Date()),
      newId: () => randomBytes(16).toString('base64url'),
      limits: { ...options, leaseMs: options.leaseMs ?? Math.max(90_000, 5 * deadlineMs) },
      singleOperator: options.singleOperator,
      twoToWiden: options.twoToWiden ?? false,
      provable: (offer) => fixOf(offer)?.provable ?? true,
      toBeSure: (offer) => fixOf(offer)?.toBeSure ?? null,
      nextOffer: (offer) => (offer === rotateOther ? rotatePasted : null),
      ...(options.trouble ? { trouble: options.trouble } : {}),
    }),
    reader,
    hash: vault.hash,
    writes: () => writes,
    close: () => storage.close(),
  };
}
