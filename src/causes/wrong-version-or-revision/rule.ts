// Versions are APIs of their own: one that does not exist is a 404, one that is outside the key's product a 401 (field guide G08, b.1 and b.11).

import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, type Evidence, factOrNull, ruledOut, suspected, unknown } from '../contract.ts';
import { complaint, maybeInvalid, onlyMatch } from '../key-check.ts';
import { lineOf } from '../on-the-way.ts';
import { fix } from './fix.ts';
import { judgeVersion } from './version.ts';

export const rule = defineRule({
  id: 'wrong-version-or-revision',
  code: 'G08',
  stage: 'configuration',
  title: 'Another version or revision was called than the one that exists or that the key covers',
  best: 'confirmed',
  needs: ['apiFamily'],
  wants: ['api', 'versionSets', 'revisions', 'key', 'openedByKey'],
  applies: (symptom) => notFound(symptom) || maybeInvalid(symptom),

  check({ symptom, apiFamily, api, versionSets, revisions, key, openedByKey }) {
    const asked = factOrNull(revisions);
    if (asked?.asked != null && !asked.known.includes(asked.asked)) {
      return confirmed(
        `The path asks for revision ${asked.asked}, and the API has ${asked.known.join(', ') || 'none but the current one'}. Call the path without ";rev=${asked.asked}", or with a revision that exists.`,
        { at: asked.at, observed: asked.known.join(', ') || 'no revisions', expected: asked.asked },
        lineOf(symptom, `;rev=${asked.asked}`, 'a revision that exists'),
      );
    }
    if (notFound(symptom)) {
      const sets = factOrNull(versionSets);
      if (sets === null) return unknown(versionSets.status === 'unreadable' ? versionSets.says : 'The version sets could not be read.');
      const judged = judgeVersion(symptom, apiFamily, sets);
      if (judged.kind === 'fine') return ruledOut(judged.says, judged.evidence);
      return judged.kind === 'wrong'
        ? confirmed(judged.says, judged.evidence, lineOf(symptom, judged.called, judged.expected))
        : suspected(judged.says, judged.evidence);
    }

    const called = factOrNull(api);
    if (called === null) return unknown(api.status === 'unreadable' ? api.says : 'The API is not known.');
    const versions: Evidence = {
      at: `${called.armId}#/properties/apiVersionSetId`,
      observed:
        called.versionSet === null
          ? 'no versions'
          : `${called.version ?? 'the one without a name'} of the version set ${called.versionSet}`,
      expected: 'the version that the key covers',
    };
    if (called.versionSet === null) return ruledOut(`${called.displayName} has no versions.`, versions);
    const found = factOrNull(key);
    const match = found === null ? null : onlyMatch(found);
    const sibling = (factOrNull(openedByKey) ?? []).find((one) => one.versionSet === called.versionSet);
    if (match === null || sibling === undefined)
      return ruledOut(
        'No key is known that covers another version of this API and not this one.',
        versions,
        complaint(symptom, 'a key of another version'),
      );
    return confirmed(
      `The key covers ${sibling.displayName} ${versionName(sibling.version)}, and ${versionName(called.version)} was called, which is an API of its own. Call ${versionName(sibling.version)}, or add ${versionName(called.version)} to the product of the key.`,
      versions,
      {
        at: `${match.subscription.armId}#/properties/scope`,
        observed: match.subscription.scope,
        expected: `a scope that covers ${called.name}`,
      },
      { at: sibling.armId, observed: `${versionName(sibling.version)}, which the key covers`, expected: versionName(called.version) },
    );
  },
});

function notFound({ layer, code }: Symptom): boolean {
  return layer === 'not-a-401' && code === 'not-found';
}

function versionName(version: string | null): string {
  return version === null || version === '' ? 'the version without a name' : `version ${version}`;
}

export const cause: Cause = { rule, fix };
