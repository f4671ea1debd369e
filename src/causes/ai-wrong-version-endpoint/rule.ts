// Services moved and versions ended: the old address answers 401 to a key that is good at the new one (field guide A04; seed 004).
// Azure publishes no list of what each old address still takes, so this is suspected at most.
import { isAiKeyCall } from '../ai-endpoint.ts';
import { ruledOut, suspected } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint, fromPaste } from '../key-check.ts';

interface Moved {
  readonly host: RegExp;
  readonly path: RegExp;
  readonly says: string;
}

const moved: readonly Moved[] = [
  {
    host: /(?:^|\.)api\.cognitive\.microsoft\.com$/,
    path: /^\/bing\//,
    says: 'Bing Search has left Azure AI: its keys (resource type Microsoft.Bing) work with https://api.bing.microsoft.com only. Call that address with a key of its own.',
  },
  {
    host: /^api\.bing\.microsoft\.com$/,
    path: /^\/(?:v5\.0|bing)\//,
    says: 'The Bing address that was called takes v7.0, not the version in the path. Call https://api.bing.microsoft.com/v7.0/.',
  },
  {
    host: /(?:^|\.)projectoxford\.ai$/,
    path: /^/,
    says: 'projectoxford.ai is the address of the preview of 2016. Call the endpoint that "Keys and Endpoint" of the AI resource shows.',
  },
  {
    host: /^(?:[a-z-]+\.)*api\.microsofttranslator\.com$/,
    path: /^/,
    says: 'api.microsofttranslator.com served Translator v2, which has ended. Call https://api.cognitive.microsofttranslator.com with api-version=3.0.',
  },
  {
    host: /^[a-z0-9]+\.api\.cognitive\.microsoft\.com$/,
    path: /^\/(?:emotion|academic|recommendations|video)\//,
    says: 'The service in this path has ended. No key opens it any more.',
  },
];

export const cause = explain({
  id: 'ai-wrong-version-endpoint',
  code: 'A04',
  stage: 'backend',
  title: 'The called address or version is not the one that the key is for',
  best: 'suspected',
  applies: isAiKeyCall,
  judge(symptom) {
    const path = (symptom.urlPath ?? symptom.apiPath ?? '').toLowerCase();
    const host = symptom.host ?? '';
    const found = moved.find((one) => one.host.test(host) && one.path.test(path));
    const where = symptom.seen.url ?? symptom.seen.challenge;
    const expected = 'an address and version that are in service';
    const seen = where === null ? complaint(symptom, expected) : fromPaste(where, expected);
    if (found === undefined) return ruledOut('The paste shows no address that is known to have moved or ended.', seen);
    return suspected(`${found.says} The endpoint shown in the portal beside the key settles it.`, seen);
  },
});
