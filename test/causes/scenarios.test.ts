// Every scenario of every cause, with every rule running: the sets are exact, so a new rule that fires too often breaks the others here.
import { causes, fixOf } from '../../src/causes/catalogue.ts';
import type { Change, Scenario } from '../../src/causes/contract.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import type { PressResult } from '../../src/remediation/plan-record.ts';
import { causeFolders, scenariosOf } from '../harness/cause-folders.ts';
import { estatesOf, pasteOf, serviceId } from '../harness/healthy-estate.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';
import { withoutMoments } from '../harness/without-moments.ts';

const person = { id: 'tester', name: 'Somebody', tenant: null };
const press = { who: person, conversation: null };

for (const folder of causeFolders) {
  describe(folder, () => {
    let room: LabEngine;

    afterEach(() => room.close());

    it.each(load(folder))('$name', async ({ scenario }) => {
      room = await openLabEngine({ estate: estatesOf(scenario) });
      const paste = pasteOf(scenario);

      const { diagnosis } = await room.engine.ask({ paste, ...(scenario.keyPrefix ? { keyPrefix: scenario.keyPrefix } : {}) });

      expect({ confirmed: having(diagnosis, 'confirmed'), suspected: having(diagnosis, 'suspected') }).toEqual({
        confirmed: [...scenario.expect.confirmed].sort(),
        suspected: [...(scenario.expect.suspected ?? [])].sort(),
      });
      expect(having(diagnosis, 'unknown')).toEqual(expect.arrayContaining([...(scenario.expect.unknown ?? [])]));
      if (scenario.expect.headline !== undefined) expect(diagnosis.headline).toBe(scenario.expect.headline);
      expect(diagnosis.verdicts.map((one) => one.cause)).toEqual(causes.map(({ rule }) => rule.id));
      expect(diagnosis.verdicts.filter(({ says }) => / {2}|^$/.test(says))).toEqual([]);
      for (const { outcome, evidence } of diagnosis.verdicts) {
        if (['confirmed', 'suspected', 'ruled-out'].includes(outcome)) expect(evidence.length).toBeGreaterThan(0);
      }
      expect(
        room.lab.requests.filter(({ method, path }) => method !== 'GET' && method !== 'HEAD' && !/\/list(?:Secrets|Keys)$/.test(path)),
      ).toEqual([]);
      if (scenario.fix !== undefined) await checkFix(room, diagnosis, folder, scenario);
    });
  });
}

function load(folder: string): { readonly name: string; readonly scenario: Scenario }[] {
  // Jest wants its cases before anything asynchronous; the scenario modules are plain data.
  const { scenarios } = require(`../../src/causes/${folder}/scenarios.ts`) as { scenarios: readonly Scenario[] };
  return scenarios.map((scenario) => ({ name: scenario.name, scenario }));
}

function having(diagnosis: Diagnosis, outcome: string): string[] {
  return diagnosis.verdicts
    .filter((one) => one.outcome === outcome)
    .map((one) => one.cause)
    .sort();
}

