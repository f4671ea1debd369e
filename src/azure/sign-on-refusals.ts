// Why nobody can be acted for, in words for the person who pressed. Entra's own text never passes: it can quote what was sent.
// Codes: learn.microsoft.com/entra/identity-platform/reference-error-codes, which says that they may change: where one is not
// known, the OAuth error in front of it decides.

/**
 * sign-in: a new sign-in by the same person can mend it · refused: Entra or the tenant's rules say no
 * operator: the bot's registration is at fault · unavailable: nobody answered, later may do
 */
export interface SignOnRefusal {
  readonly kind: 'sign-in' | 'refused' | 'operator' | 'unavailable';
  /** One or two sentences; names no token and no secret. */
  readonly says: string;
}

const nothing = 'Nothing was changed.';

export const signInFirst: SignOnRefusal = {
  kind: 'sign-in',
  says: `This change is made with your own rights in Azure, and no sign-in came with the press. ${nothing} Press again, and let Teams sign you in.`,
};

export const signOnEnded: SignOnRefusal = {
  kind: 'sign-in',
  says: `Your sign-in has run out. ${nothing} Press again to sign in anew.`,
};

export const foreignSignOn: SignOnRefusal = {
  kind: 'refused',
  says: `The sign-in that came with this press is not one of yours for this bot. ${nothing} Press again in Teams, signed in as yourself.`,
};

export const guestSignOn: SignOnRefusal = {
  kind: 'refused',
  says: `Guests of this organisation cannot change anything here. ${nothing} Ask a colleague of the organisation to press.`,
};

export const cannotReachEntra: SignOnRefusal = {
  kind: 'unavailable',
  says: `The sign-in service (Entra ID) could not be reached, so it is not certain who pressed. ${nothing} Try again in a minute.`,
};

type Kind = 'consent' | 'more' | 'again' | 'operator' | 'account' | 'unavailable';

const meanings: readonly (readonly [Kind, readonly number[]])[] = [
  ['consent', [65001, 65004, 90094, 90095]],
  ['more', [50005, 50072, 50074, 50076, 50078, 50079, 50097, 50158, 53000, 53001, 53002, 53003, 53004, 530021, 530031, 530032, 530033]],
  ['again', [50013, 50058, 50089, 50132, 50133, 50173, 500133, 70008, 70043, 700082, 700084]],
  [
    'operator',
    [
      11000215, 500011, 500131, 50194, 65005, 650057, 70001, 70011, 700016, 700021, 700023, 700024, 700027, 7000112, 700211, 700212, 700213,
      7000215, 7000216, 7000218, 7000222, 90002,
    ],
  ],
  ['account', [50034, 50053, 50055, 50057, 50105, 50177, 53011, 90072]],
  ['unavailable', [50196, 90006, 90012, 90033, 90036, 90055]],
];

const byOauthError: Readonly<Record<string, Kind>> = {
  interaction_required: 'more',
  consent_required: 'consent',
  login_required: 'again',
  invalid_grant: 'again',
  invalid_client: 'operator',
  unauthorized_client: 'operator',
  invalid_scope: 'operator',
  invalid_resource: 'operator',
  temporarily_unavailable: 'unavailable',
  server_error: 'unavailable',
  network_error: 'unavailable',
  endpoints_resolution_error: 'unavailable',
};

const words: Readonly<Record<Kind, (code: string) => SignOnRefusal>> = {
  consent: (code) => ({
    kind: 'refused',
    says: `Nobody has agreed yet that Locksmith may act for you in Azure${code}. ${nothing} An administrator of Entra ID can agree for everybody: the bot's registration, API permissions, Azure Service Management, user_impersonation.`,
  }),
  more: (code) => ({
    kind: 'refused',
    says: `Your organisation asks for more than the sign-in of Teams before Azure may be changed, such as a second factor or a managed device${code}. ${nothing} Sign out of Teams and in again with it, then press again; or make the change in the Azure portal.`,
  }),
  again: (code) => ({ kind: 'sign-in', says: `Your sign-in is no longer good${code}. ${nothing} Press again to sign in anew.` }),
  operator: (code) => ({
    kind: 'operator',
    says: `Entra ID does not accept the registration of this bot${code}: its secret may be wrong or expired, or its permission for Azure Service Management may be missing. ${nothing} Tell whoever runs Locksmith.`,
  }),
  account: (code) => ({
    kind: 'refused',
    says: `Entra ID does not let your account in${code}. ${nothing} An administrator of Entra ID can see why in the sign-in log.`,
  }),
  unavailable: () => cannotReachEntra,
};

/** The sentence for an error of a token request; only the AADSTS number and the OAuth error are taken from its text. */
export function refusalOf(error: unknown): SignOnRefusal {
  const text = error instanceof Error ? error.message : '';
  const number = /AADSTS(\d{4,8})\b/.exec(text)?.[1];
  const byCode = meanings.find(([, codes]) => codes.includes(Number(number)))?.[0];
  const kind = byCode ?? byOauthError[/^\w+/.exec(text)?.[0] ?? ''] ?? (number === undefined ? 'unavailable' : 'account');
  return words[kind](number === undefined ? '' : ` (AADSTS${number})`);
}
