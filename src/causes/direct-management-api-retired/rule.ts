// https://SERVICE.management.azure-api.net with a SharedAccessSignature was API Management's own management API; it was retired in March 2025
// (field guide M04, a.4). Scripts that still call it get a 401.
import { hostKind } from '../../symptom/hosts.ts';
import type { Symptom } from '../../symptom/symptom.ts';
import { confirmed, ruledOut } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint, fromPaste } from '../key-check.ts';

const expected = 'a call to https://management.azure.com';

export const cause = explain({
  id: 'direct-management-api-retired',
  code: 'M04',
  stage: 'access',
  title: 'The direct management API was called, which is retired',
  best: 'confirmed',
  applies: (symptom) => symptom.layer === 'arm-management' || isDirect(symptom),
  judge(symptom) {
    const { url, challenge, message } = symptom.seen;
    const signature = /SharedAccessSignature|User is not found or signature is invalid/i;
    const said = [challenge, message].find((one) => one !== null && signature.test(one.text)) ?? null;
    if (!isDirect(symptom) && said === null)
      return ruledOut("The call went to Azure's management API, not to the retired one.", complaint(symptom, expected));
    const where = isDirect(symptom) ? (url ?? said) : said;
    return confirmed(
      'This is the direct management API of the service (SERVICE.management.azure-api.net, SharedAccessSignature), which was retired in March 2025. Make the same call to https://management.azure.com/subscriptions/…/providers/Microsoft.ApiManagement/service/SERVICE/… with api-version=2024-05-01 and a token of Entra ID.',
      where === null ? complaint(symptom, expected) : fromPaste(where, expected),
    );
  },
});

function isDirect({ host }: Symptom): boolean {
  return host !== null && hostKind(host) === 'apim-management';
}
