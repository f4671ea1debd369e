import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the client sends the word undefined',
    paste: calledWith('Ocp-Apim-Subscription-Key: undefined'),
    given: {},
    expect: { confirmed: ['key-mangled-by-client'], headline: 'key-mangled-by-client' },
    fix: null,
  },
  {
    name: 'the client sends a placeholder that was not filled in',
    paste: calledWith('Ocp-Apim-Subscription-Key: {{subscription-key}}'),
    given: {},
    expect: { confirmed: ['key-mangled-by-client'] },
  },
  {
    name: 'the client sends the key inside quotation marks',
    paste: calledWith('Ocp-Apim-Subscription-Key: "{key:mobile-app}"'),
    given: {},
    expect: { confirmed: ['key-mangled-by-client'] },
  },
  {
    name: 'the client sends two keys in one header',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app},{key:partner-app}'),
    given: {},
    expect: { confirmed: ['key-mangled-by-client'] },
  },
  {
    name: 'the value that was sent is only the first half of a key',
    paste: calledWith('Ocp-Apim-Subscription-Key: a10fa10fa10fa10f'),
    given: {},
    expect: { confirmed: [], suspected: ['key-mangled-by-client'] },
  },
  {
    name: 'the value that was sent begins like a key and ends otherwise',
    paste: calledWith('Ocp-Apim-Subscription-Key: a10fa10fa10fa10fa10fa10fa10fa10e'),
    given: {},
    expect: { confirmed: [], suspected: ['key-mangled-by-client'] },
  },
  {
    name: 'the healthy twin: the key is sent whole and unchanged',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'an unknown key of the usual form shows no sign of damage',
    paste: calledWith('Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
