// What runs for the call, in the gateway's order: `<base />` stands for the scope above, fragments for their statements
// (field guide, section c, policies; learn.microsoft.com/azure/api-management/set-edit-policies, "base" and evaluation order).
import type { PoliciesFact, PolicyDocument } from '../facts-policies.ts';
import { childrenNamed, type Statement } from './statement.ts';

export type Section = 'inbound' | 'backend' | 'outbound' | 'on-error';

export interface Running {
  readonly statement: Statement;
  readonly section: Section;
  readonly document: PolicyDocument;
  /** What only run time decides: each one has to hold for the statement to run. Empty: it runs for every call. */
  readonly conditions: readonly string[];
  /** For evidence: ARM id and pointer of the document. */
  readonly at: string;
  /** For a person: `the policy of the API Echo API, line 12`. */
  readonly where: string;
}

const parents: Readonly<Record<PolicyDocument['scope'], number>> = {
  service: 0,
  workspace: 1,
  product: 2,
  api: 3,
  operation: 4,
  fragment: 5,
};
/** Statements whose children run as statements; those of others (send-request, return-response) are parts of them. */
const wrappers = new Set(['retry', 'limit-concurrency', 'wait']);
/** Fragments in fragments, at most this deep. */
const deepestFragment = 5;

/** Every statement that can run in a section for the call, in order, with what it depends on. */
export function running(policies: PoliciesFact, section: Section): readonly Running[] {
  const levels = [...new Set(policies.documents.map(({ scope }) => parents[scope]))].sort((a, b) => b - a);
  return atLevel(policies, section, levels, 0);
}

function atLevel(policies: PoliciesFact, section: Section, levels: readonly number[], depth: number): readonly Running[] {
  const level = levels[depth];
  if (level === undefined) return [];
  const above = (): readonly Running[] => atLevel(policies, section, levels, depth + 1);
  const here = policies.documents.filter((one) => parents[one.scope] === level);
  const readable = here.filter((one) => one.root !== null);
  if (readable.length === 0) return above();
  const inherited = above();
  const whole = readable.map((document) => ({ document, part: sectionOf(document, section) }));
  if (here.every(({ scope }) => scope !== 'product') || policies.productKnown) {
    return whole.flatMap(({ document, part }) =>
      part === null ? [] : steps(policies, document, section, part.children, [], inherited, 0),
    );
  }
  // One of several products at most: its own statements hang on that, what it inherits runs in any case.
  const own = whole.flatMap(({ document, part }) =>
    part === null ? [] : steps(policies, document, section, part.children, [`the call is made in ${document.of}`], [], 0),
  );
  return [...inherited, ...own];
}

/** The section of a document, or null when it has none. */
export function sectionOf(document: PolicyDocument, section: Section): Statement | null {
  return document.root === null ? null : (childrenNamed(document.root, section)[0] ?? null);
}

function steps(
  policies: PoliciesFact,
  document: PolicyDocument,
  section: Section,
  statements: readonly Statement[],
  conditions: readonly string[],
  inherited: readonly Running[],
  depth: number,
): readonly Running[] {
  const inner = (children: readonly Statement[], more: readonly string[]): readonly Running[] =>
    steps(policies, document, section, children, [...conditions, ...more], inherited, depth);
  return statements.flatMap((statement): readonly Running[] => {
    if (statement.name === 'base') return inherited;
    if (statement.name === 'choose') return choices(statement, inner);
    if (wrappers.has(statement.name)) return [at(document, section, statement, conditions), ...inner(statement.children, [])];
    if (statement.name !== 'include-fragment') return [at(document, section, statement, conditions)];
    const fragment = policies.fragments.find((one) => sameId(one, statement.attributes['fragment-id'] ?? ''));
    if (fragment?.root == null || depth >= deepestFragment) return [];
    return steps(policies, fragment, section, fragment.root.children, conditions, [], depth + 1);
  });
}

function choices(
  choose: Statement,
  inner: (children: readonly Statement[], more: readonly string[]) => readonly Running[],
): readonly Running[] {
  const earlier: string[] = [];
  return choose.children.flatMap((branch) => {
    if (branch.name === 'when') {
      const condition = branch.attributes.condition ?? '';
      const found = inner(branch.children, condition.trim().toLowerCase() === 'true' ? [] : [condition]);
      earlier.push(condition);
      return found;
    }
    return branch.name === 'otherwise' ? inner(branch.children, [`none of: ${earlier.join('; ')}`]) : [];
  });
}

function at(document: PolicyDocument, section: Section, statement: Statement, conditions: readonly string[]): Running {
  return {
    statement,
    section,
    document,
    conditions,
    at: `${document.armId}#/properties/value`,
    where: `the ${document.scope === 'fragment' ? 'fragment' : 'policy of'} ${document.of}, line ${statement.line}`,
  };
}

function sameId(fragment: PolicyDocument, id: string): boolean {
  return fragment.armId.toLowerCase().endsWith(`/policyfragments/${id.toLowerCase()}`);
}

export interface MissingBase {
  readonly document: PolicyDocument;
  readonly section: Section;
  readonly line: number;
  /** The documents above that do not run because of it, nearest first. */
  readonly dropped: readonly PolicyDocument[];
}

/** Sections that leave out `<base />`, so that the scopes above do not run, where there is something above. */
export function missingBases(policies: PoliciesFact): readonly MissingBase[] {
  return policies.documents.flatMap((document) => {
    if (document.root === null) return [];
    const above = policies.documents.filter((one) => parents[one.scope] < parents[document.scope] && one.root !== null).toReversed();
    return (['inbound', 'backend', 'outbound', 'on-error'] as const).flatMap((section) => {
      const part = sectionOf(document, section);
      const dropped = above.filter((one) => (sectionOf(one, section)?.children.length ?? 0) > 0);
      if (dropped.length === 0 || (part !== null && hasBase(part))) return [];
      return [{ document, section, line: part?.line ?? document.root?.line ?? 1, dropped }];
    });
  });
}

function hasBase(part: Statement): boolean {
  return part.children.some((child) => child.name === 'base' || hasBase(child));
}
