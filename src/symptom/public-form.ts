// A symptom as the JSON of contract.md, `parse --json`. Adds what helps people; shows no fingerprint.
import type { Symptom } from './symptom.ts';

export function publicSymptom(symptom: Symptom): Readonly<Record<string, unknown>> {
  const { layer, code, status, host, apiPath, headerName, method, url, keys, lastError, message, date, others } = symptom;
  return {
    layer,
    code,
    status,
    host,
    apiPath,
    headerName,
    method,
    url,
    keys: keys.map(({ shown, where }) => ({ shown, where })),
    lastError,
    message,
    date,
    ...(others.length === 0 ? {} : { others: others.map(publicSymptom) }),
  };
}
