// Who may talk to the bot in local mode, where nobody has to prove who they are: this machine, by its own name.

import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

// A tunnel or a proxy on this machine makes the whole internet look like loopback.
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'x-original-host'];

/** Why a request is refused in local mode, as a sentence; null when it is welcome. */
export function refusalOfRequest(remoteAddress: string | undefined, headers: IncomingHttpHeaders): string | null {
  if (remoteAddress === undefined || !isLoopbackAddress(remoteAddress)) {
    return 'Local mode answers this machine only.';
  }
  if (FORWARDED.some((name) => headers[name] !== undefined)) {
    return 'Local mode answers this machine only, not through a tunnel or a proxy.';
  }
  // Any web page can call 127.0.0.1 under a name of its own (DNS rebinding), or post to localhost blindly.
  if (!isLocalUrl(`http://${headers.host ?? ''}`)) {
    return 'Local mode answers calls to localhost only.';
  }
  if (headers.origin !== undefined && !isLocalUrl(headers.origin)) {
    return 'Local mode takes no calls from web pages.';
  }
  return null;
}

/** True for http(s) addresses of this machine without a user name, which is where local mode may send answers to. */
export function isLocalUrl(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && LOCAL_NAMES.has(url.hostname);
}

export function isLoopbackAddress(address: string): boolean {
  return (isIPv4(address) && LOOPBACK.check(address, 'ipv4')) || (isIPv6(address) && LOOPBACK.check(address, 'ipv6'));
}
