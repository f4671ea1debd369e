import type { Scenario } from '../contract.ts';
import { answered } from '../sample-pastes.ts';

const renamed = { 'apis/echo': { properties: { subscriptionKeyParameterNames: { header: 'x-contoso-key', query: 'contoso-key' } } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'a linked Static Web App calls an API with a header name of its own',
    paste: `The API linked to our Static Web App answers:\n${answered('missing', '/echo', 'x-contoso-key')}`,
    given: renamed,
    expect: {
      confirmed: ['key-parameter-renamed'],
      suspected: ['key-not-sent', 'linked-app-sends-default-header'],
      headline: 'key-parameter-renamed',
    },
    fix: null,
  },
  {
    name: 'another caller of an API with a header name of its own is not taken for a linked app',
    paste: answered('missing', '/echo', 'x-contoso-key'),
    given: renamed,
    expect: { confirmed: ['key-parameter-renamed'], suspected: ['key-not-sent'] },
  },
  {
    name: 'the healthy twin: the API that the Static Web App is linked to reads the default header',
    paste: `The API linked to our Static Web App answers:\n${answered('missing')}`,
    given: {},
    expect: { confirmed: [], suspected: ['key-not-sent'] },
  },
];
