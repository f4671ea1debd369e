// A PATCH of `request` replaces the whole of it (field guide, section d), so all of it is sent back as it was read, without that one header.
import { mapSealed } from '../../snapshot/sealed.ts';
import type { Change } from '../contract.ts';
import { defineFix } from '../contract.ts';
import { sameName } from '../key-check.ts';

export const fix = defineFix({
  cause: 'hard-coded-key-in-operation-header',
  label: 'Remove the header from the operation',
  permission: 'Microsoft.ApiManagement/service/apis/operations/write',
  secondPerson: false,
  provable: true,
  needs: ['api', 'presetRequests'],

  plan({ api, presetRequests }) {
    const name = api.keyNames.header;
    const [first, ...rest] = presetRequests.map(
      ({ armId, request }): Change => ({
        on: armId,
        field: 'properties.request',
        before: request,
        after: mapSealed(request, (whole) => without(whole, name)),
      }),
    );
    if (first === undefined) return { kind: 'refuse', says: 'No operation has the header any more.' };
    return {
      kind: 'change',
      changes: [first, ...rest],
      consequence: `Consoles no longer send the fixed value for ${name} with ${rest.length === 0 ? 'this operation' : `these ${rest.length + 1} operations`}; they fill in the key of the person who tests. All other parameters stay as they are.`,
      undo: 'Puts the header with its value back.',
    };
  },
});

function without(request: Readonly<Record<string, unknown>>, header: string): Readonly<Record<string, unknown>> {
  const headers = Array.isArray(request.headers) ? (request.headers as readonly unknown[]) : [];
  return { ...request, headers: headers.filter((entry) => !sameName(String((entry as { name?: unknown } | null)?.name ?? ''), header)) };
}
