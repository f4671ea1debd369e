import { writingOf } from '../../src/causes/policy-edit.ts';

const service = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';

describe('the permission that writing a policy needs', () => {
  it.each([
    ['policies/policy', 'policies'],
    ['products/starter/policies/policy', 'products/policies'],
    ['apis/echo/policies/policy', 'apis/policies'],
    ['apis/echo/operations/get/policies/policy', 'apis/operations/policies'],
    ['workspaces/w/apis/echo/policies/policy', 'workspaces/apis/policies'],
  ])('is that of its scope: %s', (policy, types) => {
    expect(writingOf(`${service}/${policy}`)).toBe(`Microsoft.ApiManagement/service/${types}/write`);
  });
});
