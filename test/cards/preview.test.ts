// What the preview shows before anything is changed.
import { previewCard } from '../../src/cards/preview-card.ts';
import type { Impact } from '../../src/remediation/impact.ts';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import { buttonsOf, textOf } from '../harness/card-text.ts';
import { alex, planWith, service } from '../harness/diagnoses.ts';

const nothingElse: Impact = { affects: [], wider: null, noWayBack: null, asCode: null };

function linesOf(over: Partial<PlanRecord>): readonly string[] {
  return textOf(previewCard(planWith({ state: 'prepared', ...over }))).split('\n');
}

const policy = ['<policies>', '\t<inbound>', '\t\t<base />', '\t\t<cors />', '\t</inbound>', '</policies>'];
const onPolicy = { on: `${service}/apis/orders/policies/policy`, field: 'properties.value' };

it('shows a field before and after, who notices, whether access is wider, the way back, who agrees and the permission', () => {
  const impact = { ...nothingElse, affects: ['Whoever holds a key can call.', 'Others not.'], wider: 'The keys work.' };
  expect(linesOf({ impact })).toEqual([
    'Nothing is changed yet',
    'Activate the subscription',
    'This will change, and nothing else',
    'Subscription mobile-app, state',
    'now suspended',
    'then active',
    expect.stringMatching(/^Service: \S+ \(resource group \S+\)$/),
    expect.stringMatching(/^What it means: Everyone who holds a key/),
    'Who else notices',
    'Whoever holds a key can call.',
    'Others not.',
    'Wider access: The keys work.',
    'Undo: Suspends the subscription again.',
    expect.stringMatching(/^Two people: .*somebody else who may agree/),
    'Needs: Microsoft.ApiManagement/service/subscriptions/write',
    'Confirm works once, until 20 Nov, 09:15 UTC. If somebody changes this meanwhile, nothing is sent.',
  ]);
});

it('says so when nobody else notices and access stays as wide as it is', () => {
  const lines = linesOf({ impact: nothingElse, secondPerson: false });
  expect(lines.slice(lines.indexOf('Who else notices'), lines.indexOf('Who else notices') + 2)).toEqual([
    'Who else notices',
    'Nobody else.',
  ]);
  expect(lines).toContain('Wider access: No.');
  expect(lines.filter((line) => line.startsWith('Two people'))).toEqual([]);
});

it('claims nothing where nothing was found out', () => {
  const lines = linesOf({ impact: null });
  expect(lines.filter((line) => /Who else|Wider/.test(line))).toEqual([]);
});

it.each([
  [null, 'A key that was replaced cannot be brought back.', 'Undo: There is none. A key that was replaced cannot be brought back.'],
  [null, null, 'Undo: There is none.'],
  ['Puts it back.', null, 'Undo: Puts it back.'],
  ['Puts the rest back.', 'The secret is gone.', 'Undo: Puts the rest back. The secret is gone.'],
])('says the way back before, not after: %s, %s', (undo, noWayBack, line) => {
  expect(linesOf({ undo, impact: { ...nothingElse, noWayBack } })).toContain(line);
});

it('shows a policy as the lines that differ, with their numbers and indentation, and nothing of the rest', () => {
  const after = policy.toSpliced(3, 0, '\t\t<rate-limit calls="1" />').toSpliced(5, 1);
  const lines = linesOf({ shown: [{ ...onPolicy, before: policy.join('\r\n'), after: after.join('\r\n') }] });
  const from = lines.indexOf('Policy of API orders');
  expect(lines.slice(from + 1, from + 9).map((line) => line.replaceAll('\u00a0', '·'))).toEqual([
    '····…',
    '2·····<inbound>',
    '3·······<base />',
    '4·+·····<rate-limit calls="1" />',
    '5·······<cors />',
    '5·-···</inbound>',
    '6···</policies>',
    expect.stringMatching(/^Service: /),
  ]);
});

it('shows several documents, and says how many it leaves out', () => {
  const change = { ...onPolicy, before: policy.join('\n'), after: policy.join('\n').replace('cors', 'x') };
  const lines = linesOf({ shown: [change, change, change, change, change] });
  expect(lines.filter((line) => line === 'Policy of API orders')).toHaveLength(3);
  expect(lines).toContain('and 2 more documents');
});

it('says of a policy that is saved again that it stays, without its text', () => {
  const lines = linesOf({ shown: [{ ...onPolicy, before: policy.join('\n'), after: policy.join('\n') }] });
  expect(lines).toEqual(expect.arrayContaining(['now as it is, 6 lines', 'then the same (saved again, unchanged)']));
  expect(lines.join('\n')).not.toContain('inbound');
});

it('warns where a pipeline publishes the service, with the patch line by line', () => {
  const patch = 'Microsoft.ApiManagement/service/subscriptions contoso/mobile-app\n- "state": "suspended"\n+ "state": "active"';
  const lines = linesOf({ impact: { ...nothingElse, asCode: { says: 'The settings say so. The next publish takes this back.', patch } } });
  const from = lines.indexOf('The next publish may take this back');
  expect(lines.slice(from + 1, from + 6).map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
    'The settings say so. The next publish takes this back.',
    'Commit this as well:',
    'Microsoft.ApiManagement/service/subscriptions contoso/mobile-app',
    '- "state": "suspended"',
    '+ "state": "active"',
  ]);
});

it('warns without a patch where there is nothing to commit', () => {
  const lines = linesOf({ impact: { ...nothingElse, asCode: { says: 'Nothing to commit.', patch: '' } } });
  expect(lines).toEqual(expect.arrayContaining(['This service is managed as code', 'Nothing to commit.']));
  expect(lines).not.toContain('Commit this as well:');
});

it('is the same card for an undo, which has no undo of its own', () => {
  const lines = linesOf({ kind: 'undo', label: 'Undo: Activate the subscription', undo: null, impact: nothingElse });
  expect(lines[1]).toBe('Undo: Activate the subscription');
  expect(lines.find((line) => line.startsWith('Undo: This'))).toMatch(/^Undo: This is the way back\./);
});

it('says who pressed while a second person has to agree, and until when', () => {
  const lines = linesOf({ state: 'waiting', requestedBy: alex, approvalUntil: '2026-11-20T10:00:00.000Z', impact: nothingElse });
  expect(lines[0]).toBe('Waiting for a second person, nothing is changed yet');
  expect(lines).toContain(
    'Two people: Alex pressed Confirm. Somebody else who may agree has to press it too, until 20 Nov, 10:00 UTC; no answer is a no.',
  );
  expect(lines.at(-1)).toMatch(/^Confirm works once, until 20 Nov, 10:00 UTC\./);
});

it('lets nothing be confirmed but what it shows', () => {
  const [confirm, cancel] = buttonsOf(previewCard(planWith({ state: 'prepared', digest: 'abc' })));
  expect(confirm).toMatchObject({ title: 'Confirm', data: { plan: 'plan-1', seen: 'abc' } });
  expect(cancel).toMatchObject({ title: 'Cancel', data: { plan: 'plan-1' } });
});

it('leaves out the indentation that all shown lines share', () => {
  const deep = policy.map((line) => `\t\t\t${line}`);
  const lines = linesOf({ shown: [{ ...onPolicy, before: deep.join('\n'), after: deep.toSpliced(3, 1).join('\n') }] });
  const from = lines.indexOf('Policy of API orders');
  expect(lines.slice(from + 2, from + 5).map((line) => line.replaceAll('\u00a0', '·'))).toEqual([
    '2·····<inbound>',
    '3·······<base />',
    '4·-·····<cors />',
  ]);
});
