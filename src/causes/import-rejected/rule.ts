// Importing an OpenAPI document fails for reasons that its author does not see elsewhere: seed 003 names three. Microsoft's page on import
// restrictions says that relative server URLs are resolved against the address that the document was read from, so a file alone fails.

import type { SignName, Symptom } from '../../symptom/symptom.ts';
import { confirmed, type Evidence, ruledOut, suspected } from '../contract.ts';
import { explain } from '../explain.ts';
import { complaint } from '../key-check.ts';
import { signEvidence, signOf } from '../signs.ts';

interface Reason {
  readonly seen: SignName;
  readonly said: SignName;
  readonly says: string;
  readonly expected: string;
}

const reasons: readonly Reason[] = [
  {
    seen: 'duplicate-operation',
    said: 'said-duplicate-operation',
    says: 'An operationId stands twice in the document, and the import takes it as the name of the operation. Give each operation an operationId of its own.',
    expected: 'each operationId once',
  },
  {
    seen: 'relative-server',
    said: 'said-relative-server',
    says: 'The server URL of the document is relative, and the import needs the whole address of the backend. Write it as https://HOST/PATH under servers, or import from the address where the document is published.',
    expected: 'an absolute URL under servers',
  },
  {
    seen: 'cookie-parameter',
    said: 'said-cookie-parameter',
    says: 'The document has a parameter in a cookie, which the import does not take. Remove it from the document; the backend still gets the cookie.',
    expected: 'parameters in path, query or header',
  },
];

export const cause = explain({
  id: 'import-rejected',
  code: 'N06',
  stage: 'configuration',
  title: 'The OpenAPI document cannot be imported as it is',
  best: 'confirmed',
  applies: (symptom) =>
    symptom.layer === 'not-a-401' &&
    signOf(symptom, 'import-error', 'duplicate-signature', 'relative-server', 'duplicate-operation', 'cookie-parameter') !== null,
  judge(symptom) {
    const failed = signOf(symptom, 'import-error');
    const same = signOf(symptom, 'duplicate-signature');
    if (same !== null) {
      return confirmed(
        'Two operations of the document have the same method and URL template; names of path parameters do not tell them apart. Merge them or change one path.',
        signEvidence(same, 'each method and path once'),
      );
    }
    const found = reasons.flatMap((reason) => findReason(symptom, reason, failed !== null));
    const [first, ...more] = found;
    if (first === undefined) {
      if (failed === null) return ruledOut('The paste shows no import that failed.', complaint(symptom, 'an import error'));
      return suspected(
        'An import failed, and the paste does not show why. Usual reasons: a relative server URL, an operationId that stands twice, a parameter in a cookie. The whole message, or the document, settles it.',
        signEvidence(failed, 'an import that succeeds'),
      );
    }
    const says = found.map((one) => one.says).join(' ');
    const evidence = more.map((one) => one.evidence);
    return found.some((one) => one.sure) ? confirmed(says, first.evidence, ...evidence) : suspected(says, first.evidence, ...evidence);
  },
});

/** Seen in the document itself, or said by the import. A document alone proves only the duplicate: of the others it depends on how it is imported. */
function findReason(symptom: Symptom, reason: Reason, failed: boolean): readonly { says: string; evidence: Evidence; sure: boolean }[] {
  const seen = signOf(symptom, reason.seen);
  const said = failed ? signOf(symptom, reason.said) : null;
  const sign = seen ?? said;
  if (sign === null) return [];
  return [{ says: reason.says, evidence: signEvidence(sign, reason.expected), sure: failed || reason.seen === 'duplicate-operation' }];
}
