import type { Scenario } from '../contract.ts';
import { echoPolicy, emptyRefusal } from '../sample-backend.ts';

const byId = echoPolicy('<authentication-certificate certificate-id="partner" />');

function certificate(expirationDate: string): Readonly<Record<string, unknown>> {
  return { 'certificates/partner': { properties: { subject: 'CN=gateway.contoso.example', thumbprint: 'AB'.repeat(20), expirationDate } } };
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'the certificate for the backend ran out the day before',
    paste: emptyRefusal,
    given: { ...byId, ...certificate('2026-11-19T09:00:00Z') },
    expect: { confirmed: ['backend-certificate-expired'], headline: 'backend-certificate-expired' },
    fix: null,
  },
  {
    name: 'a backend entity names the expired certificate by its thumbprint, and answers 403',
    paste: emptyRefusal.replace('401 Unauthorized', '403 Forbidden'),
    given: {
      ...certificate('2026-11-19T09:00:00Z'),
      ...echoPolicy('<set-backend-service backend-id="partner-api" />'),
      'backends/partner-api': {
        properties: { url: 'https://partner.example/', protocol: 'http', credentials: { certificate: ['ab'.repeat(20)] } },
      },
    },
    expect: { confirmed: ['backend-certificate-expired'] },
  },
  {
    name: 'the healthy twin: the certificate is valid for another year',
    paste: emptyRefusal,
    given: { ...byId, ...certificate('2027-11-19T09:00:00Z') },
    expect: { confirmed: [], headline: null },
  },
  {
    name: 'an expired certificate that this call does not use',
    paste: emptyRefusal,
    given: certificate('2026-11-19T09:00:00Z'),
    expect: { confirmed: [], headline: null },
  },
];
