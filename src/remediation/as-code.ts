// Whether a pipeline publishes the service. Then a change made here is undone by its next run, and belongs into the repository.
import type { Change } from '../causes/contract.ts';
import { nameOf } from '../snapshot/resolve-service.ts';
import { patchOf } from './as-code-patch.ts';
import type { Looking } from './effects/looking.ts';
import { short } from './effects/words.ts';
import type { Impact } from './impact.ts';

export interface AsCodeFound {
  readonly asCode: Impact['asCode'];
  /** A sentence when it could not be found out. */
  readonly unread: readonly string[];
}

/** At most one read, and none where the settings or a name say it. */
export async function findAsCode(
  looking: Looking,
  changes: readonly Change[],
  service: string,
  managedAsCode: readonly string[],
): Promise<AsCodeFound> {
  const name = nameOf(service);
  const certain = managedAsCode.some((one) => one.toLowerCase() === service.toLowerCase());
  if (certain) return found(`The settings say that ${name} is managed as code.`, changes);
  const group = /\/resourceGroups\/([^/]+)/i.exec(service)?.[1] ?? '';
  const word = toolInName(name);
  if (word !== null) return found(`${name} seems to be managed as code: its name says ${word}.`, changes);
  const groupWord = toolInName(group);
  if (groupWord !== null) return found(`${name} seems to be managed as code: its resource group is called ${group}.`, changes);

  const own = await looking.get(service);
  if (own.status === 'unreadable') return { asCode: null, unread: [`Whether a pipeline publishes ${name} could not be read: ${own.says}`] };
  const { tags } = own.value.envelope;
  const tag = typeof tags === 'object' && tags !== null ? tagOfPipeline(tags as Record<string, unknown>) : null;
  return tag === null ? { asCode: null, unread: [] } : found(`${name} seems to be managed as code: it has the tag ${tag}.`, changes);
}

function found(known: string, changes: readonly Change[]): AsCodeFound {
  const patch = patchOf(changes);
  const says =
    patch === ''
      ? `${known} This changes nothing that is published, so there is nothing to commit.`
      : `${known} The next publish takes this change back, unless the same is committed there.`;
  return { asCode: { says, patch }, unread: [] };
}

const toolNames = /^(?:terraform|terragrunt|opentofu|iac|bicep|pulumi|apiops|gitops)$/i;

/** A word of the name, between its separators; `tf` only inside, because at an end it stands for many things. */
function toolInName(name: string): string | null {
  const words = name.split(/[-_.]/);
  return words.find((word, index) => toolNames.test(word) || (/^tf$/i.test(word) && index > 0 && index < words.length - 1)) ?? null;
}

/** Tags that say who made or keeps a resource. Compared without case and separators: managed-by, ManagedBy, managed_by. */
const keeperTags =
  /^(?:managedby|managedwith|managed|provisioner|provisionedby|provisionedwith|createdby|createdwith|deployedby|deployedwith|deployedfrom|deployment|deploymentmethod|deploymenttool|deploymenttype|source|tool|iac|iactool|automation)$/;

const tools =
  /\b(?:terraform|terragrunt|opentofu|tofu|bicep|pulumi|apiops|ansible|crossplane|gitops|infrastructure[- ]as[- ]code|iac|arm[- ]?templates?|github[- ]?actions?|azure[- ]?devops|azure[- ]?pipelines?|pipelines?|ci\/?cd|azd)\b/i;

/** Tags that are a tool's own name, `terraform: true`. */
const toolTags = /^(?:terraform|opentofu|bicep|pulumi|apiops|iac|infrastructureascode|managedascode)$/;

/** Tags that name a repository, when the value is an address or `org/repo`. */
const repositoryTags =
  /^(?:source|sourcerepo|sourcerepository|sourceurl|repo|repository|repourl|repositoryurl|gitrepo|gitrepository|giturl|deployedfrom|iacrepo|iacsource|terraformrepo|terraformsource)$/;

const repositoryAddress =
  /^(?:https?:\/\/|git@)?(?:www\.)?(?:[\w-]+\.)*(?:github\.com|gitlab\.[\w.]+|dev\.azure\.com|visualstudio\.com|bitbucket\.org)[/:]/i;

/** The tag as it stands, `managed-by: terraform`; null when no tag says that a pipeline keeps the resource. */
export function tagOfPipeline(tags: Readonly<Record<string, unknown>>): string | null {
  for (const [key, raw] of Object.entries(tags)) {
    const value = typeof raw === 'string' ? raw.trim() : '';
    const name = key.toLowerCase().replace(/[^a-z]/g, '');
    // No and manual are answers too.
    if (/^(?:|false|no|none|0|manual(?:ly)?|portal|n\/a)$/i.test(value)) continue;
    const says =
      (keeperTags.test(name) && tools.test(value)) ||
      toolTags.test(name) ||
      (repositoryTags.test(name) && repositoryAddress.test(value)) ||
      // azd writes this one to what it makes; yor and the Azure Verified Modules write theirs from the repository.
      name === 'azdenvname' ||
      /(?:^|_)(?:yor_trace|git_repo|git_commit)$/i.test(key) ||
      // Terraform Enterprise and Pulumi name workspaces and stacks.
      /^(?:tf|terraform|pulumi)(?:workspace|stack|project|module|state)$/.test(name);
    if (says) return `${short(key, 40)}: ${short(value, 80)}`;
  }
  return null;
}
