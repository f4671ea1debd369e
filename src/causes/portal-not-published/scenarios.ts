import type { Scenario } from '../contract.ts';

const blank = 'Our developer portal shows a blank page since we created the instance.';
const revision = (status: string, isCurrent: boolean) => ({
  'portalRevisions/20261101': {
    properties: {
      description: 'First',
      status,
      isCurrent,
      createdDateTime: '2026-11-01T00:00:00Z',
      updatedDateTime: '2026-11-01T00:10:00Z',
    },
  },
});

export const scenarios: readonly Scenario[] = [
  {
    name: 'the developer portal is blank and was never published',
    paste: blank,
    given: {},
    expect: { confirmed: ['portal-not-published'], headline: 'portal-not-published' },
    fix: null,
  },
  {
    name: 'the developer portal is blank and its only publishing failed',
    paste: blank,
    given: revision('failed', false),
    expect: { confirmed: ['portal-not-published'] },
  },
  {
    name: 'the developer portal is blank and its revisions may not be read',
    paste: blank,
    given: {},
    denied: ['Microsoft.ApiManagement/service/portalRevisions/read'],
    expect: { confirmed: ['arm-permission-missing'], suspected: ['portal-not-published'] },
  },
  {
    name: 'the healthy twin: the developer portal is blank although it is published',
    paste: blank,
    given: revision('completed', true),
    expect: { confirmed: [], headline: null },
  },
];
