import type { Scenario } from '../contract.ts';
import { policy, refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a certificate is checked on a host name that asks for none',
    paste: refused('Invalid client certificate'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><validate-client-certificate validate-revocation="true" validate-trust="true"><identities><identity subject="CN=a" /></identities></validate-client-certificate>',
      ),
      '.': {
        properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'contoso.azure-api.net', negotiateClientCertificate: false }] },
      },
    },
    expect: { confirmed: ['client-certificate-not-negotiated'], suspected: ['client-certificate-rejected'] },
  },
  {
    name: 'the healthy twin: the host name asks for the certificate',
    paste: refused('Invalid client certificate'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><validate-client-certificate validate-revocation="true" validate-trust="true"><identities><identity subject="CN=a" /></identities></validate-client-certificate>',
      ),
      '.': {
        properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'contoso.azure-api.net', negotiateClientCertificate: true }] },
      },
    },
    expect: { confirmed: [], suspected: ['client-certificate-rejected'] },
  },
  {
    name: 'a condition that asks for a certificate always finds none, whatever the answer says',
    paste: refused(''),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><choose><when condition="@(context.Request.Certificate == null || context.Request.Certificate.NotAfter < DateTime.Now)"><return-response><set-status code="401" reason="No" /></return-response></when></choose>',
      ),
      '.': {
        properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'contoso.azure-api.net', negotiateClientCertificate: false }] },
      },
    },
    expect: {
      confirmed: ['client-certificate-not-negotiated'],
      suspected: ['policy-returns-401'],
      headline: 'client-certificate-not-negotiated',
    },
  },
  {
    name: 'no certificate is looked at, so the setting plays no part',
    paste: refused('Out of office'),
    given: {
      '.': {
        properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'contoso.azure-api.net', negotiateClientCertificate: false }] },
      },
    },
    expect: { confirmed: [] },
  },
];
