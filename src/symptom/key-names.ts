// Which names carry a credential. Header names are the API owner's choice (field guide, b.5), so the form decides, not a list.

/** Names that end in "key" and hold none. */
const harmless =
  /^(?:x-)?(?:.*[-_])?(?:idempotency|partition|cache|surrogate|routing|row|sort|foreign|object|public|publickey|encryption|websocket|unique|composite|hot|short|lookup|resource|registry|hkey|turn|whis|mon|don|tur|jockey|product|dedupe|correlation|instance|tenant|message)[-_]?key$/;

/** True for a header, query or field name whose value is a key as gateways and services take it. */
export function isSubscriptionKeyName(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    lower.length <= 60 &&
    /key[12]?$/.test(lower) &&
    !/^key\d?$/.test(lower) &&
    !harmless.test(lower) &&
    !/^(?:hockey|monkey|turkey|whiskey|jockey|donkey|keykey)$/.test(lower)
  );
}

/** True for any name whose value must not be shown: keys, tokens, passwords, signatures. */
export function isKeyName(name: string): boolean {
  const lower = name.toLowerCase();
  return isSubscriptionKeyName(lower) || lower === 'key' || secretName.test(lower);
}

const secretName =
  /^(?:key[12]|(?:proxy-)?authorization|cookie|set-cookie|code|sig|signature|password|passwd|pwd|(?:[\w-]{0,40}[-_])?(?:token|secret|password|credentials?)|[\w-]{0,40}(?:secret|accesstoken|refreshtoken|idtoken|apitoken)|connectionstring|x-ms-token[\w-]{0,40}|sessionid_cookie)$/;

/** Query parameters whose value is masked in a shown URL. */
export function isSecretParameter(name: string): boolean {
  return isKeyName(name) || /^(?:se|skn|sharedaccesssignature|assertion|jwt|auth|apikey)$/i.test(name);
}
