// The key file that is kept apart from the database: seals what an undo must put back, and makes fingerprints of pasted keys.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, constants, copyFileSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyHasher } from '../symptom/symptom.ts';
import { StateError, stateFiles } from './state-files.ts';

export interface Vault {
  readonly hash: KeyHasher;
  /** One link of the audit's chain: a keyed hash of the link before and this line. Nobody without the key file can make one. */
  link(before: string, line: string): string;
  seal(text: string): Buffer;
  /** null when it cannot be opened: another key, or damaged. */
  open(sealed: Uint8Array): string | null;
}

const keyBytes = 32;

/** Reads the key file of a state directory, and makes it on first use (32 random bytes, readable by the owner only).
 * Throws a StateError when the file holds something else. */
export function openVault(stateDir: string): Vault {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  return vaultOf(readOrMake(join(stateDir, stateFiles.key)));
}

/** A vault whose key lives and dies with the process. */
export function passingVault(): Vault {
  return vaultOf(randomBytes(keyBytes));
}

function readOrMake(path: string): Buffer {
  const found = readIfThere(path) ?? make(path);
  if (found.length === keyBytes) return found;
  throw new StateError(
    `The key file ${path} holds ${found.length} bytes instead of ${keyBytes}, so it is damaged. Put the right one back from a backup. Without it, move it and the database away and start anew: what was sealed for an undo, and the proof of the audit, are lost then.`,
  );
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return null;
  }
}

// Written under another name first: under its own name the file is whole from the first moment, whoever reads it then.
function make(path: string): Buffer {
  const passing = `${path}.${randomBytes(6).toString('hex')}`;
  writeNew(passing, randomBytes(keyBytes));
  try {
    giveName(passing, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(passing, { force: true });
  }
  return readFileSync(path);
}

// A share without hard links (SMB) gets a copy: there another process may see half of it for a moment, and then refuses it.
function giveName(passing: string, path: string): void {
  try {
    linkSync(passing, path);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
    copyFileSync(passing, path, constants.COPYFILE_EXCL);
  }
}

function writeNew(path: string, bytes: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
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
