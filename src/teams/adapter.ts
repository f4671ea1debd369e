// botbuilder's CloudAdapter, opened just enough that the HTTP answer is ours: its own `process` holds the request open
// for the whole turn, and prints errors, with what they carry, to the console.
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { ClaimsIdentity } from 'botframework-connector';
import type { BotCredentials } from '../settings.ts';

export class LocksmithAdapter extends CloudAdapter {
  /**
   * Authenticates an activity and runs `logic`; the answer of an invoke is what `logic` sent as invokeResponse.
   * @throws when the caller is not who it claims to be, or when `logic` throws
   */
  receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext, identity: ClaimsIdentity) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, (context) =>
      logic(context, context.turnState.get<ClaimsIdentity>(this.BotIdentityKey) ?? this.createClaimsIdentity()),
    );
  }

  /** Who the bot is when nobody has written to it just now; without credentials, nobody. */
  ownIdentity(appId: string): ClaimsIdentity {
    return this.createClaimsIdentity(appId);
  }

  /** Runs `logic` in the conversation, also long after the turn that started it has been answered. */
  inConversation<T>(
    identity: ClaimsIdentity,
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<T>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      this.continueConversationAsync(identity, reference, async (context) => {
        sendOnce(context.turnState.get(this.ConnectorClientKey));
        resolve(await logic(context));
      }).catch(reject);
    });
  }
}

// The client underneath repeats sends after a 5xx, and with them messages that were taken; patience.ts knows better.
// And it follows redirects, which would lead out of the serviceUrl that was checked.
function sendOnce(
  connector: { readonly client: { readonly pipeline: { removePolicy(policy: { name: string }): void } } } | undefined,
): void {
  connector?.client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  connector?.client.pipeline.removePolicy({ name: 'redirectPolicy' });
}

/** Without credentials everybody is believed: local mode's gate stands in front of it. */
export function createAdapter(credentials: BotCredentials | null): LocksmithAdapter {
  if (credentials === null) {
    return new LocksmithAdapter(new ConfigurationBotFrameworkAuthentication({}));
  }
  return new LocksmithAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: credentials.appId,
      MicrosoftAppTenantId: credentials.tenant,
      MicrosoftAppType: credentials.type,
      ...(credentials.password === null ? {} : { MicrosoftAppPassword: credentials.password }),
    }),
  );
}
