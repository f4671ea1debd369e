// A PATCH of `request` replaces the whole of it (field guide, section d), so all of it is sent back as it was read, without that one parameter.
import { mapSealed } from '../../snapshot/sealed.ts';
import { type Change, defineFix } from '../contract.ts';

export const fix = defineFix({
  cause: 'hard-coded-key-in-operation-query',
  label: 'Remove the parameter from the operation',
  permission: 'Microsoft.ApiManagement/service/apis/operations/write',
  secondPerson: false,
  provable: true,
  needs: ['api', 'presetQueryRequests'],

  plan({ api, presetQueryRequests }) {
    const name = api.keyNames.query;
    const [first, ...rest] = presetQueryRequests.map(
      ({ armId, request }): Change => ({
        on: armId,
        field: 'properties.request',
        before: request,
        after: mapSealed(request, (whole) => without(whole, name)),
      }),
    );
    if (first === undefined) return { kind: 'refuse', says: 'No operation has the parameter any more.' };
    return {
      kind: 'change',
      changes: [first, ...rest],
      consequence: `Consoles no longer send the fixed value for ${name} with ${rest.length === 0 ? 'this operation' : `these ${rest.length + 1} operations`}. All other parameters stay as they are.`,
      undo: 'Puts the parameter with its value back.',
    };
  },
});

function without(request: Readonly<Record<string, unknown>>, parameter: string): Readonly<Record<string, unknown>> {
  const parameters = Array.isArray(request.queryParameters) ? (request.queryParameters as readonly unknown[]) : [];
  return { ...request, queryParameters: parameters.filter((entry) => (entry as { name?: unknown } | null)?.name !== parameter) };
}
