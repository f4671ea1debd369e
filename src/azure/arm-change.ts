// Change -> one ARM request. What is sent and what is printed for a terminal come from here, so that they are the same.
import type { PlannedChange } from '../remediation/plan-record.ts';
import type { ArmExchange } from './arm-http.ts';

export type ArmRequest = Pick<ArmExchange, 'method' | 'path' | 'body' | 'ifMatch'>;

/** The request that makes the change. The method and body follow from the change, no cause is known here. */
export function requestFor(change: PlannedChange): ArmRequest {
  const path = change.on;
  // An action has neither body nor If-Match; a long-running one answers 202 and a Location, which means that it was accepted.
  if (isAction(change)) return { method: 'POST', path: `${path}/${change.field.slice(1)}` };
  const ifMatch = change.etag === null ? {} : { ifMatch: change.etag };
  // A policy has no PATCH; what it has beside its text is the format that the text is in.
  if (isPolicyText(change)) return { method: 'PUT', path, body: { properties: { format: 'rawxml', value: change.after } }, ...ifMatch };
  if (change.field !== '') return { method: 'PATCH', path, body: nested(change.field, change.after), ...ifMatch };
  if (change.after === null) return { method: 'DELETE', path, ...ifMatch };
  // The link's PUT has no body (arm-sdk-notes.md, productApi.createOrUpdate).
  return isLink(path) ? { method: 'PUT', path } : { method: 'PUT', path, body: change.after, ...ifMatch };
}

type Target = Pick<PlannedChange, 'on' | 'field'>;

export function isAction({ field }: Target): boolean {
  return field.startsWith('!');
}

/** Read and written as rawxml, so that expressions stay as their author wrote them (field guide, section d). */
export function isPolicyText({ on, field }: Target): boolean {
  return field === 'properties.value' && /\/policies\/policy$/i.test(on);
}

export function isLink(armId: string): boolean {
  return /\/(products|gateways)\/[^/]+\/apis\/[^/]+$/i.test(armId);
}

function nested(field: string, value: unknown): unknown {
  return field.split('.').reduceRight((inner, part) => ({ [part]: inner }), value);
}
