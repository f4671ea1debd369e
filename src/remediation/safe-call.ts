// The call through the gateway that somebody agreed to: a safe operation of the API that was called, on the service's own host, with a key
// that is taken from Azure for this one request. Nothing of the paste is sent: its path finds the API and its key finds the subscription.
import { runningNamed } from '../causes/policy-check.ts';
import { keyToLookFor } from '../diagnosis/key-to-look-for.ts';
import { type Collection, openCollection } from '../snapshot/collect.ts';
import { text } from '../snapshot/from-arm.ts';
import type { ArmReader, ArmResource } from '../snapshot/ports.ts';
import type { ApiFact } from '../snapshot/snapshot.ts';
import type { KeyHasher } from '../symptom/symptom.ts';
import { checkedBase, gatewayAddress } from './call-address.ts';
import { keyFor, subscriptionOf, tailOf } from './call-key.ts';
import type { PlanRecord } from './plan-record.ts';
import type { CallThrough, SafeCall, SendCall } from './ports.ts';
import { safeOperation } from './safe-operation.ts';

export interface CallThroughOptions {
  /** A reader with a deadline of its own, for one question. */
  readonly reader: () => ArmReader;
  readonly hash: KeyHasher;
  /** `http://localhost:8480`, the lab's gateway; null: the service's own host. */
  readonly gatewayBase: string | null;
  readonly send: SendCall;
}

interface No {
  readonly says: string;
}

