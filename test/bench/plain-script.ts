// The same questions asked one after the other by a plain script with the same SDK: what somebody would write in an afternoon.
import { ApiManagementClient } from '@azure/arm-apimanagement';
import { labCredential } from '../../src/azure/credentials.ts';
import type { Lab } from '../../src/lab/lab.ts';

export async function plainScript(lab: Lab, path: string, key: string | null): Promise<void> {
  const [, , azure = '', , group = '', , , , service = ''] = (lab.services[0] ?? '').split('/');
  const client = new ApiManagementClient(labCredential(), azure, { endpoint: lab.managementUrl, tlsOptions: { ca: lab.ca } });
  let api = '';
  for await (const one of client.api.listByService(group, service)) {
    if (one.path !== undefined && path.startsWith(`/${one.path}`) && one.isCurrent !== false) api = one.name ?? '';
  }
  try {
    for await (const _ of client.apiProduct.listByApis(group, service, api));
  } catch {
    // Refused on one API of the practice estate, on purpose.
  }
  for await (const operation of client.apiOperation.listByApi(group, service, api)) {
    await client.apiOperation.get(group, service, api, operation.name ?? '');
  }
  if (key === null) return;
  for await (const one of client.subscription.list(group, service)) {
    const secrets = await client.subscription.listSecrets(group, service, one.name ?? '');
    if (secrets.primaryKey !== key && secrets.secondaryKey !== key) continue;
    const subscription = await client.subscription.get(group, service, one.name ?? '');
    const product = /\/products\/([^/]+)$/.exec(subscription.scope ?? '')?.[1];
    if (product !== undefined) await client.product.get(group, service, product);
    return;
  }
}
