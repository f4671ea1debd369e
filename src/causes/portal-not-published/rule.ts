// The developer portal is a website of its own, generated when somebody publishes it; before the first time there is none (seed 003).
// Each publishing is a revision that Azure lists with its status.
import type { Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

const publish = 'Publish it: Azure portal, the service, Developer portal, Portal overview, "Publish"; it takes some minutes.';

export const rule = defineRule({
  id: 'portal-not-published',
  code: 'N07',
  stage: 'configuration',
  title: 'The developer portal has not been published',
  best: 'confirmed',
  needs: [],
  wants: ['portal'],
  applies: (symptom) => signOf(symptom, 'portal-unpublished', 'portal-blank') !== null || isPortalPage(symptom),

  check({ symptom, portal }) {
    const sign = signOf(symptom, 'portal-unpublished', 'portal-blank');
    const expected = 'a published portal';
    const words = sign === null ? complaint(symptom, expected) : signEvidence(sign, expected);
    if (portal.status === 'unreadable')
      return suspected(`The developer portal may never have been published. ${publish} ${portal.says}`, words);
    const { revisions, at } = portal.value;
    const done =
      revisions.find(({ status, isCurrent }) => isCurrent && status === 'completed') ??
      revisions.find(({ status }) => status === 'completed');
    if (done !== undefined) {
      return ruledOut(
        'The developer portal is published. If its page stays blank, look at it in a private window, and check its own host name and certificate when it has a custom domain.',
        { at: `${done.armId}#/properties/status`, observed: 'completed', expected: 'completed' },
      );
    }
    const [last] = revisions;
    if (last === undefined)
      return confirmed(
        `The developer portal has never been published, so there is no page to show. ${publish}`,
        { at, observed: 'no revision', expected: 'a completed revision' },
        words,
      );
    return confirmed(
      last.status === 'failed'
        ? `Publishing the developer portal failed, and no earlier revision is there. Publish it again; when it fails again, open a support request. ${publish}`
        : 'The developer portal is being published for the first time. Wait some minutes and load the page again.',
      { at: `${last.armId}#/properties/status`, observed: last.status || 'no status', expected: 'completed' },
      words,
    );
  },
});

function isPortalPage({ layer, host, status }: Symptom): boolean {
  return layer === 'not-a-401' && status !== null && host !== null && /\.developer\.azure-api\.(?:net|us|cn)$/.test(host);
}

export const cause: Cause = { rule, fix: null, remedy };
