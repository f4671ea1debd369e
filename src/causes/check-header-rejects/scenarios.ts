import type { Scenario } from '../contract.ts';
import { logged, policy, refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the pasted text is that of check-header',
    paste: refused('Not authorized'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><check-header name="X-Partner" failed-check-httpcode="401" failed-check-error-message="Not authorized" ignore-case="false"><value>made-up-1</value></check-header>',
      ),
    },
    expect: { confirmed: ['check-header-rejects'], headline: 'check-header-rejects' },
  },
  {
    name: 'the log names the header',
    paste: logged('HeaderValueNotAllowed', 'check-header'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><check-header name="X-Partner" failed-check-httpcode="401" failed-check-error-message="Not authorized" ignore-case="false"><value>made-up-1</value></check-header>',
      ),
    },
    expect: { confirmed: [], suspected: ['check-header-rejects'] },
  },
  {
    name: 'the healthy twin: another text than that of check-header',
    paste: refused('Come back tomorrow'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><check-header name="X-Partner" failed-check-httpcode="401" failed-check-error-message="Not authorized" ignore-case="false"><value>made-up-1</value></check-header>',
      ),
    },
    expect: { confirmed: [] },
  },
];
