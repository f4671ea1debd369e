// What a service can do depends on its tier. Azure says so for its management API (MethodNotAllowedInPricingTier); in the portal an operation
// may just fail (seed 003). The table is Microsoft's feature comparison of 2026, where it and the seed disagree the table holds.
import type { PasteSign, Symptom } from '../../symptom/symptom.ts';
import { type Cause, confirmed, defineRule, factOrNull, ruledOut, suspected } from '../contract.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';
import { remedy } from './remedy.ts';

interface Feature {
  readonly name: string;
  readonly words: RegExp;
  /** SKU names, lower case. */
  readonly tiers: readonly string[];
}

const classic = ['developer', 'basic', 'standard', 'premium'];
const v2 = ['basicv2', 'standardv2', 'premiumv2'];

const features: readonly Feature[] = [
  {
    name: 'virtual network injection',
    words: /(?:external|internal|inject\w*)[^\n]{0,40}(?:vnet|virtual network)|(?:vnet|virtual network)[^\n]{0,20}inject/i,
    tiers: ['developer', 'premium', 'premiumv2'],
  },
  {
    name: 'outbound virtual network integration',
    words: /vnet integration|virtual network integration|outbound/i,
    tiers: ['standardv2', 'premiumv2'],
  },
  { name: 'virtual network injection', words: /vnet|virtual network/i, tiers: ['developer', 'premium', 'premiumv2'] },
  { name: 'private endpoints', words: /private (?:endpoint|link)/i, tiers: [...classic, 'standardv2', 'premiumv2'] },
  { name: 'several regions', words: /multi-?region|additional (?:location|region)|several regions/i, tiers: ['premium'] },
  { name: 'availability zones', words: /availability zone|zone redundan/i, tiers: ['premium', 'premiumv2'] },
  { name: 'self-hosted gateways', words: /self-?hosted gateway/i, tiers: ['developer', 'premium'] },
  { name: 'the developer portal', words: /developer portal/i, tiers: [...classic, ...v2] },
  { name: 'backup and restore', words: /\bbackup\b|\brestore\b/i, tiers: classic },
  { name: 'the built-in cache', words: /(?:built-?in|internal) cache/i, tiers: [...classic, ...v2] },
  { name: 'rate limits by key', words: /rate-limit-by-key|quota-by-key/i, tiers: [...classic, ...v2] },
  { name: 'groups and users', words: /\/(?:groups|users|identityProviders)\b|\bgroups?\b/i, tiers: [...classic, ...v2] },
];

export const rule = defineRule({
  id: 'tier-lacks-feature',
  code: 'N08',
  stage: 'configuration',
  title: 'The pricing tier does not have this feature',
  best: 'confirmed',
  needs: [],
  wants: ['service'],
  applies: (symptom) => (symptom.layer === 'not-a-401' || symptom.layer === 'arm-management') && tierSign(symptom) !== null,

  check({ symptom, service }) {
    const expected = 'a tier that has it';
    const sign = tierSign(symptom);
    if (sign === null) return ruledOut('The paste does not speak of a tier.', complaint(symptom, expected));
    const known = factOrNull(service);
    const sku = known?.sku?.toLowerCase() ?? null;
    const feature = features.find(({ words }) => words.test(sign.text)) ?? null;
    const tier =
      known === null || sku === null
        ? []
        : [{ at: `${known.armId}#/sku/name`, observed: known.sku ?? '', expected: feature?.tiers.join(', ') ?? expected }];
    const [place] = tier;
    const where =
      feature === null
        ? 'Compare the tiers in "Feature-based comparison of the Azure API Management tiers".'
        : `It is in: ${feature.tiers.map(tierName).join(', ')}.`;
    const own = known?.sku == null ? 'this tier' : `the tier ${known.sku}`;
    const change = 'Change the tier, or do without; not every tier can be changed into every other.';
    if (/InPricingTier|in \w{0,20} ?pricing tier/i.test(sign.text))
      return confirmed(
        `Azure says itself that ${own} does not have what was asked for. ${where} ${change}`,
        signEvidence(sign, expected),
        ...tier,
      );
    if (feature !== null && sku !== null && place !== undefined) {
      if (feature.tiers.includes(sku))
        return ruledOut(
          `${known?.name ?? 'The service'} is in ${own}, which has ${feature.name}; so the tier is not the reason.`,
          place,
          signEvidence(sign, expected),
        );
      return confirmed(
        `${known?.name ?? 'The service'} is in ${own}, which does not have ${feature.name}. ${where} ${change}`,
        place,
        signEvidence(sign, expected),
      );
    }
    return suspected(
      `The paste says that the tier does not have what was asked for. ${where} ${change}`,
      signEvidence(sign, expected),
      ...tier,
    );
  },
});

/** Somebody says that the tier lacks something; a tier that is merely named counts together with a feature of the table. */
function tierSign(symptom: Symptom): PasteSign | null {
  const named = signOf(symptom, 'tier-named');
  return signOf(symptom, 'tier-refused') ?? (named !== null && features.some(({ words }) => words.test(named.text)) ? named : null);
}

function tierName(sku: string): string {
  return sku.replace(/v2$/, ' v2').replace(/^./, (letter) => letter.toUpperCase());
}

export const cause: Cause = { rule, fix: null, remedy };
