// Which header of the pasted request an SDK chose for the key.
import type { PastedKey, Symptom } from '../../symptom/symptom.ts';
import { sameName } from '../key-check.ts';

/** Headers that SDKs and tools send a key in by themselves. */
export const sdkHeaders = ['api-key', 'x-api-key', 'apikey', 'x-functions-key', 'Authorization'] as const;

export interface SdkHeader {
  readonly header: string;
  /** The key in it; null when only the header's name is known. */
  readonly key: PastedKey | null;
}

/** A key under one of those headers that is not the one that the API reads. A token as Authorization is no key. */
export function sentBySdk(symptom: Symptom, reads: string): SdkHeader | null {
  const others = sdkHeaders.filter((header) => !sameName(header, reads));
  for (const key of symptom.keys) {
    if (key.line === 0 || key.form === 'jwt') continue;
    if (key.where === 'bearer' && others.includes('Authorization')) return { header: 'Authorization', key };
    const header = others.find((one) => key.where === 'header' && sameName(one, key.name ?? ''));
    if (header !== undefined) return { header, key };
  }
  const named = others.find((header) => header !== 'Authorization' && symptom.requestHeaders.includes(header.toLowerCase()));
  return named === undefined ? null : { header: named, key: null };
}
