// check-header, ip-filter, validate-client-certificate: the policies that look at one thing and refuse.
import { isIPv4 } from 'node:net';
import { refusal } from './gateway-answer.ts';
import { attributeOf, failed, numberOf, type Outcome, type PolicyCall, textsOf, worked } from './policy-call.ts';
import type { Statement } from './policy-scopes.ts';

export function checkHeader(call: PolicyCall, statement: Statement): Outcome {
  const value = call.headers.get((attributeOf(call, statement, 'name') ?? '').toLowerCase());
  const allowed = textsOf(call, statement, null, 'value');
  const [code, message] = [
    numberOf(call, statement, 'failed-check-httpcode', 401),
    attributeOf(call, statement, 'failed-check-error-message') ?? '',
  ];
  const refuse = (reason: string): Outcome => failed('check-header', reason, message, refusal(code, message));
  if (value === undefined) return refuse('HeaderNotFound');
  const blind = attributeOf(call, statement, 'ignore-case')?.toLowerCase() === 'true';
  const same = (a: string, b: string): boolean => (blind ? a.toLowerCase() === b.toLowerCase() : a === b);
  return allowed.length === 0 || allowed.some((one) => same(one, value)) ? null : refuse('HeaderValueNotAllowed');
}

/** An address as a number that orders; null for anything but IPv4. */
function numeric(address: string | undefined): number | null {
  if (address === undefined || !isIPv4(address.trim())) return null;
  return address
    .trim()
    .split('.')
    .reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The caller is whoever opened the connection; X-Forwarded-For changes nothing. */
export function ipFilter(call: PolicyCall, statement: Statement): Outcome {
  const caller = call.request.address ?? '';
  const at = numeric(caller);
  const isListed = statement.children.some((child) => {
    if (child.name === 'address') return worked(call, child.text) === caller;
    if (child.name !== 'address-range' || at === null) return false;
    const [from, to] = [numeric(attributeOf(call, child, 'from')), numeric(attributeOf(call, child, 'to'))];
    return from !== null && to !== null && from <= at && at <= to;
  });
  const isAllowList = (attributeOf(call, statement, 'action') ?? 'allow').toLowerCase() === 'allow';
  if (isListed === isAllowList) return null;
  return failed('ip-filter', isAllowList ? 'CallerIpNotAllowed' : 'CallerIpBlocked', 'Forbidden', refusal(403, 'Forbidden'));
}

/** No client of the lab has a certificate. What the gateway says of one that is missing is not documented: the text is that of a wrong one. */
export function validateClientCertificate(call: PolicyCall, statement: Statement): Outcome {
  if (attributeOf(call, statement, 'ignore-error')?.toLowerCase() === 'true') return null;
  const message = 'Invalid client certificate';
  return failed('validate-client-certificate', 'ClientCertificateNotFound', message, refusal(401, message));
}
