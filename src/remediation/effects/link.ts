// An API put into a product, or on a gateway, and taken out again.
import { nameOf } from '../../snapshot/resolve-service.ts';
import { callersOf } from './callers.ts';
import { type Effect, effect, unknownEffect } from './effect.ts';
import { displayName, type Looking } from './looking.ts';
import type { Target } from './target.ts';
import { capital, pageWords } from './words.ts';

export async function productLinkEffect(looking: Looking, target: Target): Promise<Effect> {
  if (target.field !== '' || (target.before === null) === (target.after === null)) return unknownEffect();
  const productName = target.names[0] ?? '';
  const armId = `${target.home}/products/${productName}`;
  const isAdded = target.before === null;
  const api = `the API ${apiOf(target)}`;
  const [product, subscriptions, policy] = await Promise.all([
    looking.get(armId),
    subscriptionsOf(looking, target, productName),
    isAdded ? looking.get(`${armId}/policies/policy`) : null,
  ]);
  const label = `the product ${product.status === 'read' ? displayName(product.value) : productName}`;
  const affects: string[] = [];
  const isOpen = product.status === 'read' && product.value.properties.subscriptionRequired === false;
  if (isOpen) {
    affects.push(
      `${capital(label)} needs no key: calls of ${api} without one ${isAdded ? 'are let in from then on' : 'get a 401 from then on, unless another product lets them in'}.`,
    );
  }
  if (product.status === 'unreadable') affects.push(`Whether ${label} needs a key could not be read: ${product.says}`);

  if (subscriptions.status === 'unreadable') affects.push(`Which subscriptions ${label} has could not be read: ${subscriptions.says}`);
  else if (subscriptions.value.total === 0)
    affects.push(`${capital(label)} has no active subscription, so no key is concerned at present.`);
  else {
    const many = pageWords(subscriptions.value, 'active subscription', 'active subscriptions').replace(/ \(/, ` of ${label} (`);
    affects.push(`${many} can ${isAdded ? `call ${api} from then on` : `no longer call ${api}: a call with their keys gets a 401`}.`);
  }
  if (policy?.status === 'read')
    affects.push(`${capital(label)} has a policy of its own (limits, checks), which then runs for these calls.`);
  else if (policy !== null && policy.reason !== 'not-found')
    affects.push(`Whether ${label} has a policy of its own could not be read: ${policy.says}`);
  if (!isAdded) return effect(affects);
  return effect(
    affects,
    isOpen
      ? `Anybody can call ${api} without a key.`
      : `Every active key of ${label} opens ${api}, not only one of them; so do keys that it gives out later.`,
  );
}

function subscriptionsOf(looking: Looking, { home, workspace }: Target, product: string): ReturnType<Looking['list']> {
  const active = "state eq 'active'";
  if (workspace === null) return looking.list(`${home}/products/${product}/subscriptions`, active);
  return looking.list(
    `${home}/subscriptions`,
    `${active} and scope eq '/workspaces/${workspace}/products/${product.replaceAll("'", "''")}'`,
  );
}

export async function gatewayLinkEffect(looking: Looking, target: Target): Promise<Effect> {
  if (target.field !== '' || (target.before === null) === (target.after === null)) return unknownEffect();
  const [gateway = ''] = target.names;
  const api = `the API ${apiOf(target)}`;
  if (target.after === null)
    return effect([`Calls of ${api} through the gateway ${gateway} are not answered any more. Other gateways keep it.`]);
  const callers = await callersOf(looking, target, apiOf(target));
  return effect(
    [`Everybody who reaches the gateway ${gateway} and has a key that covers ${api} can call it there. ${callers}`],
    `${capital(api)} can be called through the gateway ${gateway} too.`,
  );
}

/** The API's name: in a link's id, or in the link itself where it has a name of its own (`apiLinks`). */
function apiOf({ type, names, before, after }: Target): string {
  if (!type.endsWith('apilinks')) return names[1] ?? '';
  const { properties } = (after ?? before ?? {}) as { properties?: { apiId?: unknown } };
  return typeof properties?.apiId === 'string' ? nameOf(properties.apiId) : (names[1] ?? '');
}
