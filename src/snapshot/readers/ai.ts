// AI accounts of the Azure subscriptions that the configured services are in, and the owner of the pasted key among them.
// Their keys are asked for one account at a time, compared by keyed hash, and forgotten.
import { type Collecting, type ReadersOf, read, unreadable } from '../collecting.ts';
import type { AiAccountFact, AiAccountsFact, AiKeyFact, AiKeyMatch, AiRegenerationFact } from '../facts-ai.ts';
import { record, text } from '../from-arm.ts';
import type { ArmResource } from '../ports.ts';
import type { Reading, Unreadable } from '../snapshot.ts';

const version = { 'api-version': '2024-10-01' } as const;
/** Fewer characters fit too many keys (contract.md, `--key-prefix`). */
const shortestKey = 4;
const most = 200;

export function aiReaders(collecting: Collecting): ReadersOf<'aiAccounts' | 'aiKey' | 'aiRegeneration'> {
  return {
    aiAccounts: () => aiAccounts(collecting),
    aiKey: () => readKey(collecting),
    aiRegeneration: () => readRegeneration(collecting),
  };
}

/** Shared by whoever needs to know the AI resources, such as the rules that map a backend's address to one. */
export function aiAccounts({ once, question: { services, reader } }: Collecting): Promise<Reading<AiAccountsFact>> {
  return once('ai accounts', async () => {
    const lists = [...new Set(services.map((id) => id.split('/')[2]?.toLowerCase() ?? ''))].map(
      (azure) => `/subscriptions/${azure}/providers/Microsoft.CognitiveServices/accounts`,
    );
    const [at] = lists;
    if (at === undefined) return unreadable('no-service', 'No API Management service is configured, so no Azure subscription is known.');
    const answers = await Promise.all(lists.map((list) => once(list, () => reader.list(list, version))));
    const refused = answers.find((answer): answer is Unreadable => answer.status === 'unreadable');
    if (refused !== undefined && answers.every(({ status }) => status === 'unreadable')) return refused;
    return read({ at, accounts: answers.flatMap((answer) => (answer.status === 'read' ? answer.value.items.map(toAccount) : [])) });
  });
}

async function readKey(collecting: Collecting): Promise<Reading<AiKeyFact>> {
  const { question, once } = collecting;
  const { key, hash, reader, services } = question;
  if (key === null)
    return unreadable('not-given', 'The paste shows no key; its first four characters are enough to find the AI account it belongs to.');
  if (key.length < shortestKey) {
    return unreadable('not-given', `Fewer than ${shortestKey} characters fit too many keys: give at least ${shortestKey}.`);
  }
  const listed = await aiAccounts(collecting);
  if (listed.status === 'unreadable') return listed;
  // Azure refuses listKeys where keys are switched off ("Failed to list key. disableLocalAuth is set to be true"): nothing to compare there.
  const having = listed.value.accounts.filter((account) => !account.keysDisabled);
  const matches: AiKeyMatch[] = [];
  let compared = 0;
  for (const account of having.slice(0, 1)) await compare(account);
  await Promise.all(having.slice(1, most).map(compare));

  async function compare(account: AiAccountFact): Promise<void> {
    const answer = await once(`keys of ${account.armId}`, async () => {
      const keys = await reader.post(account.armId, 'listKeys', version);
      if (keys.status === 'unreadable') return keys;
      return read({ slots: (['key1', 'key2'] as const).flatMap((slot) => fits(slot, text(keys.value[slot]))) });
    });
    // An account that was deleted meanwhile has no keys to compare.
    if (answer.status === 'read' || answer.reason === 'not-found') compared += 1;
    if (answer.status === 'unreadable') return;
    for (const { slot, whole } of answer.value.slots) matches.push({ account, slot, whole });
  }

  function fits(slot: AiKeyMatch['slot'], value: string | null): readonly Omit<AiKeyMatch, 'account'>[] {
    if (key === null || value === null || value.length < key.length || hash(value.slice(0, key.length)) !== key.fingerprint) return [];
    return [{ slot, whole: value.length === key.length }];
  }

  if (compared === 0 && having.length > 0) {
    const answer = await once<never>(`keys of ${having[0]?.armId ?? ''}`, async () => unreadable('unavailable', 'No key could be listed.'));
    if (answer.status === 'unreadable') return answer;
  }
  const azure = [...new Set(services.map((id) => id.split('/')[2] ?? ''))].find((id) => hash(id.toLowerCase()) === key.folded);
  const whole = matches.filter((match) => match.whole);
  return read({
    at: listed.value.at,
    shown: key.shown,
    line: key.line,
    form: key.form,
    matches: onePerAccount(whole.length > 0 ? whole : matches),
    compared,
    of: having.length,
    complete: compared === having.length,
    azureSubscription: azure === undefined || key.partial ? null : `/subscriptions/${azure}`,
  });
}

