// Whose key a consented call is made with. The value lives in these functions and in the request, and nowhere else.
import { keyToLookFor } from '../diagnosis/key-to-look-for.ts';
import type { Collection } from '../snapshot/collect.ts';
import type { ArmReader, SubscriptionSecrets } from '../snapshot/ports.ts';
import type { KeyHasher } from '../symptom/symptom.ts';
import type { PlanRecord } from './plan-record.ts';

/** What an ARM id has below the service; '' when it is of another one. */
export function tailOf(armId: string, service: string): string {
  return armId.toLowerCase().startsWith(`${service.toLowerCase()}/`) ? armId.slice(service.length) : '';
}

/** The subscription that the fix is about, and which of its keys, where the change says so. */
export function subscriptionOf(
  shown: PlanRecord['shown'],
  service: string,
): { readonly armId: string; readonly slot: keyof SubscriptionSecrets | null } | null {
  const change = shown.find(
    ({ on, field, after }) =>
      /^(\/workspaces\/[^/]+)?\/subscriptions\/[^/]+$/i.test(tailOf(on, service)) && !(field === '' && after === null),
  );
  if (change === undefined) return null;
  const slot = /^!regenerate(primary|secondary)Key$/i.exec(change.field)?.[1]?.toLowerCase();
  return { armId: change.on, slot: slot === undefined ? null : slot === 'primary' ? 'primaryKey' : 'secondaryKey' };
}

/** The key of the subscription that was mended, else the pasted one, found again by its fingerprint. Never leaves `call`. */
export async function keyFor(
  plan: PlanRecord,
  reader: ArmReader,
  collection: Collection,
  hash: KeyHasher,
): Promise<string | { readonly says: string }> {
  const pasted = keyToLookFor(plan.symptom);
  const isPasted = (value: string | null): boolean =>
    value !== null && pasted !== null && !pasted.partial && value.length === pasted.length && hash(value) === pasted.fingerprint;
  const mended = subscriptionOf(plan.shown, plan.service);
  if (mended !== null) {
    const secrets = await reader.listSecrets(mended.armId);
    if (secrets.status === 'unreadable') return secrets;
    const slot = mended.slot ?? (isPasted(secrets.value.secondaryKey) ? 'secondaryKey' : 'primaryKey');
    return secrets.value[slot] ?? { says: 'Azure gives no key of this subscription.' };
  }
  const found = await collection.fact('key');
  if (found.status === 'unreadable') return found;
  const [match, ...others] = found.value.matches.filter(({ whole }) => whole);
  if (match === undefined || others.length > 0) return { says: 'The pasted key is not, or not only, the key of one subscription.' };
  const secrets = await reader.listSecrets(match.subscription.armId);
  if (secrets.status === 'unreadable') return secrets;
  const value = secrets.value[`${match.slot}Key`];
  return isPasted(value) && value !== null ? value : { says: 'The key was changed since it was found.' };
}
