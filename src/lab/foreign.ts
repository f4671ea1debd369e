// Resources of other providers that an estate names by their full id (Cognitive Services accounts, role assignments): read only.
import { type ArmAnswer, armError } from './arm-answer.ts';
import type { EstateFile, EstateResource } from './estate.ts';
import type { DraftObject, JsonObject } from './json.ts';
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
    const keys = find(parent)?.keys;
    if (last.toLowerCase() === 'listkeys' && keys !== undefined) return { status: 200, body: keys, oneLine: true };
    return missing(parent);
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

function missing(id: string): ArmAnswer {
  const group = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';
  const name = `${typeOfId(id)}/${id.slice(id.lastIndexOf('/') + 1)}`;
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
