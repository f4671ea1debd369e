import type { Scenario } from '../contract.ts';
import { calledWith } from '../sample-pastes.ts';

const wrong = 'Ocp-Apim-Subscription-Key: 0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f';

export const scenarios: readonly Scenario[] = [
  {
    name: 'an unknown key in the header hides the right one in the query',
    paste: calledWith(wrong, '/echo/resource?subscription-key={key:mobile-app}'),
    given: {},
    expect: { confirmed: ['wrong-header-shadows-query'], headline: 'wrong-header-shadows-query' },
    fix: null,
  },
  {
    name: 'the key in the query is hidden in the paste, so that it is right is only suspected',
    paste: calledWith(wrong, '/echo/resource?subscription-key=********'),
    given: {},
    expect: { confirmed: [], suspected: ['wrong-header-shadows-query'] },
  },
  {
    name: 'the healthy twin: header and query carry the same right key',
    paste: calledWith('Ocp-Apim-Subscription-Key: {key:mobile-app}', '/echo/resource?subscription-key={key:mobile-app}'),
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the key in the query belongs to another product, so removing the header would not help',
    paste: calledWith(wrong, '/echo/resource?subscription-key={key:partner-app}'),
    given: {},
    expect: { confirmed: [] },
  },
];