/** Regenerated within the hour before the question or the call (Microsoft.Insights, Activity Logs - List). Not being allowed to look costs no answer. */
async function readRegeneration({ fact, question: { symptom, reader } }: Collecting): Promise<Reading<AiRegenerationFact>> {
  const key = await fact('aiKey');
  if (key.status === 'unreadable') return key;
  const [match, ...more] = key.value.matches;
  if (match === undefined || more.length > 0) return read({ at: key.value.at, when: null });
  const account = match.account.armId;
  const at = `/subscriptions/${account.split('/')[2] ?? ''}/providers/Microsoft.Insights/eventtypes/management/values`;
  const until = new Date(symptom.date ?? reader.now());
  const [from, to] = [new Date(until.getTime() - 3_600_000).toISOString(), until.toISOString()];
  const $filter = `eventTimestamp ge '${from}' and eventTimestamp le '${to}' and resourceUri eq '${account}'`;
  const listed = await reader.list(at, { 'api-version': '2015-04-01', $filter }, 1);
  if (listed.status === 'unreadable') return read({ at, when: null });
  const moments = listed.value.raw
    .filter((event) => /accounts\/regenerateKey\/action$/i.test(text(event.operationName) ?? text(record(event.operationName).value) ?? ''))
    .map((event) => Date.parse(text(event.eventTimestamp) ?? ''))
    .filter((moment) => !Number.isNaN(moment));
  return read({ at, when: moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString() });
}

function onePerAccount(matches: readonly AiKeyMatch[]): readonly AiKeyMatch[] {
  return matches.filter((match, index) => matches.findIndex(({ account }) => account.armId === match.account.armId) === index);
}

function toAccount({ id, name, properties, envelope }: ArmResource): AiAccountFact {
  const custom = text(properties.customSubDomainName)?.toLowerCase() ?? null;
  const addresses = [properties.endpoint, ...Object.values(record(properties.endpoints))].map((value) => hostOf(text(value)));
  const own = custom === null ? [] : ['cognitiveservices', 'openai', 'services.ai'].map((face) => `${custom}.${face}.azure.com`);
  return {
    armId: id,
    name,
    kind: text(envelope.kind) ?? '',
    region: regionName(text(envelope.location) ?? ''),
    sku: text(record(envelope.sku).name),
    // A regional address belongs to everybody in the region, so it names no account.
    hosts: [...new Set([...addresses, ...own].filter((host) => host !== null && isOwnHost(host)))] as string[],
    endpoint: text(properties.endpoint),
    customSubdomain: custom,
    keysDisabled: properties.disableLocalAuth === true,
    publicAccess: text(properties.publicNetworkAccess),
    networkDefault: text(record(properties.networkAcls).defaultAction),
    created: text(properties.dateCreated) ?? text(record(envelope.systemData).createdAt),
  };
}

function hostOf(value: string | null): string | null {
  return URL.parse(value ?? '')?.hostname.toLowerCase() ?? null;
}

function isOwnHost(host: string): boolean {
  return /\.(?:cognitiveservices|openai|services\.ai)\.azure\.(?:com|us|cn)$/.test(host);
}

function regionName(location: string): string {
  return location.toLowerCase().replace(/[^a-z0-9]/g, '');
}
