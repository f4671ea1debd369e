import type { Scenario } from '../contract.ts';
import { aiKeyRefused, echoAt, echoAtOpenAi, echoPolicy } from '../sample-backend.ts';

const ownKey = '<set-header name="api-key" exists-action="override"><value>{{openai-key}}</value></set-header>';
const namedValue = { 'namedValues/openai-key': { properties: { displayName: 'openai-key', secret: true, value: 'made-up-value' } } };

export const scenarios: readonly Scenario[] = [
  {
    name: 'an API at Azure OpenAI, and nothing takes the gateway key away',
    paste: aiKeyRefused,
    given: echoAtOpenAi,
    expect: { confirmed: ['key-forwarded-to-backend'], headline: 'key-forwarded-to-backend' },
    fix: null,
  },
  {
    name: 'a backend entity at Azure AI that a policy chooses, without a credential of its own',
    paste: aiKeyRefused,
    given: {
      ...echoPolicy('<set-backend-service backend-id="speech" />'),
      'backends/speech': { properties: { url: 'https://westeurope.api.cognitive.microsoft.com/', protocol: 'http' } },
    },
    expect: { confirmed: ['key-forwarded-to-backend'], headline: 'key-forwarded-to-backend' },
  },
  {
    name: 'the key is taken away only under a condition',
    paste: aiKeyRefused,
    given: {
      ...echoAt('https://westeurope.api.cognitive.microsoft.com/vision'),
      ...echoPolicy(
        '<choose><when condition="@(context.Request.Method == &quot;POST&quot;)"><set-header name="Ocp-Apim-Subscription-Key" exists-action="delete" /></when></choose>',
      ),
    },
    expect: { confirmed: [], suspected: ['key-forwarded-to-backend'] },
  },
  {
    name: "the healthy twin: a policy puts the AI account's key in its place",
    paste: aiKeyRefused,
    given: { ...echoAtOpenAi, ...echoPolicy(ownKey), ...namedValue },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the backend entity brings the key of the AI account itself',
    paste: aiKeyRefused,
    given: {
      ...echoPolicy('<set-backend-service backend-id="openai" />'),
      ...namedValue,
      'backends/openai': {
        properties: {
          url: 'https://chat-east.openai.azure.com/openai',
          protocol: 'http',
          credentials: { header: { 'api-key': ['{{openai-key}}'] } },
        },
      },
    },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a backend that is no Azure AI service gets the key too and does not read it',
    paste: aiKeyRefused,
    given: {},
    expect: { confirmed: [], headline: null },
  },
];
