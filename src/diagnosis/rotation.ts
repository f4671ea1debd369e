// Somebody pasted a whole key: everybody who can read the message has it. Replacing it at once would lock out whoever uses it, so the other
// key goes first: it is made new, given to every caller, and only then is the pasted one replaced (field guide, section d, on the two keys).
import { labelOf, onlyMatch, workspaceOf } from '../causes/key-check.ts';
import type { KeyFact, KeyMatch, Reading } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';
import type { Rotation } from './diagnosis.ts';
import { keyToLookFor } from './key-to-look-for.ts';
import { type ChangePlan, type Offered, offerFrom } from './offers.ts';

export const rotateOther = 'rotate-other-key';
export const rotatePasted = 'rotate-pasted-key';

/** Both steps; null when no whole key was pasted, or when it is not exactly one key of one subscription. */
export function planRotation(
  symptom: Symptom,
  key: Reading<KeyFact> | undefined,
): { readonly rotation: Rotation; readonly offered: readonly Offered[] } | null {
  const match = pastedInFull(symptom, key);
  if (match === null) return null;
  const other = match.slot === 'primary' ? 'secondary' : 'primary';
  const name = labelOf(match.subscription);
  const first = step(
    match,
    rotateOther,
    'Replace the other key first',
    other,
    `The ${other} key of ${name} is made new: callers who hold it get a 401 from then on. The new one is not shown here: fetch it in the portal under Subscriptions, "${name}", "Show/hide keys", and give it to everybody who calls with the pasted one. It cannot be undone: Azure does not keep a key that was replaced.`,
  );
  const second = step(
    match,
    rotatePasted,
    'Replace the pasted key',
    match.slot,
    `Whoever still sends the pasted key, the ${match.slot} key of ${name}, gets a 401 from then on: that is the point. Press it only after all callers have the other key. It cannot be undone: Azure does not keep a key that was replaced.`,
  );
  return { rotation: { first: first.offer, second: second.offer }, offered: [first, second] };
}

function pastedInFull(symptom: Symptom, key: Reading<KeyFact> | undefined): KeyMatch | null {
  if (key?.status !== 'read') return null;
  const pasted = keyToLookFor(symptom);
  // What was given beside the paste stands in nobody's chat; of a beginning nobody can say that it is all.
  if (pasted === null || pasted.line === 0 || pasted.partial || pasted.form === 'literal') return null;
  const match = onlyMatch(key.value);
  return match?.whole === true ? match : null;
}

function step({ subscription }: KeyMatch, cause: string, label: string, slot: 'primary' | 'secondary', consequence: string): Offered {
  const action = slot === 'primary' ? 'regeneratePrimaryKey' : 'regenerateSecondaryKey';
  const inside = workspaceOf(subscription.armId) === null ? '' : 'workspaces/';
  const plan: ChangePlan = {
    kind: 'change',
    changes: [{ on: subscription.armId, field: `!${action}`, before: null, after: null }],
    consequence,
    undo: null,
  };
  const permission = `Microsoft.ApiManagement/service/${inside}subscriptions/${action}/action`;
  return { offer: offerFrom({ cause, label, permission, secondPerson: false }, plan), plan };
}
