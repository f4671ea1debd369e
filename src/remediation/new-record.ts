// A plan at its beginning.
import { emptyRecord } from './empty-record.ts';
import type { OfferInput, PlanRecord } from './plan-record.ts';
import { minutesFrom, type RemediationDeps } from './steps.ts';

export function newRecord(
  { clock, newId, limits }: Pick<RemediationDeps, 'clock' | 'newId' | 'limits'>,
  { who, signOn: _never, minutes, address, ...offer }: OfferInput,
): PlanRecord {
  const now = clock();
  const { cause, label, consequence, permission, undo, secondPerson, shown, symptom, service, conversation } = offer;
  return {
    ...emptyRecord,
    cause,
    label,
    consequence,
    permission,
    undo,
    secondPerson,
    shown,
    symptom,
    service,
    conversation,
    id: newId(),
    state: 'offered',
    askedBy: who,
    address: address ?? null,
    createdAt: now.toISOString(),
    expiresAt: minutesFrom(now, minutes ?? limits.planMinutes),
  };
}
