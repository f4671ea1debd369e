// Text about 401s that is none: policy documents, documentation, source. They are blanked before an answer is looked for.
import type { Span } from './spans.ts';

const policyTag =
  /<\/?(?:policies|inbound|outbound|on-error|backend|base|choose|when|otherwise|return-response|set-status|set-body|set-header|set-variable|validate-jwt|validate-azure-ad-token|validate-client-certificate|check-header|openid-config|audiences|audience|issuers|issuer|issuer-signing-keys|required-claims|claim|client-application-ids|application-id|ip-filter|rate-limit(?:-by-key)?|quota(?:-by-key)?|cors|set-backend-service|authentication-[a-z-]{1,30}|forward-request|include-fragment|fragment|set-query-parameter|trace|value)\b/gi;

/** Policy XML, from the first tag to the last one near it. Two distinct tags at least, so that a lone HTML word is no policy. */
export function findPolicies(text: string): readonly Span[] {
  const spans: { from: number; to: number; tags: number }[] = [];
  for (const match of text.matchAll(policyTag)) {
    const last = spans.at(-1);
    const end = tagEnd(text, match.index + match[0].length);
    if (
      last !== undefined &&
      match.index - last.to < 1500 &&
      !/\bHTTP\/[\d.]{1,3} \d{3}\b|\{\s{0,20}"(?:statusCode|error)"/.test(text.slice(last.to, match.index))
    ) {
      last.to = Math.max(last.to, end);
      last.tags += 1;
    } else {
      spans.push({ from: match.index, to: end, tags: 1 });
    }
  }
  return spans.filter(
    (span) => span.tags > 1 || /<(?:return-response|validate-|check-header|set-status)/i.test(text.slice(span.from, span.to)),
  );
}

function tagEnd(text: string, from: number): number {
  const end = text.slice(from, from + 2000).indexOf('>');
  return end === -1 ? from : from + end + 1;
}

/** A sentence about what a gateway does, not a report that it did. */
export function isGeneral(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 400), at);
  const sentence = before.slice(before.lastIndexOf('\n') + 1) + (text.slice(at, at + 400).split('\n', 1)[0] ?? '');
  const general =
    /\b(?:all return|return|returns|returning|will return|would return|may return|can return|returned when|responds? with|means|indicates|stands for|is (?:used|sent|raised|thrown) (?:when|if)|results? in|rejected with|fails? with|answers?|to (?:fix|avoid|debug|troubleshoot|handle|understand)|what is|what does|how (?:do|to|can)|why (?:do|does|is)|if (?:the|a|no|you|your)|when(?:ever)? (?:the|a|no|you|your)|errors? (?:are|occur)|401s|should|must|e\.g|for example|documentation|see|rfc|according to|troubleshoot)\b/i;
  const reported =
    /\b(?:i|i'm|i've|we|we're|we've|our|my|me|us|am getting|is getting|got|getting|gets|received|receiving|seeing|since|yesterday|today|now|help)\b|^\W{0,20}(?:error|exception|fatal|status|http|response)\b|Exception\b/im;
  const question =
    /\b(?:how (?:do|to|can|should|would)|what (?:is|does|do)|when (?:does|do|will)|can (?:i|we) (?:return|send|change|customi[sz]e))\b/i;
  const happened = /\b(?:get|gets|getting|got|receiv\w{1,3}|seeing|see|fails?|failing|fix|solve|resolve)\b/i;
  if (question.test(sentence) && !happened.test(sentence)) return true;
  return general.test(sentence) && !reported.test(sentence);
}
