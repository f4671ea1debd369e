// Keys and tokens of self-hosted gateways. Keys are made when first asked for, unless the estate has them.
import { createHmac } from 'node:crypto';
import { type ArmAnswer, empty, ok, validationError } from './arm-answer.ts';
import { type ArmRequest, readBody } from './arm-request.ts';
import { textOf } from './json.ts';
import { etagOf, nameOf, type Resource } from './resource.ts';
import { newKey } from './shapes.ts';

const slots = ['primary', 'secondary'] as const;
type Slot = (typeof slots)[number];

function keyOf(gateway: Resource, slot: Slot): string {
  const known = textOf(gateway.properties[`${slot}Key`]);
  if (known !== null) return known;
  const made = newKey();
  gateway.properties = { ...gateway.properties, [`${slot}Key`]: made };
  return made;
}

function slotIn(body: { readonly keyType?: unknown }): Slot | null {
  return slots.find((slot) => slot === String(body.keyType).toLowerCase()) ?? null;
}

export function listGatewayKeys(_: ArmRequest, gateway: Resource): ArmAnswer {
  return ok({ primary: keyOf(gateway, 'primary'), secondary: keyOf(gateway, 'secondary') }, etagOf(gateway));
}

/** Every token of that key ends with it. */
export function regenerateGatewayKey(request: ArmRequest, gateway: Resource): ArmAnswer {
  const parsed = readBody(request.bodyText);
  if ('refused' in parsed) return parsed.refused;
  const slot = slotIn(parsed.body);
  if (slot === null) return validationError('keyType', "'keyType' should be 'primary' or 'secondary'.");
  gateway.properties = { ...gateway.properties, [`${slot}Key`]: newKey() };
  request.store.touch(gateway);
  return empty(204);
}

/** `NAME&YYYYMMDDhhmm&SIGNATURE`, for 30 days at most. */
export function generateGatewayToken(request: ArmRequest, gateway: Resource): ArmAnswer {
  const parsed = readBody(request.bodyText);
  if ('refused' in parsed) return parsed.refused;
  const slot = slotIn(parsed.body);
  if (slot === null) return validationError('keyType', "'keyType' should be 'primary' or 'secondary'.");
  const expiry = Date.parse(textOf(parsed.body.expiry) ?? '');
  const now = request.store.clock.now();
  if (Number.isNaN(expiry)) return validationError('expiry', "'expiry' is not a date.");
  if (expiry <= now || expiry > now + 30 * 24 * 3600 * 1000) {
    return validationError('expiry', "'expiry' must lie in the next 30 days.");
  }
  const said = `${nameOf(gateway.path)}&${new Date(expiry).toISOString().replaceAll(/[-T:]/g, '').slice(0, 12)}`;
  const signature = createHmac('sha512', keyOf(gateway, slot)).update(said).digest('base64');
  return ok({ value: `${said}&${signature}` });
}
