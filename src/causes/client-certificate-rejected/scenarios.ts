import type { Scenario } from '../contract.ts';
import { logged, policy, refused } from '../sample-policies.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'the gateway refuses the client certificate',
    paste: refused('Invalid client certificate'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><validate-client-certificate validate-revocation="true" validate-trust="true"><identities><identity subject="CN=a" /></identities></validate-client-certificate>',
      ),
      '.': {
        properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'contoso.azure-api.net', negotiateClientCertificate: true }] },
      },
    },
    expect: { confirmed: [], suspected: ['client-certificate-rejected'], headline: 'client-certificate-rejected' },
  },
  {
    name: 'the log says that the authority is not trusted',
    paste: logged('ClientCertificateNotTrusted', 'validate-client-certificate'),
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
    name: 'the healthy twin: the answer speaks of something else',
    paste: refused('Come back later'),
    given: {
      'apis/echo/policies/policy': policy(
        '<base /><validate-client-certificate validate-revocation="true" validate-trust="true"><identities><identity subject="CN=a" /></identities></validate-client-certificate>',
      ),
      '.': {
        properties: { hostnameConfigurations: [{ type: 'Proxy', hostName: 'contoso.azure-api.net', negotiateClientCertificate: true }] },
      },
    },
    expect: { confirmed: [] },
  },
];
