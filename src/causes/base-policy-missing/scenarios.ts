import type { Scenario } from '../contract.ts';
import { policy, refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the API leaves out what brings the backend its token',
    paste: refused(''),
    given: {
      'policies/policy': policy('<authentication-basic username="a" password="{{backend-password}}" />'),
      'apis/echo/policies/policy': policy('<set-header name="x-a" exists-action="override">\n      <value>1</value>\n    </set-header>'),
    },
    fix: ['apis/echo/policies/policy properties.value: + <base />'],
    expect: { confirmed: [], suspected: ['base-policy-missing'], headline: 'base-policy-missing' },
  },
  {
    name: 'the healthy twin: the API takes in what stands above',
    paste: refused(''),
    given: {
      'policies/policy': policy('<authentication-basic username="a" password="{{backend-password}}" />'),
      'apis/echo/policies/policy': policy('<base />'),
    },
    expect: { confirmed: [] },
  },
  {
    name: 'what is left out has nothing to do with who gets in',
    paste: refused(''),
    given: {
      'policies/policy': policy('<set-variable name="a" value="1" />'),
      'apis/echo/policies/policy': policy('<rate-limit calls="5" renewal-period="60" />'),
    },
    expect: { confirmed: [] },
  },
];
