// What never left this machine was not written, and that is certain at once.
import { createArmHttp } from '../../src/azure/arm-http.ts';
import { createArmWriter } from '../../src/azure/arm-writer.ts';
import { labCredential } from '../../src/azure/credentials.ts';

const on = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso/subscriptions/s1';
const change = { on, field: 'properties.state', before: 'suspended', after: 'active', etag: '"AAAA"' };
const endpoint = 'https://127.0.0.1:9';

function writerWith(credential = labCredential()) {
  const http = createArmHttp({ endpoint, scope: `${endpoint}/.default`, credential });
  return createArmWriter({ http, timeoutMs: 5000, hash: (text) => String(text.length) });
}

it('says so when nobody listens', async () => {
  expect(await writerWith().write(change)).toEqual({ kind: 'failed', says: expect.stringContaining('nothing answers there') });
});

it('says so when there is no token', async () => {
  const refusing = {
    async getToken(): Promise<never> {
      throw Object.assign(new Error('what a credential says may quote anything'), { name: 'CredentialUnavailableError' });
    },
  };

  expect(await writerWith(refusing).write(change)).toEqual({ kind: 'failed', says: expect.stringContaining('No token for Azure') });
});
