import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const call = calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}');
const owned = { 'subscriptions/mobile-app': { properties: { ownerId: '/users/team' } } };

function team(state: string): Record<string, unknown> {
  return { 'users/team': { properties: { firstName: 'App', lastName: 'Team', email: 'team@contoso.example', state } } };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'the user who owns the subscription is blocked',
    paste: call,
    given: { ...team('blocked'), ...owned },
    expect: { confirmed: [], suspected: ['subscription-owner-blocked'], headline: 'subscription-owner-blocked' },
    fix: ['users/team properties.state: blocked -> active'],
  },
  {
    name: 'the healthy twin: the user who owns the subscription is active',
    paste: call,
    given: { ...team('active'), ...owned },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'another user is blocked, and the subscription has no owner',
    paste: call,
    given: { ...team('blocked'), 'subscriptions/mobile-app': { properties: { state: 'suspended' } } },
    expect: { confirmed: ['subscription-suspended'] },
  },
  {
    name: 'the users may not be read, so nothing is guessed',
    paste: call,
    given: { ...team('blocked'), ...owned },
    denied: ['Microsoft.ApiManagement/service/users/read'],
    expect: { confirmed: ['arm-permission-missing'], unknown: ['subscription-owner-blocked'] },
  },
];
