// Shared reading for the two causes of a self-hosted gateway that lives on an old configuration (field guide G05, G06).
import type { SelfHostedFact } from '../snapshot/facts-transport.ts';
import type { ApiFact, KeyFact, ProductFact, Reading } from '../snapshot/snapshot.ts';
import type { Symptom } from '../symptom/symptom.ts';
import { factOrNull, type SomeEvidence } from './contract.ts';
import { complaint, fromKeyCheck } from './key-check.ts';
import { isGoodKey, toldOf } from './on-the-way.ts';

/** The paste speaks of a self-hosted gateway, or its host may be one: no host that Azure gives. */
export function aboutSelfHosted(symptom: Symptom): boolean {
  if (symptom.layer === 'azure-ai' || symptom.layer === 'arm-management') return false;
  if (toldOf(symptom, 'self-hosted-gateway', 'gateway-token', 'gateway-configuration') !== null) return true;
  return fromKeyCheck(symptom) && symptom.host !== null && !/\.azure-api\.(?:net|us|cn)$|^localhost$|^[\d.:[\]]+$/.test(symptom.host);
}

export function gatewayNamed(selfHosted: Reading<SelfHostedFact>): { readonly name: string; readonly armId: string } {
  const called = factOrNull(selfHosted)?.called ?? null;
  return called ?? { name: '(which one, the paste does not say)', armId: '<service>/gateways/<gateway>' };
}

interface Facts {
  readonly symptom: Symptom;
  readonly selfHosted: Reading<SelfHostedFact>;
  readonly key: Reading<KeyFact>;
  readonly api: Reading<ApiFact>;
  readonly apiProducts: Reading<readonly ProductFact[]>;
}

/** A key that Azure calls right is refused at a self-hosted gateway. */
export function staleThere({ symptom, selfHosted, key, api, apiProducts }: Facts): SomeEvidence | null {
  const [gateways, found, known, products] = [factOrNull(selfHosted), factOrNull(key), factOrNull(api), factOrNull(apiProducts)];
  if (gateways?.called == null || symptom.code !== 'key-invalid' || found === null || known === null || products === null) return null;
  if (!isGoodKey(found, known, products)) return null;
  return [
    { at: found.at, observed: `${found.shown} belongs to an active subscription that covers the API`, expected: 'a key that is refused' },
    { at: gateways.called.armId, observed: `the self-hosted gateway ${gateways.called.name} refused it`, expected: 'the gateway in Azure' },
    complaint(symptom, 'an answer of the API'),
  ];
}
