// Some older clients have one address built in, mostly West US; a key of any other region can never work with them (field guide A08; seed 004).
import { aiEndpoint, isAiCall } from '../ai-endpoint.ts';
import { ruledOut, suspected } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

export const cause = explain({
  id: 'ai-client-endpoint-fixed',
  code: 'A08',
  stage: 'backend',
  title: 'The client calls an address that is built into it',
  best: 'suspected',
  applies: isAiCall,
  judge(symptom) {
    const client = signOf(symptom, 'ai-old-client');
    const { form, region } = aiEndpoint(symptom);
    const expected = 'a client that takes the endpoint as a setting';
    if (client === null)
      return ruledOut('The paste names no client that is known to have its address built in.', complaint(symptom, expected));
    if (form === 'own' || (region !== null && region !== 'westus'))
      return ruledOut(`The call went to ${symptom.host}, which is not the address built into this client.`, signEvidence(client, expected));
    return suspected(
      'The paste names an older client library whose address is West US unless it is given one. Pass the endpoint of your resource (second argument of the client), or use the present library; the called URL would settle it.',
      signEvidence(client, expected),
    );
  },
});
