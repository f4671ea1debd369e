import type { Scenario } from '../contract.ts';
import { wrongKeyOrEndpoint } from '../sample-ai.ts';

const old =
  'Microsoft.ProjectOxford.Face.FaceAPIException: Exception of type FaceAPIException was thrown.\n   at FaceServiceClient.SendRequestAsync()';

export const scenarios: readonly Scenario[] = [
  {
    name: 'an old client library gets a 401, and nothing says that it was given an address',
    paste: `${old}\n${wrongKeyOrEndpoint}`,
    given: {},
    expect: { confirmed: [], suspected: ['ai-client-endpoint-fixed'], headline: 'ai-client-endpoint-fixed' },
    fix: null,
  },
  {
    name: 'the healthy twin: the old client library was given the address of another region',
    paste: `${old}\nRequest: https://westeurope.api.cognitive.microsoft.com/face/v1.0/detect\n${wrongKeyOrEndpoint}`,
    given: {},
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the same AI refusal without the name of a client',
    paste: wrongKeyOrEndpoint,
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
