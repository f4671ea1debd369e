// Built-in roles and what they allow at Azure AI accounts, so that their definitions need no reading
// (learn.microsoft.com/azure/role-based-access-control/built-in-roles, "AI + machine learning"; data actions only: they are what a call needs).

const all = ['microsoft.cognitiveservices/*'];
const openai = ['microsoft.cognitiveservices/accounts/openai/*'];
const none: readonly string[] = [];

interface BuiltInRole {
  readonly name: string;
  readonly dataActions: readonly string[];
}

/** By the GUID of the role definition. Owner, Contributor and Cognitive Services Contributor manage accounts and may not call them with a token. */
export const builtInRoles: Readonly<Record<string, BuiltInRole>> = {
  '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd': { name: 'Cognitive Services OpenAI User', dataActions: openai },
  'a001fd3d-188f-4b5d-821b-7da978bf7442': { name: 'Cognitive Services OpenAI Contributor', dataActions: openai },
  'a97b65f3-24c7-4388-baec-2e87135dc908': { name: 'Cognitive Services User', dataActions: all },
  '64702f94-c441-49e6-a78b-ef80e0188fee': {
    name: 'Azure AI Developer',
    dataActions: [
      ...openai,
      'microsoft.cognitiveservices/accounts/speechservices/*',
      'microsoft.cognitiveservices/accounts/contentsafety/*',
      'microsoft.cognitiveservices/accounts/maas/*',
    ],
  },
  '53ca6127-db72-4b80-b1b0-d745d6d5456d': { name: 'Azure AI User', dataActions: all },
  'eadc314b-1a2d-4efa-be10-5d325db5065e': { name: 'Azure AI Project Manager', dataActions: all },
  'f2dc8367-1007-4938-bd23-fe263f013447': {
    name: 'Cognitive Services Speech User',
    dataActions: ['microsoft.cognitiveservices/accounts/speechservices/*'],
  },
  '0e75ca1e-0464-4b4d-8b93-68208a576181': {
    name: 'Cognitive Services Speech Contributor',
    dataActions: ['microsoft.cognitiveservices/accounts/speechservices/*'],
  },
  '9894cab4-e18a-44aa-828b-cb588cd6f2d7': {
    name: 'Cognitive Services Face Recognizer',
    dataActions: ['microsoft.cognitiveservices/accounts/face/*'],
  },
  'b59867f0-fa02-499b-be73-45a86b5b3e1c': { name: 'Cognitive Services Data Reader', dataActions: ['microsoft.cognitiveservices/*/read'] },
  '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68': { name: 'Cognitive Services Contributor', dataActions: none },
  'bba48692-92b0-4667-a9ad-c31c7b334ac2': { name: 'Cognitive Services Usages Reader', dataActions: none },
  'e47c6f54-e4a2-4754-9501-8e0985b135e1': { name: 'Azure AI Account Owner', dataActions: none },
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': { name: 'Owner', dataActions: none },
  'b24988ac-6180-42a0-ab88-20f7382dd24c': { name: 'Contributor', dataActions: none },
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': { name: 'Reader', dataActions: none },
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': { name: 'User Access Administrator', dataActions: none },
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': { name: 'Role Based Access Control Administrator', dataActions: none },
  '4633458b-17de-408a-b874-0445c86b69e6': { name: 'Key Vault Secrets User', dataActions: none },
  '21090545-7ca7-4776-b22c-e363652d74d2': { name: 'Key Vault Reader', dataActions: none },
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': { name: 'Key Vault Secrets Officer', dataActions: none },
  'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba': { name: 'Key Vault Certificate User', dataActions: none },
  '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1': { name: 'Storage Blob Data Reader', dataActions: none },
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': { name: 'Storage Blob Data Contributor', dataActions: none },
  '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39': { name: 'Azure Service Bus Data Sender', dataActions: none },
  '43d0d8ad-25c7-4714-9337-8ba259a9fe05': { name: 'Monitoring Reader', dataActions: none },
  '3913510d-42f4-4e42-8a64-420c390055eb': { name: 'Monitoring Metrics Publisher', dataActions: none },
  '312a565d-c81f-4fd8-895a-4e21e48d571c': { name: 'API Management Service Contributor', dataActions: none },
  '71522526-b88f-4d52-b57f-d31fc3546d0d': { name: 'API Management Service Reader', dataActions: none },
  '1407120a-92aa-4202-b7e9-c0e197c71c8f': { name: 'Search Index Data Reader', dataActions: none },
};

/** Whether data actions allow to call: the one that was asked for, else anything of the kind that is more than reading. */
export function allowsCalls(dataActions: readonly string[], wanted: string | null, openAi: boolean): boolean {
  if (wanted !== null) return dataActions.some((pattern) => globOf(pattern).test(wanted));
  const need = `microsoft.cognitiveservices/accounts/${openAi ? 'openai/' : ''}`;
  return dataActions.some((pattern) => {
    const lower = pattern.toLowerCase();
    const start = lower.split('*')[0] ?? '';
    return !lower.endsWith('/read') && (need.startsWith(start) || start.startsWith(need));
  });
}

function globOf(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  );
}
