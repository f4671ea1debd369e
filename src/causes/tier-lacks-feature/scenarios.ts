import type { Scenario } from '../contract.ts';

const sku = (name: string) => ({ '.': { sku: { name, capacity: 1 } } });
const regions = 'Adding an additional location failed: multi-region deployment requires the Premium tier.';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the management API says that the tier does not allow the method',
    paste: '{"error":{"code":"MethodNotAllowedInPricingTier","message":"Method not allowed in Consumption pricing tier","details":null}}',
    given: sku('Consumption'),
    expect: { confirmed: ['tier-lacks-feature'], headline: 'tier-lacks-feature' },
    fix: null,
  },
  {
    name: 'a second region is wanted in the Developer tier',
    paste: regions,
    given: {},
    expect: { confirmed: ['tier-lacks-feature'] },
  },
  {
    name: 'a feature that is not in the table is said to be missing from the tier',
    paste: 'This feature is not available in the current tier.',
    given: {},
    expect: { confirmed: [], suspected: ['tier-lacks-feature'] },
  },
  {
    name: 'a virtual network is wanted in the Consumption tier',
    paste: 'Deploying into a VNet fails in the Consumption tier with "operation failed".',
    given: sku('Consumption'),
    expect: { confirmed: ['tier-lacks-feature'] },
  },
  {
    name: 'a virtual network is wanted in the Developer tier, which has it, whatever others write',
    paste: 'Deploying into an external VNet fails in the Developer tier with "operation failed".',
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the healthy twin: a second region is wanted in the Premium tier, which has them',
    paste: regions,
    given: sku('Premium'),
    expect: { confirmed: [], headline: null },
  },
];