/** All that is known before a key is taken. */
interface Target extends SafeCall {
  /** What goes with it beside the key: the API's version, the lab's Host. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly keyHeader: string;
  readonly reader: ArmReader;
  readonly collection: Collection;
}

const notAgreedTo = 'The configuration names another address by now than the one that was agreed to. Look again to see it as it is.';

/** @throws Error when `gatewayBase` is not an address of this machine. */
export function createCallThrough(options: CallThroughOptions): CallThrough {
  const base = checkedBase(options.gatewayBase);
  return {
    async find(plan) {
      const target = await targetOf(plan, options, base);
      return 'says' in target ? target : { method: target.method, url: target.url };
    },
    async call(plan) {
      const target = await targetOf(plan, options, base);
      if ('says' in target) return target;
      // What was agreed to is the address on the card; the configuration may name another one since.
      if (plan.callable !== `${target.method} ${target.url}`) return { says: notAgreedTo };
      const key = await keyFor(plan, target.reader, target.collection, options.hash);
      if (typeof key !== 'string') return key;
      const { method, url, query, headers, keyHeader } = target;
      const status = await options.send({ method, url: url + query, headers: { ...headers, [keyHeader]: key } });
      return { method, url, status };
    },
  };
}

async function targetOf(plan: PlanRecord, options: CallThroughOptions, base: string | null): Promise<Target | No> {
  const no = notToBeCalled(plan);
  if (no !== null) return no;
  const reader = options.reader();
  // The service is known by now; the called host could lead elsewhere.
  const symptom = { ...plan.symptom, host: null, realmHost: null };
  const question = { symptom, key: keyToLookFor(symptom), services: [plan.service], reader, hash: options.hash, localHosts: false };
  const collection = openCollection(question);

  const service = await reader.get(plan.service);
  if (service.status === 'unreadable') return service;
  const address = gatewayAddress(service.value, plan.symptom.host, base);
  if (address === null) return { says: 'Azure names no public https address of the gateway that could be called.' };
  const api = await collection.fact('api');
  if (api.status === 'unreadable') return api;
  const callable = await whetherCallable(reader, collection, api.value, base);
  if (callable !== null) return callable;
  const operation = await safeOperation(reader, api.value, symptom);
  if (operation.status === 'unreadable') return operation;
  if (operation.value === null) return { says: `The API ${api.value.displayName} has no GET or HEAD operation without parameters.` };
  const version = await versionOf(collection, api.value);
  if ('says' in version) return version;
  const url = urlOf(address.base, [api.value.path, version.segment, operation.value.path]);
  if (url === null) return { says: 'The path of the operation is none that can be called as it stands.' };
  const host: Record<string, string> = address.host === null ? {} : { host: address.host };
  const headers = { ...version.headers, ...host };
  return { method: operation.value.method, url, query: version.query, headers, keyHeader: api.value.keyNames.header, reader, collection };
}

/** What can be told without reading anything. */
function notToBeCalled({ shown, symptom, service }: PlanRecord): No | null {
  if (shown.some(({ on }) => /\/gateways\/[^/]+\//i.test(tailOf(on, service))))
    return { says: 'A self-hosted gateway answers where its owner runs it; Azure does not know its address.' };
  if (symptom.layer === 'gateway-jwt') return { says: 'The API asks for a token, and Locksmith has none to send.' };
  const key = keyToLookFor(symptom);
  if (subscriptionOf(shown, service) !== null || (key !== null && !key.partial)) return null;
  return { says: 'No subscription is known whose key could be sent: the paste has no whole key, and the fix is about none.' };
}

async function whetherCallable(reader: ArmReader, collection: Collection, api: ApiFact, base: string | null): Promise<No | null> {
  if (
    !/^[A-Za-z0-9-]{1,100}$/.test(api.keyNames.header) ||
    /^(host|connection|content-length|transfer-encoding|upgrade|expect)$/i.test(api.keyNames.header)
  )
    return { says: 'The header that the key is sent in is not one that can be sent.' };
  const [whole, policies] = await Promise.all([reader.get(api.armId), collection.fact('policies')]);
  if (whole.status === 'unreadable') return whole;
  const no = notOverHttps(whole.value, base);
  if (no !== null || policies.status === 'unreadable') return no;
  // A call without a token would be refused by these, whatever was mended.
  const [check] = runningNamed(policies.value, ['validate-jwt', 'validate-azure-ad-token', 'validate-client-certificate'], ['inbound']);
  if (check === undefined) return null;
  return { says: `A policy of the call (${check.statement.name}) asks for more than a key, and Locksmith has nothing else to send.` };
}

function notOverHttps({ properties }: ArmResource, base: string | null): No | null {
  const kind = (text(properties.type) ?? text(properties.apiType) ?? 'http').toLowerCase();
  if (kind !== 'http') return { says: `An API of type ${kind.slice(0, 20)} is not called by a plain GET.` };
  const { protocols } = properties;
  const isOpen = base !== null || !Array.isArray(protocols) || protocols.length === 0 || protocols.includes('https');
  return isOpen ? null : { says: 'The API answers over plain http only, where a key would be seen on the way.' };
}

interface Version {
  readonly segment: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function versionOf(collection: Collection, { version, versionSet }: ApiFact): Promise<Version | No> {
  const none = { segment: '', query: '', headers: {} };
  if (version === null) return none;
  const sets = await collection.fact('versionSets');
  if (sets.status === 'unreadable') return sets;
  const set = sets.value.find(({ name }) => name.toLowerCase() === versionSet?.toLowerCase());
  if (set === undefined || set.scheme === 'segment' || set.carrier === null) return { ...none, segment: version };
  if (set.scheme === 'query') return { ...none, query: `?${new URLSearchParams({ [set.carrier]: version })}` };
  return { ...none, headers: { [set.carrier.toLowerCase()]: version } };
}

/** Null when the URL would be another than what was put together. */
function urlOf(base: string, parts: readonly string[]): string | null {
  const path = parts
    .map((part) => part.replace(/^\/+/, ''))
    .filter((part) => part !== '')
    .map((part) => encodeURI(part.toWellFormed()).replace(/[?#]/g, encodeURIComponent))
    .join('/');
  const url = URL.parse(`${base}/${path}`);
  return url !== null && url.href === `${base}/${path}` ? url.href : null;
}
