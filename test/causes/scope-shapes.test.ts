// Every malformed shape of a scope: what it is corrected to, and that Undo is offered exactly where ARM takes the old scope back.
import { calledWith } from '../../src/causes/sample-pastes.ts';
import { openAskedLab } from '../harness/ask-lab.ts';
import { estateOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';

const paste = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');

async function withScope<T>(scope: string, then: (lab: Awaited<ReturnType<typeof openAskedLab>>, text: string) => Promise<T>): Promise<T> {
  const given = { 'subscriptions/mobile-app': { properties: { scope } } };
  const lab = await openAskedLab(estateOf({ given }));
  try {
    return await then(lab, pasteOf({ name: '', paste, given, expect: { confirmed: [] } }));
  } finally {
    await lab.close();
  }
}

const cause = 'subscription-scope-malformed';

it.each([
  ['/apis/echo;rev=2', '/apis/echo', true],
  [`${serviceId}/apis/echo;rev=11`, '/apis/echo', true],
  [`/apis/${serviceId}/apis/echo`, '/apis/echo', true],
  [`/products/${serviceId}/products/starter`, '/products/starter', false],
  [`/products${serviceId}/products/starter`, '/products/starter', false],
  ['/products/starter;rev=1', '/products/starter', null],
  ['/apis/echo/', '/apis/echo', false],
  ['/apis//echo', '/apis/echo', false],
  ['/api/echo', '/apis/echo', false],
  ['apis/echo', '/apis/echo', false],
  ['products/starter/', '/products/starter', false],
  ['/product/starter', '/products/starter', false],
])('%s becomes %s', async (scope, corrected, undo) => {
  await withScope(scope, async (lab, text) => {
    const { offers, plans, diagnosis } = await lab.ask(text);
    const offer = offers.get(cause);
    expect(diagnosis.verdicts.find((one) => one.cause === cause)?.outcome).toBe('confirmed');
    expect(offer?.changes).toMatchObject([{ field: 'properties.scope', after: corrected }]);
    const change = plans.get(cause)?.changes[0];
    if (offer === undefined || change === undefined) throw new Error('nothing is offered');

    expect(await lab.write(change)).toMatchObject({ kind: 'done' });
    expect((await lab.ask(text)).diagnosis.verdicts.find((one) => one.cause === cause)?.outcome).toBe('ruled-out');
    const back = await lab.write({ ...change, before: change.after, after: change.before });

    // What cannot be undone says so before, not after.
    expect(offer.undo === null).toBe(/cannot be undone/.test(offer.consequence));
    if (undo === null) expect(offer.undo).toBeNull();
    else expect({ undo: offer.undo !== null, taken: back.kind === 'done' }).toEqual({ undo, taken: undo });
  });
});

it.each([
  ['/apis/removed;rev=2', 'an API that does not exist'],
  ['/tags/echo', 'a thing that no key can be for'],
  [
    '/subscriptions/00000000-0000-4000-8000-000000000009/resourceGroups/rg/providers/Microsoft.ApiManagement/service/other/apis/echo',
    'another service',
  ],
  ['/workspaces/retail/apis/echo;rev=2', 'something of a workspace'],
])('%s is not corrected: it names %s', async (scope) => {
  await withScope(scope, async (lab, text) => {
    const { offers, diagnosis } = await lab.ask(text);
    expect(offers.get(cause)).toBeUndefined();
    expect(diagnosis.verdicts.find((one) => one.cause === cause)).toMatchObject({ outcome: 'confirmed', fix: null });
  });
});
