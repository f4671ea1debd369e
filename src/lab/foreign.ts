// Resources of other providers that an estate names by their full id (Cognitive Services accounts, role assignments): read only.
import { createHash } from 'node:crypto';
import { type ArmAnswer, armError } from './arm-answer.ts';
import type { EstateFile, EstateResource } from './estate.ts';
import { type DraftObject, isObject, type JsonObject } from './json.ts';
import { assignmentsAnswer } from './role-assignments.ts';

function typeOfId(id: string): string {
  const after = id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length).split('/');
  return [after[0] ?? '', ...after.slice(1).filter((_, index) => index % 2 === 0)].join('/');
}

function bodyOf(resource: EstateResource): JsonObject {
  const body: DraftObject = { id: resource.id, name: resource.id.slice(resource.id.lastIndexOf('/') + 1), type: typeOfId(resource.id) };
  for (const [key, value] of Object.entries(resource)) if (key !== 'keys' && key !== 'members' && !(key in body)) body[key] = value;
  return body;
}

/** The action of a request on another provider's resource. */
export function foreignAction(method: string, id: string): string {
  const type = typeOfId(method === 'POST' ? id.slice(0, id.lastIndexOf('/')) : id);
  return method === 'POST' ? `${type}/${id.slice(id.lastIndexOf('/') + 1)}/action` : `${type}/read`;
}

/** GET of a resource or of a list at its scope, and POST listKeys. */
export function foreignAnswer(estates: readonly EstateFile[], method: string, id: string, filter: string | null = null): ArmAnswer {
  const resources = estates.flatMap((estate) => estate.resources.filter((resource) => resource.id.startsWith('/')));
  const find = (wanted: string): EstateResource | undefined =>
    resources.find((resource) => resource.id.toLowerCase() === wanted.toLowerCase());
  const [parent, last] = [id.slice(0, id.lastIndexOf('/')), id.slice(id.lastIndexOf('/') + 1)];

  if (method === 'POST') {
    const owner = find(parent);
    if (owner === undefined || last.toLowerCase() !== 'listkeys') return missing(parent);
    // Where keys are switched off Azure lists none: "Failed to list key. disableLocalAuth is set to be true" (seen by users of Terraform and VS Code).
    if (isObject(owner.properties) && owner.properties.disableLocalAuth === true)
      return armError(400, 'BadRequest', 'Failed to list key. disableLocalAuth is set to be true');
    return { status: 200, body: owner.keys ?? { key1: madeUpKey(parent, 1), key2: madeUpKey(parent, 2) }, oneLine: true };
  }
  if (method !== 'GET') return armError(405, 'MethodNotAllowed', `The requested resource does not support http method '${method}'.`);
  const one = find(id);
  if (one) return { status: 200, body: bodyOf(one), oneLine: true };
  const at = id.toLowerCase().lastIndexOf('/providers/');
  const [scope, rest] = [id.slice(0, at).toLowerCase(), id.slice(at + '/providers/'.length).split('/')];
  if (rest.length % 2 === 1) return missing(id);
  const type = typeOfId(`${id}/x`).toLowerCase();
  if (type === 'microsoft.authorization/roleassignments') return assignmentsAnswer(resources, scope, filter, bodyOf);
  const value = resources.filter(
    (resource) => typeOfId(resource.id).toLowerCase() === type && resource.id.toLowerCase().startsWith(`${scope}/`),
  );
  return { status: 200, body: { value: value.map(bodyOf) }, oneLine: true };
}

/** 32 hex digits that stay the same for an account whose keys the estate does not give. */
function madeUpKey(id: string, slot: number): string {
  return createHash('md5').update(`${id.toLowerCase()} key${slot}`).digest('hex');
}

function missing(id: string): ArmAnswer {
  const group = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';
  const name = `${typeOfId(id)}/${id.slice(id.lastIndexOf('/') + 1)}`;
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
