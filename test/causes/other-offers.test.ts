// Every scenario that states what is offered, without remediation in between: the further offers, each applied and taken back on the lab.
import { fixOf } from '../../src/causes/catalogue.ts';
import type { Change, Scenario } from '../../src/causes/contract.ts';
import { calledWith } from '../../src/causes/sample-pastes.ts';
import type { Offer } from '../../src/diagnosis/diagnosis.ts';
import { openAskedLab } from '../harness/ask-lab.ts';
import { causeFolders } from '../harness/cause-folders.ts';
import { estatesOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { withoutMoments } from '../harness/without-moments.ts';

const stated = causeFolders.flatMap((folder) =>
  (require(`../../src/causes/${folder}/scenarios.ts`) as { scenarios: readonly Scenario[] }).scenarios
    .filter(({ fix }) => fix !== undefined && fix !== null)
    .map((scenario) => ({ name: `${folder}: ${scenario.name}`, folder, scenario })),
);

it.each(stated)('$name', async ({ folder, scenario }) => {
  const lab = await openAskedLab(estatesOf(scenario));
  try {
    const { diagnosis, offers, plans } = await lab.ask(pasteOf(scenario), scenario.keyPrefix);
    const verdict = diagnosis.verdicts.find(({ cause }) => cause === folder);
    const all = verdict?.fix ? [verdict.fix, ...verdict.otherFixes] : [];
    if (scenario.otherFixes !== undefined) expect(inWords(verdict?.otherFixes ?? [])).toEqual(scenario.otherFixes);
    expect(all.length).toBeGreaterThan(0);

    for (const offer of all) {
      expect(fixOf(offer.cause)?.label).toBe(offer.label);
      expect(offers.get(offer.cause)).toEqual(offer);
      expect(offer.permission).toMatch(/^Microsoft\.ApiManagement\/service\/[A-Za-z/]+\/(write|delete|action)$/);
      expect(`${offer.consequence} ${offer.undo ?? ''}`).not.toMatch(/ {2}|undefined|null|\.\./);
      const changes = plans.get(offer.cause)?.changes ?? [];
      const before = withoutMoments(lab.exportEstate());
      for (const change of changes) expect(await lab.write(change)).toMatchObject({ kind: 'done' });
      if (offer.undo === null) continue;
      // What an offer says it can take back, ARM takes back.
      for (const { before: was, after, ...change } of [...changes].reverse())
        expect(await lab.write({ ...change, before: after, after: was })).toMatchObject({ kind: 'done' });
      expect(withoutMoments(lab.exportEstate())).toEqual(before);
    }
  } finally {
    await lab.close();
  }
});

it.each([true, false])('asks a second person where the owner of a product approves each subscription: %s', async (approvalRequired) => {
  const scenario = {
    name: '',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:partner-app}'),
    given: { 'products/starter': { properties: { approvalRequired } } },
    expect: { confirmed: [] },
  };
  const lab = await openAskedLab(estatesOf(scenario));
  const { offers } = await lab.ask(pasteOf(scenario));
  await lab.close();
  const offer = offers.get('key-for-another-product/create-subscription');
  expect({ second: offer?.secondPerson, said: /approves each subscription/.test(offer?.consequence ?? '') }).toEqual({
    second: approvalRequired,
    said: approvalRequired,
  });
  expect(offer?.changes[0]?.after).toEqual({
    properties: { scope: '/products/starter', displayName: 'Partner app for Echo API', state: 'active' },
  });
});

it('has further offers to try', () => {
  expect(stated.some(({ scenario }) => Object.keys(scenario.otherFixes ?? {}).length > 0)).toBe(true);
});

function inWords(offers: readonly Offer[]): Record<string, string[]> {
  return Object.fromEntries(offers.map(({ cause, changes }) => [cause, changes.map(sentence)]));
}

function sentence({ on, before }: Change): string {
  return `${on.slice(serviceId.length + 1)}: ${before === null ? 'create' : 'change'}`;
}
