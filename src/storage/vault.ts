// The key file that is kept apart from the database: seals what an undo must put back, and makes fingerprints of pasted keys.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyHasher } from '../symptom/symptom.ts';

export interface Vault {
  readonly hash: KeyHasher;
  /** One link of the audit's chain: a keyed hash of the link before and this line. Nobody without the key file can make one. */
  link(before: string, line: string): string;
  seal(text: string): Buffer;
  /** null when it cannot be opened: another key, or damaged. */
  open(sealed: Uint8Array): string | null;
}

/** Reads the key file of a state directory, and makes it on first use (32 random bytes, readable by the owner only). */
export function openVault(stateDir: string): Vault {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  return vaultOf(readOrMake(join(stateDir, 'locksmith.key')));
}

/** A vault whose key lives and dies with the process. */
export function passingVault(): Vault {
  return vaultOf(randomBytes(32));
}

function readOrMake(path: string): Buffer {
  try {
    const file = openSync(path, 'wx', 0o600);
    const made = randomBytes(32);
    writeSync(file, made);
    closeSync(file);
    return made;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    return readFileSync(path);
  }
}

function vaultOf(secret: Buffer): Vault {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `locksmith ${use}`, 32));
  const [sealing, hashing, chaining] = [derive('seal'), derive('fingerprint'), derive('audit')];
  return {
    hash: (text) => createHmac('sha256', hashing).update(text).digest('hex').slice(0, 32),

    link: (before, line) => createHmac('sha256', chaining).update(`${before}\n${line}`).digest('hex'),

    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },

    open(sealed) {
      try {
        const bytes = Buffer.from(sealed);
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
