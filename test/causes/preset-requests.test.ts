// A fixed key goes out of an operation's request, and all other parts stay to the letter, in their order; Undo puts back the very same text.
import { calledWith } from '../../src/causes/sample-pastes.ts';
import { openAskedLab } from '../harness/ask-lab.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';

const preset = '0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f';

const others = [
  { name: 'X-Ocp-Apim-Subscription-Key', type: 'string', required: true, values: ['a', 'b'] },
  { name: 'Größe', type: 'string', description: 'line one\r\nline "two" <b>', defaultValue: '', values: [] },
  {
    name: 'Zulu',
    type: 'integer',
    required: false,
    defaultValue: '5',
    values: ['5', '6'],
    schemaId: 's1',
    typeName: 'T',
    examples: { z: { value: 1 }, a: { value: null } },
  },
];

const rest = {
  description: 'Spaces  and\ttabs',
  representations: [{ contentType: 'application/json', examples: { default: { value: { b: 1, a: [null, 0, ''] } } } }],
};

it.each([
  [
    'hard-coded-key-in-operation-header',
    'headers',
    { name: 'ocp-apim-subscription-key', type: 'string', defaultValue: preset, values: [preset] },
  ],
  [
    'hard-coded-key-in-operation-query',
    'queryParameters',
    { name: 'subscription-key', type: 'string', defaultValue: preset, values: [preset] },
  ],
])('%s', async (cause, list, own) => {
  const other = list === 'headers' ? { queryParameters: others } : { headers: others };
  const request = { ...rest, ...other, [list]: [others[0], own, others[1], others[2]] };
  const given = {
    'apis/echo/operations/get': { properties: { displayName: 'Get a resource', method: 'GET', urlTemplate: '/resource', request } },
  };
  const lab = await openAskedLab(estateOf({ given }));
  try {
    const header = list === 'headers' ? `Ocp-Apim-Subscription-Key: ${preset}` : 'Accept-Language: en';
    const path = list === 'headers' ? '/echo/resource' : `/echo/resource?subscription-key=${preset}`;
    const { plans, offers } = await lab.ask(pasteOf({ name: '', paste: calledWith(header, path), given, expect: { confirmed: [] } }));
    const [change, ...more] = plans.get(cause)?.changes ?? [];
    if (change === undefined || more.length > 0) throw new Error('not one change');
    expect(change).toMatchObject({ on: `${serviceId}/apis/echo/operations/get`, field: 'properties.request' });
    expect(JSON.stringify(offers.get(cause))).not.toContain(preset);

    const before = requestIn(lab.exportEstate());
    expect(await lab.write(change)).toMatchObject({ kind: 'done' });
    expect(requestIn(lab.exportEstate())).toBe(without(before, list, own.name));
    expect(await lab.write({ ...change, before: change.after, after: change.before })).toMatchObject({ kind: 'done' });
    expect(requestIn(lab.exportEstate())).toBe(before);
  } finally {
    await lab.close();
  }
});

function without(request: string, list: string, name: string): string {
  const whole = JSON.parse(request) as Record<string, { readonly name: string }[]>;
  return JSON.stringify({ ...whole, [list]: whole[list]?.filter((one) => one.name !== name) });
}

/** As text: the order of names counts too. */
function requestIn(exported: unknown): string {
  type Estate = { readonly resources: readonly { readonly id: string; readonly properties?: { readonly request?: unknown } }[] };
  const { estates } = exported as { readonly estates: readonly Estate[] };
  const resources = estates.flatMap((estate) => estate.resources);
  return JSON.stringify(resources.find(({ id }) => id.endsWith('apis/echo/operations/get'))?.properties?.request);
}
