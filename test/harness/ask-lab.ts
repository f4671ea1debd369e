// A question to a lab, and the writes of its offers, with nothing of remediation in between.
import { createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmReader } from '../../src/azure/arm-reader.ts';
import { createArmWriter } from '../../src/azure/arm-writer.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import type { Change } from '../../src/causes/contract.ts';
import { type Diagnosed, diagnose } from '../../src/diagnosis/diagnose.ts';
import { keyToLookFor } from '../../src/diagnosis/key-to-look-for.ts';
import { startLab } from '../../src/lab/lab.ts';
import type { WriteOutcome } from '../../src/remediation/ports.ts';
import { reveal } from '../../src/snapshot/sealed.ts';
import { passingVault } from '../../src/storage/vault.ts';
import { optionKey } from '../../src/symptom/option-key.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';

export interface AskedLab {
  ask(paste: string, keyPrefix?: string): Promise<Diagnosed>;
  /** Sends one change with its ETag, as remediation would. */
  write(change: Change): Promise<WriteOutcome>;
  exportEstate(): unknown;
  close(): Promise<void>;
}

export async function openAskedLab(estate: object): Promise<AskedLab> {
  const lab = await startLab({ estate });
  const { hash } = passingVault();
  const http = createArmHttp({
    endpoint: lab.managementUrl,
    scope: `${lab.managementUrl}/.default`,
    credential: labCredential(),
    ca: lab.ca,
  });
  const writer = createArmWriter({ http, hash, timeoutMs: 10_000 });
  return {
    ask(paste, keyPrefix) {
      const { symptom } = parsePaste(paste, hash);
      const keys = keyPrefix === undefined ? symptom.keys : [optionKey(keyPrefix, hash), ...symptom.keys];
      const asked = { ...symptom, keys };
      const reader = createArmReader({ http, deadlineMs: 10_000 });
      return diagnose({ symptom: asked, key: keyToLookFor(asked), services: lab.services, reader, hash, localHosts: true });
    },
    async write(change) {
      const real = { ...change, before: reveal(change.before), after: reveal(change.after) };
      const look = await writer.look(real);
      return writer.write({ ...real, etag: look.status === 'read' ? look.value.etag : null });
    },
    exportEstate: () => lab.exportEstate(),
    close: () => lab.stop(),
  };
}
