// Who the bot is to Azure. DefaultAzureCredential: environment, workload or managed identity, or a developer's sign-in.
import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';

export function defaultCredential(): TokenCredential {
  return new DefaultAzureCredential();
}

/** The lab wants any non-empty bearer token. */
export function labCredential(): TokenCredential {
  return { getToken: async () => ({ token: 'lab', expiresOnTimestamp: Date.now() + 3_600_000 }) };
}
