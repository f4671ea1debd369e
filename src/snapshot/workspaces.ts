// Workspaces have APIs, products and subscriptions of their own, which the service's lists do not show (field guide, b.12).
// They are asked only when the service itself has not what is looked for.
import { type Collecting, read } from './collecting.ts';
import { findApi } from './find-api.ts';
import type { KeySearchResult } from './find-key.ts';
import { text, toApi, toProduct, withoutRevision } from './from-arm.ts';
import type { ArmResource } from './ports.ts';
import { nameOf } from './resolve-service.ts';
import { readScope } from './scope.ts';
import type { ApiFact, KeyMatch, ProductFact, Reading, SubscriptionFact } from './snapshot.ts';

/** More workspaces than this are not searched for one key. */
const mostWorkspaces = 20;

/** `/subscriptions/…/service/S/workspaces/W` of anything inside a workspace, else null. */
export function workspaceIdOf(armId: string): string | null {
  return /^(.*\/service\/[^/]+\/workspaces\/[^/]+)(?:\/|$)/i.exec(armId)?.[1] ?? null;
}

export function listWorkspaces({ question: { reader }, once }: Collecting, id: string): Promise<Reading<readonly ArmResource[]>> {
  return once(`workspaces of ${id}`, async () => {
    const listed = await reader.list(`${id}/workspaces`);
    if (listed.status === 'read') return read(listed.value.items);
    // Tiers without workspaces refuse the question; that there are none is the answer.
    return listed.reason === 'not-found' || listed.reason === 'unavailable' ? read([]) : listed;
  });
}

/** The key in the workspaces; empty when there are none, or when they may not be listed (the fact `workspaces` says so). */
export async function findKeyInWorkspaces(collecting: Collecting, id: string): Promise<KeySearchResult> {
  const listed = await listWorkspaces(collecting, id);
  const workspaces = listed.status === 'read' ? listed.value.slice(0, mostWorkspaces) : [];
  const answers = await Promise.all(workspaces.map(async (one) => ({ one, found: await collecting.locateKeyIn(one.id) })));
  const matches: KeyMatch[] = [];
  const seen: SubscriptionFact[] = [];
  let [scanned, of, complete] = [0, 0, listed.status !== 'read' || listed.value.length <= mostWorkspaces];
  let near: KeySearchResult['near'] = null;
  for (const { one, found } of answers) {
    if (found.status === 'unreadable') {
      complete = false;
      continue;
    }
    const inside = (subscription: SubscriptionFact): SubscriptionFact => placed(subscription, id, one.name);
    matches.push(...found.value.matches.map((match) => ({ ...match, subscription: inside(match.subscription) })));
    seen.push(...found.value.seen.map(inside));
    scanned += found.value.scanned;
    of += found.value.of;
    complete &&= found.value.complete;
    near ??= found.value.near === null ? null : { ...found.value.near, subscription: inside(found.value.near.subscription) };
  }
  const whole = matches.filter((match) => match.whole);
  return { matches: whole.length > 0 ? whole : matches, seen, scanned, of, complete, near };
}

/** A scope in a workspace names it, or is meant inside it. */
function placed(subscription: SubscriptionFact, serviceId: string, workspace: string): SubscriptionFact {
  const target = readScope(subscription.scope, serviceId);
  const inside = 'workspace' in target && target.workspace === null ? { ...target, workspace } : target;
  return { ...subscription, target: inside, builtIn: false };
}

export async function findApiInWorkspaces(collecting: Collecting, id: string): Promise<ApiFact | null> {
  const { reader, symptom } = collecting.question;
  const listed = await listWorkspaces(collecting, id);
  const workspaces = listed.status === 'read' ? listed.value.slice(0, mostWorkspaces) : [];
  const answers = await Promise.all(workspaces.map((one) => reader.list(`${one.id}/apis`)));
  const apis = answers.flatMap((answer) => (answer.status === 'read' ? answer.value.items.map(toApi) : []));
  const found = findApi(apis, symptom);
  return 'api' in found ? found.api : null;
}

/** The products of a workspace that hold the API; ARM has no list from the API's side there. */
export async function productsInWorkspace(
  { question: { reader } }: Collecting,
  workspaceId: string,
  api: ApiFact,
): Promise<Reading<readonly ProductFact[]>> {
  const products = await reader.list(`${workspaceId}/products`);
  if (products.status === 'unreadable') return products;
  const links = await Promise.all(products.value.items.map((product) => reader.list(`${product.id}/apiLinks`)));
  const refused = links.find((one) => one.status === 'unreadable');
  if (refused?.status === 'unreadable') return refused;
  const holds = (link: ArmResource): boolean =>
    withoutRevision(nameOf(text(link.properties.apiId) ?? '')).toLowerCase() === api.name.toLowerCase();
  return read(
    products.value.items
      .filter((_, index) => {
        const one = links[index];
        return one?.status === 'read' && one.value.items.some(holds);
      })
      .map(toProduct),
  );
}
