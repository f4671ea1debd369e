// After a restore from a backup, or a move by building anew, keys and product links can differ from what callers hold (field guide G12).
import { type Cause, defineRule, type Evidence, ruledOut, suspected, unknown } from '../contract.ts';
import { fromPaste, maybeInvalid } from '../key-check.ts';
import { toldOf } from '../on-the-way.ts';
import { remedy } from './remedy.ts';

/** A service younger than this, that knows the key not at all, may be the successor of another. */
const youngDays = 60;

export const rule = defineRule({
  id: 'service-restored-or-moved',
  code: 'G12',
  stage: 'configuration',
  title: 'The service was restored or moved, and its keys differ',
  best: 'suspected',
  needs: ['service'],
  wants: ['key'],
  applies: maybeInvalid,

  check({ symptom, at, service, key }) {
    const told = toldOf(symptom, 'restored-or-moved');
    const created: Evidence = {
      at: `${service.armId}#/properties/createdAtUtc`,
      observed: service.createdAt ?? 'no date',
      expected: 'older than the key that callers hold',
    };
    const days = service.createdAt === null ? null : (at.getTime() - Date.parse(service.createdAt)) / 86_400_000;
    const young = days !== null && days >= 0 && days <= youngDays;
    if (told === null && !young)
      return ruledOut('The service is not new, and nothing in the paste speaks of a restore or a move.', created);

    const remedy =
      'Compare subscriptions and product links with the former service or the backup; create missing subscriptions anew with the same key values given explicitly, or hand out the present keys.';
    if (key.status === 'read') {
      const [match] = key.value.matches;
      const compared: Evidence = {
        at: key.value.at,
        observed:
          match === undefined
            ? `${key.value.shown} is the beginning of none of ${key.value.scanned} keys`
            : `${key.value.shown} belongs to ${match.subscription.name}`,
        expected: 'a key that the new service does not know',
      };
      if (match !== undefined) return ruledOut('This service knows the key, so it did not get lost in a restore or a move.', compared);
      if (!key.value.complete)
        return unknown('Not every subscription could be compared, so whether the key got lost is not known.', compared);
      const words =
        told === null
          ? `This service was made ${Math.round(days ?? 0)} days before the call`
          : 'The words say that the service was restored or moved';
      return suspected(
        `${words}, and it does not know the key that was sent. ${remedy}`,
        told === null ? created : fromPaste(told, 'a service that kept its keys'),
        compared,
      );
    }
    if (told !== null) {
      return suspected(
        `The words say that the service was restored or moved; keys of the former one may be unknown here. ${remedy} The first four characters of the key would settle it.`,
        fromPaste(told, 'a service that kept its keys'),
        created,
      );
    }
    return ruledOut('The service is new, but no key is known that it should have from a former one.', created);
  },
});

export const cause: Cause = { rule, fix: null, remedy };
