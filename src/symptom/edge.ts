// What a response's headers tell of whoever stands between the caller and the gateway: content networks, front doors, proxies.

const telling = 'age|via|server|location|x-cache|cf-cache-status|x-proxy-cache';
const marking =
  'x-azure-ref|x-msedge-ref|x-azure-originstatuscode|cf-ray|x-amz-cf-id|x-amz-cf-pop|x-served-by|x-varnish|x-akamai-request-id|x-appgw-trace-id|x-iinfo|x-envoy-upstream-service-time|x-cache-hits';
const line = new RegExp(`(?:^|[{,])[<\\s"']{0,8}(${telling}|${marking})["']?\\s{0,3}:\\s{0,3}["'[]{0,2}([^\\n"'\\]]{0,160})`, 'gim');

/** Headers of a response by their small-letter names. Only those that name a stop on the way; values only where they say more than that. */
export function readEdgeHeaders(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const match of text.matchAll(line)) {
    const name = (match[1] ?? '').toLowerCase();
    const value = (match[2] ?? '').trim();
    if (name === 'age' && !/^\d{1,9}$/.test(value)) continue;
    found[name] ??= new RegExp(`^(?:${telling})$`).test(name) ? value : '';
  }
  return found;
}
