// What a value is that is no subscription's key: an id or a name that can be read here.
import type { KeyHasher, PastedKey } from '../symptom/symptom.ts';
import type { Collecting, Question } from './collecting.ts';
import { record, text } from './from-arm.ts';
import type { ArmReader } from './ports.ts';
import { nameOf } from './resolve-service.ts';
import type { KeyFact, SubscriptionFact } from './snapshot.ts';

export interface WhatElseQuestion {
  readonly key: PastedKey;
  readonly hash: KeyHasher;
  readonly reader: ArmReader;
  readonly serviceId: string;
  readonly question: Question;
  readonly subscriptions: readonly SubscriptionFact[];
  readonly fact: Collecting['fact'];
}

interface Named {
  readonly at: string;
  readonly what: string;
  readonly value: string | null;
}

export async function whatElse(asked: WhatElseQuestion): Promise<KeyFact['sameAs']> {
  const { key, hash } = asked;
  const known = [...fromIds(asked), ...fromSubscriptions(asked), ...(await fromApis(asked))];
  const found = first(known, key, hash);
  // 32 hex digits are a key of somewhere else far more often than a name: no further read for them.
  if (found !== null || key.form === 'hex32') return found;
  return first(await fromFurtherReads(asked), key, hash);
}

function first(named: readonly Named[], key: PastedKey, hash: KeyHasher): KeyFact['sameAs'] {
  const same = named.find((one) => one.value !== null && hash(one.value.trim().toLowerCase()) === key.folded);
  return same === undefined ? null : { at: same.at, what: same.what };
}

function fromIds({ question }: WhatElseQuestion): readonly Named[] {
  return question.services.flatMap((id) => {
    const [, , azure = '', , group = ''] = id.split('/');
    return [
      {
        at: `/subscriptions/${azure}`,
        what: 'the id of the Azure subscription (a billing account, not an API subscription)',
        value: azure,
      },
      { at: `/subscriptions/${azure}/resourceGroups/${group}`, what: 'the name of the resource group', value: group },
      { at: id, what: 'the name of the API Management service', value: nameOf(id) },
    ];
  });
}

function fromSubscriptions({ subscriptions }: WhatElseQuestion): readonly Named[] {
  return subscriptions.flatMap((one) => [
    { at: `${one.armId}#/name`, what: 'the id of an API Management subscription (not one of its keys)', value: one.name },
    { at: `${one.armId}#/properties/displayName`, what: 'the display name of an API Management subscription', value: one.displayName },
    {
      at: `${one.armId}#/properties/ownerId`,
      what: 'the id of the user who owns a subscription',
      value: one.ownerId === null ? null : nameOf(one.ownerId),
    },
  ]);
}

async function fromApis({ fact }: WhatElseQuestion): Promise<readonly Named[]> {
  const [api, products] = await Promise.all([fact('api'), fact('apiProducts')]);
  const entities = [
    ...(api.status === 'read' ? [{ entity: api.value, kind: 'an API' }] : []),
    ...(products.status === 'read' ? products.value.map((entity) => ({ entity, kind: 'a product' })) : []),
  ];
  return entities.flatMap(({ entity, kind }) => [
    { at: `${entity.armId}#/name`, what: `the id of ${kind}`, value: entity.name },
    { at: `${entity.armId}#/properties/displayName`, what: `the display name of ${kind}`, value: entity.displayName },
  ]);
}

async function fromFurtherReads({ reader, serviceId }: WhatElseQuestion): Promise<readonly Named[]> {
  const [service, products] = await Promise.all([reader.get(serviceId), reader.list(`${serviceId}/products`)]);
  const identity = service.status === 'read' ? record(service.value.envelope.identity) : {};
  return [
    { at: `${serviceId}#/identity/tenantId`, what: 'the id of the Entra tenant', value: text(identity.tenantId) },
    { at: `${serviceId}#/identity/principalId`, what: "the id of the service's managed identity", value: text(identity.principalId) },
    ...(products.status === 'read' ? products.value.items : []).flatMap((item) => [
      { at: `${item.id}#/name`, what: 'the id of a product', value: item.name },
      { at: `${item.id}#/properties/displayName`, what: 'the display name of a product', value: text(item.properties.displayName) },
    ]),
  ];
}
