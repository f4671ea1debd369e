// Named values: read only when a policy of the call refers to one, and never the secret ones' values.
import { redact } from '../../symptom/redact.ts';
import { type Collecting, mapReading } from '../collecting.ts';
import type { NamedValueFact, PoliciesFact } from '../facts-policies.ts';
import { list, record, text } from '../from-arm.ts';
import { namedValuesIn, type Statement, withAllInside } from '../policies/statement.ts';
import type { ArmResource } from '../ports.ts';
import type { Reading } from '../snapshot.ts';

/** Whether a policy of the call refers to a named value at all. */
export function refersToNamedValues({ documents, fragments }: PoliciesFact): boolean {
  return [...documents, ...fragments].some(({ root }) => root !== null && withAllInside(root).some(mentionsOne));
}

function mentionsOne({ attributes, text: words }: Statement): boolean {
  return [words, ...Object.values(attributes)].some((value) => namedValuesIn(value).length > 0);
}

export function readNamedValues({ question, once, withService }: Collecting): Promise<Reading<readonly NamedValueFact[]>> {
  return withService((id) =>
    once('named values', async () => mapReading(await question.reader.list(`${id}/namedValues`), ({ items }) => items.map(toNamedValue))),
  );
}

/** A named value without its secret: ARM leaves it out of GET answers; one that is plain may still hold a key. */
export function toNamedValue(resource: ArmResource): NamedValueFact {
  const { properties } = resource;
  const secret = properties.secret === true;
  const value = text(properties.value);
  const vault = record(properties.keyVault);
  const last = record(vault.lastStatus);
  return {
    armId: resource.id,
    displayName: text(properties.displayName) ?? resource.name,
    secret,
    value: secret || value === null ? null : redact(value),
    keyVault:
      list([vault]).length === 0 || Object.keys(vault).length === 0
        ? null
        : {
            secretIdentifier: text(vault.secretIdentifier),
            identityClientId: text(vault.identityClientId),
            lastStatus: text(last.code),
            lastMessage: text(last.message) === null ? null : redact(text(last.message) ?? '').slice(0, 300),
            lastChecked: text(last.timeStampUtc),
          },
  };
}
