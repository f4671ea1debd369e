// Every fix that there is, with a scenario that offers it, found without a line from its author.
import { causes, offerIdOf } from '../../src/causes/catalogue.ts';
import type { Change, Scenario } from '../../src/causes/contract.ts';
import { calledWith } from '../../src/causes/sample-pastes.ts';
import { rotateOther, rotatePasted } from '../../src/diagnosis/rotation.ts';

export interface Fixable {
  /** The offer, and what it is about where the same one changes different things. */
  readonly name: string;
  readonly offer: string;
  readonly scenario: Scenario;
}

export type ChangeKind = 'field' | 'link' | 'whole resource' | 'policy' | 'action' | 'several fields';

/** `scenarios`: of a cause. */
export type Load = (cause: string) => readonly Scenario[];

/** One for each fix and each shape of its changes; the two steps of a rotation; and several changes in one plan. */
export function allFixables(load: Load): readonly Fixable[] {
  const found = new Map<string, Fixable>();
  for (const { rule, fix, otherFixes } of causes) {
    for (const one of [...(fix === null ? [] : [fix]), ...(otherFixes ?? [])]) {
      const offer = offerIdOf(one);
      for (const scenario of load(rule.id)) {
        const stated = one.name === undefined ? scenario.fix : scenario.otherFixes?.[offer];
        if (!stated) continue;
        const name = `${offer} (${stated.map(shapeOf).join(', ')})`;
        if (!found.has(name)) found.set(name, { name, offer, scenario });
      }
    }
  }
  return [...found.values(), ...rotations, twoPresets(load)];
}

/** `subscriptions/s1 properties.state: …` -> `subscriptions properties.state`. */
function shapeOf(sentence: string): string {
  const [where = '', what = ''] = sentence.split(/[ :]+/, 2);
  return `${where
    .split('/')
    .filter((_, index) => index % 2 === 0)
    .join('/')} ${what}`;
}

const rotations: readonly Fixable[] = [rotateOther, rotatePasted].map((offer) => ({
  name: offer,
  offer,
  scenario: {
    name: 'a key that was pasted in full',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    expect: { confirmed: [] },
  },
}));

function twoPresets(load: Load): Fixable {
  const offer = 'hard-coded-key-in-operation-header';
  const [scenario] = load(offer).filter(({ fix }) => fix);
  if (scenario === undefined) throw new Error(`${offer} has no scenario with a fix.`);
  const preset = scenario.given['apis/echo/operations/create'] as { readonly properties: object };
  const second = { properties: { ...preset.properties, displayName: 'Create another', method: 'POST', urlTemplate: '/resource/{again}' } };
  // Without a path of the call, every operation of the API can have been called.
  const paste = scenario.paste.replaceAll('/echo/resource', '/echo');
  return {
    name: `${offer} (two operations)`,
    offer,
    scenario: { ...scenario, paste, given: { ...scenario.given, 'apis/echo/operations/create-again': second } },
  };
}

export function kindOf([first, ...rest]: readonly Change[]): ChangeKind {
  if (first === undefined) throw new Error('A plan without a change.');
  if (rest.length > 0) return 'several fields';
  if (first.field.startsWith('!')) return 'action';
  if (/\/policies\/policy$/.test(first.on)) return 'policy';
  if (first.field !== '') return 'field';
  return /\/(products|gateways)\/[^/]+\/(apis|apiLinks)\/[^/]+$/.test(first.on) ? 'link' : 'whole resource';
}

/** Every value in the estates that only its owner may see. */
export function secretsIn(estates: unknown): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(estates, (key, value: unknown) => {
    if (/^(primaryKey|secondaryKey|defaultValue)$/.test(key) && typeof value === 'string' && value.length >= 16) found.add(value);
    return value;
  });
  return [...found];
}

/** One for each kind of change: the first of those whose name says it. */
export function onePerKind(all: readonly Fixable[]): readonly Fixable[] {
  const shapes = ['(subscriptions properties.state)', '(products/apis create)', '(gateways/apis create)', '(subscriptions create)'];
  return [...shapes, '(apis/policies properties.value)', 'rotate-pasted-key', '(two operations)'].map((shape) => {
    const found = all.find(({ name }) => name.includes(shape));
    if (found === undefined) throw new Error(`No fix is of the kind ${shape}.`);
    return found;
  });
}