/** Plan, preview, apply twice, verify, undo, audit: the same for every fix, without a line from its author. */
async function checkFix(room: LabEngine, diagnosis: Diagnosis, cause: string, scenario: Scenario): Promise<void> {
  const { lab, engine } = room;
  const verdict = diagnosis.verdicts.find((one) => one.cause === cause);
  if (scenario.fix === null) {
    expect(verdict?.fix).toBeNull();
    return;
  }
  const offer = verdict?.fix;
  if (!offer || !verdict) throw new Error(`${cause} offers no fix here`);
  expect(offer.changes.map(inWords)).toEqual(scenario.fix);

  const before = withoutMoments(lab.exportEstate());
  const { symptom } = diagnosis;
  const plan = await engine.remediation.offer({ ...press, ...offer, shown: offer.changes, symptom, service: serviceId });
  const prepared = await engine.remediation.prepare(plan.id, press);
  expect(prepared).toMatchObject({ kind: 'preview', plan: { state: 'prepared' } });
  expect(prepared.plan?.shown.map(inWords)).toEqual(scenario.fix);
  expect(withoutMoments(lab.exportEstate())).toEqual(before);

  const { digest = null } = prepared.plan ?? {};
  const confirm = (): Promise<PressResult> => engine.remediation.confirm(plan.id, press, digest);
  const [first, second] = await Promise.all([confirm(), confirm()]);
  expect([first.kind, second.kind].sort()).toEqual(['already', 'applied']);
  expect(writesIn(room)).toBe(offer.changes.length);
  const applied = first.kind === 'applied' ? first : second;
  const provable = fixOf(offer.cause)?.provable;
  expect(applied.plan?.verified).toBe(provable ? 'ruled-out' : 'pending');
  expect(second.plan?.state).toBe('applied');
  expect(await confirm()).toMatchObject({ kind: 'already' });
  expect(writesIn(room)).toBe(offer.changes.length);

  const back = await engine.remediation.undo(plan.id, press);
  if (offer.undo === null) {
    expect(back.kind).toBe('failed');
    // Said before it is done: in the consequence, or by what the change itself is.
    expect(`${prepared.plan?.consequence} ${prepared.plan?.impact?.noWayBack}`).toMatch(
      /cannot be (?:undone|put back)|nothing to (?:undo|take back)/i,
    );
    return;
  }
  expect(back).toMatchObject({ kind: 'preview', plan: { kind: 'undo', state: 'prepared', undoes: plan.id } });
  expect(writesIn(room)).toBe(offer.changes.length);
  const undo = back.plan ?? fail('no plan for the undo');
  expect(await engine.remediation.confirm(undo.id, press, undo.digest)).toMatchObject({ kind: 'undone', plan: { state: 'undone' } });
  expect(withoutMoments(lab.exportEstate())).toEqual(before);
  expect(await engine.remediation.undo(plan.id, press)).toMatchObject({ kind: 'already' });
  expect(writesIn(room)).toBe(2 * offer.changes.length);
}

function fail(says: string): never {
  throw new Error(says);
}

function writesIn({ lab }: LabEngine): number {
  return lab.requests.filter(
    ({ method, path }) => ['PUT', 'PATCH', 'DELETE'].includes(method) || (method === 'POST' && !/\/list(?:Secrets|Keys)$/i.test(path)),
  ).length;
}

function inWords({ on, field, before, after }: Change): string {
  const where = on.slice(serviceId.length + 1);
  if (field === '') return `${where}: ${before === null ? 'create' : 'delete'}`;
  if (field.startsWith('!')) return `${where}: runs ${field.slice(1)}`;
  if (/\/policies\/policy$/.test(on)) return `${where} ${field}: ${changedLines(before, after)}`;
  if (field === 'properties.request') return `${where} ${field}: removes ${removedParts(before, after).join(', ')}`;
  return `${where} ${field}: ${word(before)} -> ${word(after)}`;
}

// Everything but the named headers and parameters has to be the same, or it says what is not.
function removedParts(before: unknown, after: unknown): string[] {
  type Parts = readonly { readonly name: string }[];
  type Request = { readonly headers?: Parts; readonly queryParameters?: Parts };
  const [old, fresh] = [before as Request, after as Request];
  const goneFrom = (was: Parts = [], is: Parts = []): Parts => was.filter((part) => !is.some((kept) => kept.name === part.name));
  const headers = goneFrom(old.headers, fresh.headers);
  const parameters = goneFrom(old.queryParameters, fresh.queryParameters);
  const rest = {
    ...old,
    ...(headers.length > 0 ? { headers: old.headers?.filter((part) => !headers.includes(part)) } : {}),
    ...(parameters.length > 0 ? { queryParameters: old.queryParameters?.filter((part) => !parameters.includes(part)) } : {}),
  };
  if (JSON.stringify(rest) !== JSON.stringify(fresh)) return ['more than headers and parameters'];
  return [...headers.map(({ name }) => `header ${name}`), ...parameters.map(({ name }) => `parameter ${name}`)];
}

// The lines of a policy that go and come, trimmed.
function changedLines(before: unknown, after: unknown): string {
  const [old, fresh] = [String(before).split('\n'), String(after).split('\n')];
  const without = (lines: readonly string[], others: readonly string[]): readonly string[] => {
    const left = [...others];
    return lines.filter((line) => !left.includes(line) || left.splice(left.indexOf(line), 1).length === 0);
  };
  const gone = without(old, fresh).map((line) => `- ${line.trim()}`);
  const come = without(fresh, old).map((line) => `+ ${line.trim()}`);
  return before === after ? 'as it is' : [...gone, ...come].join(' ');
}

function word(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.startsWith(serviceId) ? text.slice(serviceId.length) : text;
}

it('has scenarios with names of their own', async () => {
  const names = (await Promise.all(causeFolders.map(scenariosOf))).flat().map((one) => one.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
