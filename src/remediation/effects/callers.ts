// Who can call an API: the active subscriptions whose scope covers it.
import { text, withoutRevision } from '../../snapshot/from-arm.ts';
import { readScope } from '../../snapshot/scope.ts';
import { displayName, type Looking } from './looking.ts';
import type { Target } from './target.ts';
import { counted, someNames } from './words.ts';

/** One sentence, such as `3 active subscriptions can call it (Mobile app, Partner and All APIs).` */
export async function callersOf(looking: Looking, target: Target, api: string): Promise<string> {
  const name = withoutRevision(api).toLowerCase();
  // ARM has no list of an API's products in a workspace.
  const ofProducts = target.workspace === null ? looking.list(`${target.home}/apis/${withoutRevision(api)}/products`) : null;
  const [subscriptions, products] = await Promise.all([looking.list(`${target.home}/subscriptions`, "state eq 'active'"), ofProducts]);
  if (subscriptions.status === 'unreadable') return `How many subscriptions can call it could not be read: ${subscriptions.says}`;

  const holding = products?.status === 'read' ? products.value.items.map((one) => one.name.toLowerCase()) : null;
  const covering = subscriptions.value.items.filter((one) => {
    const scope = readScope(text(one.properties.scope) ?? '', target.service);
    if (scope.kind === 'service' || scope.kind === 'all-apis') return true;
    if (scope.kind === 'api') return scope.name.toLowerCase() === name;
    return scope.kind === 'product' && holding?.includes(scope.name.toLowerCase()) === true;
  });
  const { items, total, orMore } = subscriptions.value;
  const all = total === items.length && !orMore && holding !== null;
  const names = covering.length === 0 ? '' : ` (${someNames(covering.map(displayName))})`;
  const sentence = `${all ? '' : 'at least '}${covering.length === 0 && all ? 'No active subscription' : counted(covering.length, 'active subscription', 'active subscriptions')} can call it${names}.`;
  const unseen = total > items.length || orMore ? ` Only the first ${items.length} of ${orMore ? 'more' : total} were looked at.` : '';
  const unheld = holding === null ? ' Those that can through a product are not counted: its products could not be listed.' : '';
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${unseen}${unheld}`;
}
