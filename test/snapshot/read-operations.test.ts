// ARM leaves `request` out of list items (recorded), so definitions are read one by one, within a budget, and what was not read is counted.

import { answered, calledWith } from '../../src/causes/sample-pastes.ts';
import type { ArmReader, ArmResource } from '../../src/snapshot/ports.ts';
import { readOperations } from '../../src/snapshot/read-operations.ts';
import type { ApiFact } from '../../src/snapshot/snapshot.ts';
import { parsePaste } from '../../src/symptom/parse-paste.ts';

const api = {
  armId: '/apis/echo',
  name: 'echo',
  displayName: 'Echo',
  path: 'echo',
  version: null,
  subscriptionRequired: true,
  keyNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
  isCurrent: true,
} as ApiFact;

function resource(name: string, properties: Readonly<Record<string, unknown>>): ArmResource {
  return { id: `/apis/echo/operations/${name}`, name, properties, envelope: {}, etag: null };
}

function readerOf(names: readonly string[]): { readonly reader: ArmReader; readonly asked: string[] } {
  const asked: string[] = [];
  const never = (): never => {
    throw new Error('not expected');
  };
  const listed = names.map((name) => resource(name, { displayName: name, method: 'GET', urlTemplate: `/${name}` }));
  const headers = [{ name: 'Ocp-Apim-Subscription-Key', defaultValue: 'made-up-value-of-a-test' }];
  const reader: ArmReader = {
    list: async (id: string) => {
      asked.push(`LIST ${id}`);
      return { status: 'read', value: { items: listed, raw: [], total: listed.length, next: null } };
    },
    get: async (id: string) => {
      asked.push(`GET ${id}`);
      const name = id.split('/').at(-1) ?? '';
      return { status: 'read', value: resource(name, { displayName: name, method: 'GET', urlTemplate: `/${name}`, request: { headers } }) };
    },
    listSecrets: never,
    counts: never,
    now: never,
  } as unknown as ArmReader;
  return { reader, asked };
}

const hash = (text: string): string => `hash of ${text.length}`;

it('reads the one operation that was called, and no other', async () => {
  const { reader, asked } = readerOf(['resource', 'other', 'third']);
  const { symptom } = parsePaste(calledWith('Accept-Language: en'), hash);

  const facts = await readOperations({ api, symptom, reader, hash, listed: await reader.list(`${api.armId}/operations`) });

  expect(asked).toEqual(['LIST /apis/echo/operations', 'GET /apis/echo/operations/resource']);
  expect(facts).toMatchObject({
    status: 'read',
    value: { exact: true, unread: 0, candidates: [{ name: 'resource', headers: [{ shown: 'made…' }] }] },
  });
});

it('reads a few when the paste does not say which, and counts the rest as unread', async () => {
  const { reader, asked } = readerOf(Array.from({ length: 10 }, (_, index) => `op${index}`));
  const { symptom } = parsePaste(answered('invalid'), hash);

  const facts = await readOperations({ api, symptom, reader, hash, listed: await reader.list(`${api.armId}/operations`) });

  expect(asked).toHaveLength(1 + 6);
  expect(facts).toMatchObject({ status: 'read', value: { exact: false, unread: 4 } });
});
