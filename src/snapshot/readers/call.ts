// The call: its service, its API, the products and operations of that.
import { type Collecting, mapReading, type ReadersOf, read, unreadable } from '../collecting.ts';
import { findApi } from '../find-api.ts';
import { toProduct, toService } from '../from-arm.ts';
import { presetHeaders, readOperations, readPresetRequests } from '../read-operations.ts';
import { serviceResource } from '../service-resource.ts';
import type { ApiFact, Reading } from '../snapshot.ts';
import { findApiInWorkspaces, productsInWorkspace, workspaceIdOf } from '../workspaces.ts';
import { readFamily } from './family.ts';
import { operationList } from './policies.ts';

export function callReaders(collecting: Collecting): ReadersOf<'service' | 'api' | 'apiProducts' | 'operations' | 'presetRequests'> {
  const { question, fact, withService, withApi } = collecting;
  const { symptom, reader, hash } = question;
  return {
    service: () => withService(async (id) => mapReading(await serviceResource(collecting, id), toService)),
    api: () => withService((id) => readApi(collecting, id)),
    apiProducts: () =>
      withApi(async (api) => {
        const workspace = workspaceIdOf(api.armId);
        if (workspace !== null) return productsInWorkspace(collecting, workspace, api);
        return mapReading(await reader.list(`${api.armId}/products`), ({ items }) => items.map(toProduct));
      }),
    operations: () => withApi(async (api) => readOperations({ api, symptom, reader, hash, listed: await operationList(collecting, api) })),
    presetRequests: () =>
      withApi(async (api) => {
        const operations = await fact('operations');
        if (operations.status === 'unreadable') return operations;
        const own = operations.value.candidates.filter((operation) => presetHeaders(operation, api).length > 0);
        return readPresetRequests(own, api, reader, hash);
      }),
  };
}

async function readApi(collecting: Collecting, id: string): Promise<Reading<ApiFact>> {
  const family = await readFamily(collecting, id);
  if (family.status === 'unreadable') return family;
  const found = findApi(family.value, collecting.question.symptom);
  if ('api' in found) return read(found.api);
  if ('several' in found) {
    const versions = found.several.map((api) => api.version ?? 'without version').join(', ');
    return unreadable('ambiguous', `Several versions have this path (${versions}); the paste does not say which was called.`, `${id}/apis`);
  }
  const inWorkspace = await findApiInWorkspaces(collecting, id);
  if (inWorkspace !== null) return read(inWorkspace);
  return unreadable('unresolved', 'No API of this service has the called path now.', `${id}/apis`);
}
