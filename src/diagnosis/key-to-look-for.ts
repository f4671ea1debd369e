// Which of the keys that a paste gives is looked for: the option's, then the request's, then one named in prose (contract.md, `--key-prefix`).
import type { PastedKey, Symptom } from '../symptom/symptom.ts';

export function keyToLookFor(symptom: Symptom): PastedKey | null {
  const ranked = [...symptom.keys].sort((a, b) => rank(a, symptom) - rank(b, symptom));
  return ranked[0] ?? null;
}

function rank(key: PastedKey, symptom: Symptom): number {
  if (key.line === 0) return 0;
  const named = key.name?.toLowerCase() ?? '';
  // The gateway reads the header before the query (field guide, b.5), under the name that the challenge gives.
  if (key.where === 'header') return named === symptom.headerName?.toLowerCase() ? 1 : /subscription-?key/.test(named) ? 2 : 3;
  if (key.where === 'query') return 4;
  return key.where === 'bearer' ? 5 : 6;
}
