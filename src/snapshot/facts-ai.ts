// Azure AI accounts (Microsoft.CognitiveServices) beside the configured services, and whose key the pasted one is.

export interface AiAccountFact {
  readonly armId: string;
  readonly name: string;
  /** `SpeechServices`, `TextTranslation`, `OpenAI`, ...; `CognitiveServices` and `AIServices` hold several services under one key. */
  readonly kind: string;
  /** As ARM names regions inside: lower case, no blanks (`westeurope`, `global`). */
  readonly region: string;
  /** `F0` is the free tier; null when ARM has none. */
  readonly sku: string | null;
  /** Hosts of its own: of `endpoint`, of every entry of `endpoints`, and those that follow from its custom subdomain. Lower case. */
  readonly hosts: readonly string[];
  /** `properties.endpoint` as ARM has it. */
  readonly endpoint: string | null;
  readonly customSubdomain: string | null;
  /** Keys are switched off; only Entra tokens pass. */
  readonly keysDisabled: boolean;
  /** `Enabled` or `Disabled`; null when ARM has none (then public). */
  readonly publicAccess: string | null;
  /** `properties.networkAcls.defaultAction`: `Deny` lets only listed networks in; null without rules. */
  readonly networkDefault: string | null;
  /** ISO 8601, or null when ARM has none. */
  readonly created: string | null;
}

export interface AiAccountsFact {
  /** ARM id of the (first) list that was read. */
  readonly at: string;
  readonly accounts: readonly AiAccountFact[];
}

export interface AiKeyMatch {
  readonly account: AiAccountFact;
  readonly slot: 'key1' | 'key2';
  /** The value is the whole key, not only its beginning. */
  readonly whole: boolean;
}

export interface AiKeyFact {
  readonly at: string;
  readonly shown: string;
  readonly line: number;
  readonly form: string;
  readonly matches: readonly AiKeyMatch[];
  readonly compared: number;
  readonly of: number;
  /** Every account that has keys was compared. */
  readonly complete: boolean;
  /** ARM id of the Azure subscription whose id the value is, else null. */
  readonly azureSubscription: string | null;
}

/** What the activity log knows of the keys of the account that the pasted key is of. */
export interface AiRegenerationFact {
  readonly at: string;
  /** When a key of the account was last regenerated, ISO 8601; null when the log shows none, or may not be read. */
  readonly when: string | null;
}

export interface AiFacts {
  readonly aiRegeneration: AiRegenerationFact;
  readonly aiAccounts: AiAccountsFact;
  /** Unreadable (`not-given`) when the paste shows no key. */
  readonly aiKey: AiKeyFact;
}
