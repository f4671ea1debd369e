import type { Scenario } from '../contract.ts';
import { application, policy, refused, refusedToken, tenant } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'an application that is not on the list',
    paste: refusedToken('Invalid Azure AD JWT'),
    given: {
      'apis/echo/policies/policy': policy(
        `<base />\n    <validate-azure-ad-token tenant-id="${tenant}">\n      <client-application-ids>\n        <application-id>66666666-6666-4666-8666-666666666666</application-id>\n      </client-application-ids>\n    </validate-azure-ad-token>`,
      ),
    },
    fix: [`apis/echo/policies/policy properties.value: + <application-id>${application}</application-id>`],
    expect: { confirmed: ['client-application-not-allowed'], headline: 'client-application-not-allowed' },
  },
  {
    name: 'the healthy twin: the application is on the list',
    paste: refusedToken('Invalid Azure AD JWT', { azp: '66666666-6666-4666-8666-666666666666' }),
    given: {
      'apis/echo/policies/policy': policy(
        `<base />\n    <validate-azure-ad-token tenant-id="${tenant}">\n      <client-application-ids>\n        <application-id>66666666-6666-4666-8666-666666666666</application-id>\n      </client-application-ids>\n    </validate-azure-ad-token>`,
      ),
    },
    expect: { confirmed: [] },
  },
  {
    name: 'without the token each check of the statement is suspected, the list among them',
    paste: refused('Invalid Azure AD JWT'),
    given: {
      'apis/echo/policies/policy': policy(
        `<base />\n    <validate-azure-ad-token tenant-id="${tenant}">\n      <client-application-ids>\n        <application-id>66666666-6666-4666-8666-666666666666</application-id>\n      </client-application-ids>\n    </validate-azure-ad-token>`,
      ),
    },
    expect: {
      confirmed: [],
      suspected: ['client-application-not-allowed', 'token-expired-or-clock-skew', 'token-issuer-mismatch'],
    },
  },
];
