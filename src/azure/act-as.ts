// Whose rights a press has in Azure. What the settings do not say in so many words is not done: there is no way from "the person"
// to "the bot", and none from nothing to either.
import type { TokenCredential } from '@azure/core-auth';
import type { ActAs, ArmWriter } from '../remediation/ports.ts';
import type { ArmHttp } from './arm-http.ts';
import { createArmWriter, type WriterOptions } from './arm-writer.ts';
import type { OnBehalfOf } from './on-behalf-of.ts';
import { type SignOnRefusal, signInFirst } from './sign-on-refusals.ts';

export interface ActAsOptions extends Omit<WriterOptions, 'http'> {
  /** LOCKSMITH_ACT_AS. */
  readonly actAs: 'person' | 'bot' | null;
  /** ARM with the bot's own identity. */
  readonly botHttp: ArmHttp;
  /** ARM with somebody's credential. */
  readonly armFor: (credential: TokenCredential) => ArmHttp;
  /** Null where the bot has no registration that people could sign in to. */
  readonly onBehalfOf: OnBehalfOf | null;
}

/** Like ActAs; where a sign-in is the matter, the sentence comes with its kind, for who can ask for one. */
export function createActAs(
  options: ActAsOptions,
): (press: Parameters<ActAs>[0]) => Promise<ArmWriter | SignOnRefusal | { readonly says: string }> {
  const { actAs, botHttp, armFor, onBehalfOf, ...writing } = options;
  return async ({ who, signOn }) => {
    if (actAs === 'bot') return createArmWriter({ ...writing, http: botHttp });
    if (actAs === null) return { says: notSaid };
    if (onBehalfOf === null) return { says: noRegistration };
    if (signOn === undefined || signOn === null || signOn === '') return signInFirst;
    const answer = await onBehalfOf.credentialFor(signOn, who);
    return 'credential' in answer ? createArmWriter({ ...writing, http: armFor(answer.credential) }) : answer;
  };
}

const notSaid =
  'Nobody has said with whose rights Locksmith may change Azure, so nothing was changed. Whoever runs it sets LOCKSMITH_ACT_AS to "person" (whoever presses, through Teams single sign-on) or to "bot" (its own identity).';

const noRegistration =
  'LOCKSMITH_ACT_AS is "person", but this bot has no registration that people could sign in to, so nothing was changed. Whoever runs Locksmith completes MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId.';
