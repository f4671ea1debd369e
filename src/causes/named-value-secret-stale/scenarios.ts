import type { Scenario } from '../contract.ts';
import { aiKeyRefused, echoAtOpenAi, echoPolicy, emptyRefusal } from '../sample-backend.ts';

const ownKey = '<set-header name="api-key" exists-action="override"><value>{{openai-key}}</value></set-header>';

function fromVault(
  code: string,
  message?: string,
  secret = 'https://contoso.vault.azure.net/secrets/openai',
): Readonly<Record<string, unknown>> {
  const lastStatus = { code, timeStampUtc: '2026-11-19T09:00:00Z', ...(message === undefined ? {} : { message }) };
  // The id differs from the display name, which is what policies write.
  return {
    'namedValues/nv1': { properties: { displayName: 'openai-key', secret: true, keyVault: { secretIdentifier: secret, lastStatus } } },
  };
}

const withKey = { ...echoAtOpenAi, ...echoPolicy(ownKey) };

export const scenarios: readonly Scenario[] = [
  {
    name: 'the key of the AI account could not be fetched from Key Vault because the vault timed out',
    paste: aiKeyRefused,
    given: { ...withKey, ...fromVault('InternalServerError', 'The request timed out.') },
    expect: { confirmed: [], suspected: ['named-value-secret-stale'], headline: 'named-value-secret-stale' },
    fix: ['namedValues/nv1: runs refreshSecret'],
  },
  {
    name: 'the vault refuses the service, so no button is offered',
    paste: aiKeyRefused,
    given: { ...withKey, ...fromVault('Forbidden', 'Caller is not authorized.') },
    expect: { confirmed: [], suspected: ['named-value-secret-stale'] },
    fix: null,
  },
  {
    name: 'a backend entity brings a key whose secret is gone from the vault',
    paste: emptyRefusal,
    given: {
      ...fromVault('SecretNotFound'),
      ...echoPolicy('<set-backend-service backend-id="orders" />'),
      'backends/orders': {
        properties: { url: 'https://orders.example/', protocol: 'http', credentials: { header: { 'x-api-key': ['{{openai-key}}'] } } },
      },
    },
    expect: { confirmed: [], suspected: ['named-value-secret-stale'] },
    fix: null,
  },
  {
    name: 'the healthy twin: the secret was fetched at the last try',
    paste: aiKeyRefused,
    given: { ...withKey, ...fromVault('Success') },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'a named value that failed and that this call does not use',
    paste: aiKeyRefused,
    given: {
      ...echoAtOpenAi,
      ...echoPolicy(ownKey.replace('openai-key', 'other-key')),
      ...fromVault('InternalServerError'),
      'namedValues/nv2': { properties: { displayName: 'other-key', secret: true, value: 'made-up-value' } },
    },
    expect: { confirmed: [], headline: null },
  },
];
