import type { Scenario } from '../contract.ts';
import { echoAt, echoPolicy, emptyRefusal, throughGateway, withIdentity } from '../sample-backend.ts';

const app = echoAt('https://orders-app.azurewebsites.net');

export const scenarios: readonly Scenario[] = [
  {
    name: 'the words of App Service authentication, through the gateway',
    paste: throughGateway(['You do not have permission to view this directory or page.', 'Content-Type: text/html']),
    given: app,
    expect: { confirmed: [], suspected: ['app-service-auth-rejects'], headline: 'app-service-auth-rejects' },
    fix: null,
  },
  {
    name: 'a token check of the app that names the audience',
    paste: throughGateway([
      '{"error":"invalid_token","error_description":"IDX10214: Audience validation failed. See https://aka.ms/identitymodel/app-context-switches"}',
      'Server: Kestrel',
    ]),
    given: app,
    expect: { confirmed: [], suspected: ['app-service-auth-rejects'] },
  },
  {
    name: 'the gateway signs in at an app with its identity and is refused without a word',
    paste: emptyRefusal,
    given: { ...withIdentity, ...app, ...echoPolicy('<authentication-managed-identity resource="api://orders-app" />') },
    expect: { confirmed: [], suspected: ['app-service-auth-rejects'] },
  },
  {
    name: 'the healthy twin: the same app refuses in words of its own',
    paste: throughGateway(['{"error":"account is locked"}', 'Content-Type: application/json', 'Server: Kestrel']),
    given: { ...withIdentity, ...app },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'the same empty answer of a backend that is no app of App Service',
    paste: emptyRefusal,
    given: { ...withIdentity, ...echoPolicy('<authentication-managed-identity resource="api://orders-app" />') },
    expect: { confirmed: [], headline: null },
  },
];
