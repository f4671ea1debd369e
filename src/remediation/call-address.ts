// Where a consented call may go: to the gateway of the configured service, by the names that Azure gives. The paste's host is only
// compared with them, and an address inside this machine or network is none of them.
import { list, text } from '../snapshot/from-arm.ts';
import type { ArmResource } from '../snapshot/ports.ts';

/** `https://contoso.azure-api.net`, and the Host header where the connection goes to another address. */
export interface GatewayAddress {
  readonly base: string;
  readonly host: string | null;
}

/** @throws Error when the base is not on this machine: only the lab's gateway is called in place of the service's own. */
export function checkedBase(base: string | null): string | null {
  if (base === null) return null;
  const url = URL.parse(base);
  const isHere = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) && /^https?:$/.test(url.protocol);
  if (!isHere || url.username !== '' || url.password !== '')
    throw new Error('The base of gateway calls is not an address of this machine.');
  return url.origin;
}

/** The called host when Azure has it as one of the service's, else the service's gatewayUrl; null when that is none that may be called. */
export function gatewayAddress({ properties }: ArmResource, called: string | null, base: string | null): GatewayAddress | null {
  const own = publicHost(text(properties.gatewayUrl));
  if (base !== null) return { base, host: own };
  // A service whose own address leads inside is not trusted with its other names either.
  if (own === null) return null;
  const regional = [properties.gatewayRegionalUrl, ...list(properties.additionalLocations).map((one) => one.gatewayRegionalUrl)];
  const custom = list(properties.hostnameConfigurations)
    .filter(({ type }) => (text(type) ?? 'Proxy').toLowerCase() === 'proxy')
    .map(({ hostName }) => `https://${text(hostName) ?? ''}`);
  const named = [...regional.map(text), ...custom].map(publicHost);
  const host = named.find((one) => one !== null && one === called?.toLowerCase()) ?? own;
  return { base: `https://${host}`, host: null };
}

/** The host of an https address on port 443 that has a name of its own, small letters; null for any other. */
function publicHost(url: string | null): string | null {
  const parsed = URL.parse(url ?? '');
  if (parsed === null || parsed.protocol !== 'https:' || parsed.port !== '') return null;
  if (parsed.username !== '' || parsed.password !== '') return null;
  const host = parsed.hostname.replace(/\.$/, '');
  // A literal address, or a name that only this machine or network knows, is nobody's gateway. URL has brought 0x7f.1 to its usual form.
  const isName = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/.test(host);
  return isName && !/\.(?:localhost|local|internal|localdomain)$/.test(host) ? host : null;
}
