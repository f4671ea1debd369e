// The call: its service, its API, the products and operations of that.
import { type Collecting, mapReading, type ReadersOf, read, unreadable } from '../collecting.ts';
import { findApi } from '../find-api.ts';
import { toApi, toProduct, toService } from '../from-arm.ts';
import { readOperations, readPresetRequests } from '../read-operations.ts';
import type { ApiFact, Reading } from '../snapshot.ts';
import { operationList } from './policies.ts';

export function callReaders(collecting: Collecting): ReadersOf<'service' | 'api' | 'apiProducts' | 'operations' | 'presetRequests'> {
  const { question, fact, withService, withApi } = collecting;
  const { symptom, reader, hash } = question;
  return {
    service: () => withService(async (id) => mapReading(await reader.get(id), toService)),
    api: () => withService((id) => readApi(collecting, id)),
    apiProducts: () => withApi(async (api) => mapReading(await reader.list(`${api.armId}/products`), ({ items }) => items.map(toProduct))),
    operations: () => withApi(async (api) => readOperations({ api, symptom, reader, hash, listed: await operationList(collecting, api) })),
    presetRequests: () =>
      withApi(async (api) => {
        const operations = await fact('operations');
        return operations.status === 'read' ? readPresetRequests(operations.value.candidates, api, reader, hash) : operations;
      }),
  };
}

async function readApi({ question: { symptom, reader } }: Collecting, id: string): Promise<Reading<ApiFact>> {
  const exact = symptom.seen.challenge && symptom.apiPath ? symptom.apiPath.replace(/^\/+|\/+$/g, '') : '';
  // A realm names the base path exactly: one narrow page instead of all APIs. What it does not find is looked for in the whole list.
  const query = exact === '' ? undefined : { $filter: `path eq '${exact.replaceAll("'", "''")}'` };
  if (symptom.apiPath === null && symptom.urlPath === null) {
    return unreadable('not-given', 'The paste does not say which path was called.');
  }
  let listed = await reader.list(`${id}/apis`, query);
  if (query && listed.status === 'read' && !('api' in findApi(listed.value.items.map(toApi), symptom)))
    listed = await reader.list(`${id}/apis`);
  if (listed.status === 'unreadable') return listed;
  const found = findApi(listed.value.items.map(toApi), symptom);
  if ('api' in found) return read(found.api);
  if ('several' in found) {
    const versions = found.several.map((api) => api.version ?? 'without version').join(', ');
    return unreadable('ambiguous', `Several versions have this path (${versions}); the paste does not say which was called.`, `${id}/apis`);
  }
  return unreadable('unresolved', 'No API of this service has the called path now.', `${id}/apis`);
}
