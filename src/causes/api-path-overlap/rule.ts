// Two APIs whose paths begin alike: the gateway takes the longest, and what was meant for the other gets its 404 or its 401
// (field guide G09, b.1). The realm of a 401 names the API that was taken.
import { segmentsOf } from '../../snapshot/find-api.ts';
import type { ApiFact } from '../../snapshot/snapshot.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, unknown } from '../contract.ts';
import { complaint, fromKeyCheck, sentKeys } from '../key-check.ts';
import { reachedKey } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

export const rule = defineRule({
  id: 'api-path-overlap',
  code: 'G09',
  stage: 'configuration',
  title: 'Another API with a path that begins alike took the call',
  best: 'confirmed',
  needs: ['api', 'apiFamily'],
  wants: ['rivals', 'openedByKey'],
  applies: (symptom) => fromKeyCheck(symptom) || isNotFound(symptom),

  check({ symptom, api, apiFamily, rivals, openedByKey }) {
    const others = overlapping(symptom, api, apiFamily);
    const own = pathOf(api, 'the path of the API that was meant');
    const [first, ...rest] = others;
    if (first === undefined)
      return ruledOut(`No other API has a path that ${symptom.urlPath ?? symptom.apiPath ?? 'the called one'} begins with.`, own);
    const all: readonly Evidence[] = [pathOf(first, 'no overlap'), ...rest.map((one) => pathOf(one, 'no overlap'))];

    if (isNotFound(symptom)) {
      if (rivals.status === 'unreadable') return unknown(rivals.says, own);
      const meant = rivals.value.find(({ operation }) => operation !== null);
      if (meant?.operation == null) return ruledOut('No API with an overlapping path has an operation for this call either.', own, ...all);
      return took(
        api,
        meant.api,
        `${meant.api.displayName} has the operation ${meant.operation.displayName} for this call, and ${api.displayName}, whose path is longer, has none`,
        own,
        {
          at: meant.operation.armId,
          observed: `${meant.operation.method} ${meant.operation.urlTemplate}`,
          expected: `the same operation in ${api.displayName}`,
        },
      );
    }

    const opened = (factOrNull(openedByKey) ?? []).find((one) => others.some(({ armId }) => armId === one.armId));
    if (opened !== undefined)
      return took(
        api,
        opened,
        `the key covers ${opened.displayName} and not ${api.displayName}`,
        own,
        pathOf(opened, 'the API that was called'),
      );
    const longer = others.find((one) => depth(one) > depth(api) && symptom.seen.challenge !== null && one.version === null);
    if (longer !== undefined) {
      return took(
        api,
        longer,
        `the realm of the answer names /${api.path}, though ${longer.displayName} has the longer path /${longer.path}`,
        own,
        complaint(symptom, `a realm that ends in /${longer.path}`),
      );
    }
    const lax = symptom.code === 'key-missing' ? others.find((one) => !one.subscriptionRequired || readsKey(symptom, one, api)) : undefined;
    if (lax !== undefined) {
      const why = lax.subscriptionRequired
        ? `the key that was sent stands where ${lax.displayName} reads it`
        : `${lax.displayName} asks for no key, and ${api.displayName} does`;
      return took(api, lax, why, own, pathOf(lax, 'the API that was called'));
    }
    return ruledOut(
      `${others.map(({ displayName }) => displayName).join(', ')} begin${rest.length === 0 ? 's' : ''} alike, but nothing shows that the call was meant for another API than ${api.displayName}.`,
      own,
      ...all,
    );
  },
});

function took(api: ApiFact, meant: ApiFact, why: string, ...evidence: readonly [Evidence, ...Evidence[]]): ReturnType<typeof confirmed> {
  return confirmed(
    `The gateway gave this call to ${api.displayName} (/${api.path}), and it was probably meant for ${meant.displayName} (/${meant.path}): ${why}. The longest path wins. Give one of the two APIs a path that is no beginning of the other, or call an operation of the API whose path it is.`,
    ...evidence,
  );
}

/** Current APIs of another path that the called one begins with, longest first. */
function overlapping(symptom: Symptom, api: ApiFact, family: readonly ApiFact[]): readonly ApiFact[] {
  const url = segmentsOf(symptom.urlPath) ?? [];
  const own = (segmentsOf(api.path) ?? []).join('/');
  return family
    .filter((one) => one.isCurrent && (segmentsOf(one.path) ?? []).join('/') !== own)
    .filter((one) => (segmentsOf(one.path) ?? []).every((part, index) => url[index] === part))
    .toSorted((a, b) => depth(b) - depth(a));
}

function readsKey(symptom: Symptom, other: ApiFact, called: ApiFact): boolean {
  return sentKeys(symptom).length > 0 && reachedKey(symptom, other.keyNames) !== null && reachedKey(symptom, called.keyNames) === null;
}

function isNotFound({ layer, code }: Symptom): boolean {
  return layer === 'not-a-401' && code === 'not-found';
}

function depth({ path }: ApiFact): number {
  return segmentsOf(path)?.length ?? 0;
}

function pathOf(api: ApiFact, expected: string): Evidence {
  return { at: `${api.armId}#/properties/path`, observed: `/${api.path} (${api.displayName})`, expected };
}

export const cause: Cause = { rule, fix: null, remedy };
