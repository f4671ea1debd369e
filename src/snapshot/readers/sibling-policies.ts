// Where a backend's credential may stand when nothing that runs for the call has one: the other operations of the API.
import { type Collecting, read } from '../collecting.ts';
import type { PolicyDocument } from '../facts-policies.ts';
import { text } from '../from-arm.ts';
import { masked } from '../policies/mask.ts';
import type { Running } from '../policies/running.ts';
import { scanPolicy } from '../policies/scan.ts';
import { withAllInside } from '../policies/statement.ts';
import type { ApiFact, Reading } from '../snapshot.ts';
import { credentialsIn, type Way } from '../way-to-backend.ts';
import { documentText, operationList } from './policies.ts';

const mostSiblings = 6;

export async function readSiblings(collecting: Collecting, way: Way, api: ApiFact): Promise<Reading<readonly PolicyDocument[]>> {
  const policies = await collecting.fact('policies');
  if (policies.status === 'unreadable') return policies;
  const { documents, bypassed, operationKnown } = policies.value;
  // What signs in already, or stands in a policy that was read, needs no further search.
  if (!operationKnown || way.credentials.length > 0 || [...documents, ...bypassed].some(signsIn)) return read([]);
  const listed = await operationList(collecting, api);
  if (listed.status === 'unreadable') return listed;
  const own = documents.filter(({ scope }) => scope === 'operation').map(({ armId }) => armId.toLowerCase());
  const others = listed.value.items.filter(({ id }) => !own.includes(`${id}/policies/policy`.toLowerCase())).slice(0, mostSiblings);
  const found = await Promise.all(
    others.map(async ({ id, name, properties }): Promise<readonly PolicyDocument[]> => {
      const armId = `${id}/policies/policy`;
      const got = await documentText(collecting, armId);
      const scanned = got.status === 'read' && got.value !== null ? scanPolicy(got.value) : null;
      if (scanned?.kind !== 'document') return [];
      const root = masked(scanned.root, collecting.question.hash);
      return [{ scope: 'operation', armId, of: `the operation ${text(properties.displayName) ?? name}`, state: 'read', says: null, root }];
    }),
  );
  return read(found.flat());
}

/** A policy document with a statement that signs in at the backend, wherever in it. */
function signsIn(document: PolicyDocument): boolean {
  const { root } = document;
  if (root === null) return false;
  const steps = withAllInside(root).map(
    (statement): Running => ({ statement, section: 'inbound', document, conditions: [], at: document.armId, where: document.of }),
  );
  return steps.some((step) => credentialsIn(step, steps).length > 0);
}
