// Routing comes before the key check: what matches no API, or no operation of it, is a 404 whatever key was sent (field guide, a.2 and b.1).
import { operationPath, segmentsOf, templateMatches } from '../../snapshot/find-api.ts';
import type { ApiFact, OperationFact } from '../../snapshot/snapshot.ts';
import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signOf } from '../signs.ts';

export const rule = defineRule({
  id: 'operation-not-found',
  code: 'N01',
  stage: 'configuration',
  title: 'The gateway knows no such operation',
  best: 'confirmed',
  needs: [],
  wants: ['api', 'apiFamily', 'operations'],
  applies: isRouting404,

  check({ symptom, serviceId, api, apiFamily, operations }) {
    const words = complaint(symptom, 'an API and an operation for this method and path');
    const path = symptom.urlPath ?? symptom.apiPath;
    const call = `${symptom.method ?? 'The call'} ${path ?? ''}`.trim();
    const [called, family] = [factOrNull(api), factOrNull(apiFamily)];
    if (called === null && api.status === 'unreadable' && api.reason === 'unresolved' && family !== null) {
      const near = nearest(path ?? '', family);
      const hint = near.length === 0 ? 'This service has no API near that path.' : `The nearest paths are ${near.join(', ')}.`;
      return confirmed(
        `No API of the service has the path ${path}. ${hint} Correct the path, or add the API.`,
        {
          at: `${serviceId ?? ''}/apis`,
          observed: near.length === 0 ? 'no API with a path like it' : `paths: ${near.join(', ')}`,
          expected: `an API whose path begins ${path}`,
        },
        words,
      );
    }
    const known = factOrNull(operations)?.candidates ?? null;
    const rest = called === null ? null : operationPath(called, symptom);
    if (called === null || known === null || rest === null) {
      return suspected(
        'The gateway found no operation for the method and path of the call; keys play no part in that. Compare method and path with the operations of the API; the called URL would settle it.',
        words,
      );
    }
    const samePath = known.filter(({ urlTemplate }) => templateMatches(urlTemplate, rest));
    const fits = samePath.find(({ method }) => symptom.method === null || method === symptom.method.toUpperCase() || method === '*');
    if (fits !== undefined) {
      return ruledOut(`${call} is the operation ${fits.displayName} of ${called.displayName} at present.`, {
        at: fits.armId,
        observed: shape(fits),
        expected: call,
      });
    }
    const have = (samePath.length > 0 ? samePath : known).slice(0, 8).map(shape).join(', ');
    const fault = samePath.length > 0 ? `knows the path, but not with ${symptom.method}` : 'has no operation for it';
    return confirmed(
      `${call} reached ${called.displayName} (/${called.path}), which ${fault}. It has: ${have || 'no operations'}. Correct the call, or add the operation.`,
      {
        at: `${called.armId}/operations`,
        observed: have || 'no operations',
        expected: `${symptom.method ?? 'any method'} /${rest.join('/')}`,
      },
      words,
    );
  },
});

function isRouting404(symptom: Symptom): boolean {
  if (symptom.layer !== 'not-a-401') return false;
  if (signOf(symptom, 'not-routed') !== null) return true;
  const own = symptom.host === null || ['apim', 'unknown'].includes(hostKind(symptom.host));
  return (
    symptom.status === 404 &&
    own &&
    (symptom.message === null ? symptom.host !== null : /^Resource not found\.?$/i.test(symptom.message) && !isAiShape(symptom))
  );
}

// Azure AI says the same words under `error.code` (field guide, a.3).
function isAiShape({ seen }: Symptom): boolean {
  return /["']code["']\s{0,4}:\s{0,4}["']404["']/.test(seen.message?.text ?? '');
}

function shape({ method, urlTemplate }: OperationFact): string {
  return `${method} ${urlTemplate}`;
}

/** Base paths that share a segment with the called one, or nearly do; the likeliest first. */
function nearest(path: string, apis: readonly ApiFact[]): readonly string[] {
  const wanted = segmentsOf(path) ?? [];
  const scored = [...new Set(apis.map((api) => api.path))].map((base) => ({ base, score: likeness(segmentsOf(base) ?? [], wanted) }));
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ base }) => `/${base}`);
}

function likeness(base: readonly string[], wanted: readonly string[]): number {
  return base.reduce((sum, part) => sum + Math.max(0, ...wanted.map((other) => (part === other ? 3 : isNear(part, other) ? 2 : 0))), 0);
}

/** One letter too many, too few or wrong, two swapped, or one the beginning of the other. */
function isNear(a: string, b: string): boolean {
  const short = Math.min(a.length, b.length);
  if (short < 3) return false;
  if (a.startsWith(b) || b.startsWith(a)) return true;
  let start = 0;
  while (start < short && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < short - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 2;
}

export const cause: Cause = { rule, fix: null };
