// Two services run the same models: api.openai.com with keys that begin with sk-, and Azure OpenAI with keys of 32 or 84 characters.
// Each refuses the other's keys (field guide A11).
import { hostKind } from '../../symptom/hosts.ts';
import type { PastedKey, Symptom } from '../../symptom/symptom.ts';
import { confirmed, type Evidence, ruledOut, suspected } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

const azureWay =
  'For Azure set the base URL to https://RESOURCE.openai.azure.com/ with an api-version, and send the key in the header api-key (AzureOpenAI client); for openai.com use a key from platform.openai.com.';

export const cause = explain({
  id: 'openai-azure-mixed-up',
  code: 'A11',
  stage: 'backend',
  title: 'OpenAI and Azure OpenAI are mixed up',
  best: 'confirmed',
  applies: (symptom) => symptom.layer === 'azure-ai' || atOpenAi(symptom),
  judge: (symptom) => (atOpenAi(symptom) ? judgeAtOpenAi(symptom) : judgeAtAzure(symptom)),
});

function judgeAtAzure(symptom: Symptom): ReturnType<typeof confirmed> {
  const expected = 'a key of an Azure AI account';
  const foreign = symptom.keys.find(({ form }) => form === 'openai');
  if (foreign === undefined) return ruledOut('No key of openai.com stands in the paste.', complaint(symptom, expected));
  return confirmed(
    'A key of openai.com (sk-…) was sent to Azure, which knows only the keys of its own resources. Send the key of the Azure OpenAI resource in the header api-key, or call https://api.openai.com/v1 with this one.',
    keyEvidence(foreign, expected),
  );
}

function judgeAtOpenAi(symptom: Symptom): ReturnType<typeof confirmed> {
  const expected = 'a key that begins with sk-';
  const [key] = symptom.keys.filter(({ form }) => form !== 'literal');
  const refused = signOf(symptom, 'openai-key-refused');
  const seen = refused === null ? complaint(symptom, expected) : signEvidence(refused, expected);
  if (key !== undefined && isAzureKey(key))
    return confirmed(
      `A key of Azure's form was sent to openai.com, which knows only its own. ${azureWay}`,
      keyEvidence(key, expected),
      seen,
    );
  if (/^\/openai\/deployments\//.test(symptom.urlPath ?? '') || symptom.requestHeaders.includes('api-key'))
    return confirmed(`The call is made the way of Azure OpenAI, but it went to openai.com. ${azureWay}`, seen);
  if (key !== undefined && key.form !== 'openai' && !/^(?:sk|sess)/.test(key.shown))
    return suspected(
      `The key that was refused does not begin as the keys of openai.com do. It may be one of Azure. ${azureWay}`,
      keyEvidence(key, expected),
      seen,
    );
  return ruledOut(
    'Nothing in the paste belongs to Azure: openai.com refused a key of its own kind.',
    key === undefined ? seen : keyEvidence(key, expected),
  );
}

function atOpenAi(symptom: Symptom): boolean {
  if (symptom.layer !== 'other-product') return false;
  if (symptom.host === 'api.openai.com') return true;
  return signOf(symptom, 'openai-key-refused') !== null && (symptom.host === null || hostKind(symptom.host) === 'unknown');
}

// OpenAI quotes the beginning of what it refused; four hex digits begin no key of its own.
function isAzureKey({ form, partial, shown }: PastedKey): boolean {
  return form === 'hex32' || form === 'azure-openai' || (partial && /^[0-9a-f]{4}…?$/.test(shown));
}

function keyEvidence(key: PastedKey, expected: string): Evidence {
  return { at: `paste#/line/${key.line}`, observed: `${key.shown} (${key.form})`, expected };
}
