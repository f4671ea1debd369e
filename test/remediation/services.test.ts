// Two services, and people who have a role on one of them: what is asked again before a write is asked about that one.
import { createAccess } from '../../src/access/roles.ts';
import { isInside } from '../../src/remediation/made-again.ts';
import type { PressResult } from '../../src/remediation/plan-record.ts';
import { estateOf, serviceId } from '../harness/healthy-estate.ts';
import { type LabEngine, openLabEngine } from '../harness/lab-engine.ts';

const prod = serviceId.replace(/contoso$/, 'prod');
const prodKey = 'd4'.repeat(16);
const ada = { id: '00000000-0000-4000-8000-0000000000a1', name: 'Ada', tenant: 't', guest: false };
const press = { who: ada, conversation: 'room' };
const paste = [
  '> GET /echo/resource HTTP/1.1',
  `> Ocp-Apim-Subscription-Key: ${prodKey}`,
  '>',
  '< HTTP/1.1 401 Access Denied',
  '<',
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }',
].join('\n');

let room: LabEngine;

/** The header of the API was renamed in both; the pasted key is one of prod's. */
beforeEach(async () => {
  const names = { header: 'x-api-key', query: 'x-api-key' };
  const contoso = estateOf({ given: { 'apis/echo': { properties: { subscriptionKeyParameterNames: names } } } });
  const text = JSON.stringify(contoso.resources)
    .replaceAll('a10f'.repeat(8), prodKey)
    .replaceAll('5e', 'f8')
    .replaceAll('c30f', 'e70f')
    .replaceAll('b20f', 'e80f');
  const estates = [contoso, { ...contoso, service: prod, resources: JSON.parse(text) as (typeof contoso)['resources'] }];
  const access = createAccess({
    grants: [{ role: 'fixer', who: [ada.id], services: [serviceId.toLowerCase()] }],
    memberOf: async () => [],
    tenants: ['t'],
  });
  const estate = { format: 'locksmith-estate/1', estates } as unknown as Parameters<typeof openLabEngine>[0]['estate'];
  room = await openLabEngine({ estate }, { services: [serviceId, prod], access });
});

afterEach(() => room.close());

it('changes the service that the plan names, and no other that is configured', async () => {
  const { engine, lab } = room;
  const { diagnosis, offers } = await engine.ask({ paste, services: [serviceId] });
  const offer = offers.get('key-parameter-renamed');
  if (offer === undefined || diagnosis.service === null) throw new Error(`Nothing is offered, only ${[...offers.keys()].join(', ')}.`);
  expect(diagnosis.service).toBe(serviceId);
  const { changes, ...rest } = offer;
  const plan = await engine.remediation.offer({ ...press, ...rest, shown: changes, symptom: diagnosis.symptom, service: serviceId });

  const shown: PressResult = await engine.remediation.prepare(plan.id, press);
  expect(shown).toMatchObject({ kind: 'preview', plan: { shown: [{ on: `${serviceId}/apis/echo` }] } });
  expect(await engine.remediation.confirm(plan.id, press, shown.plan?.digest ?? null)).toMatchObject({ kind: 'applied' });

  const written = lab.requests.filter(({ method }) => method === 'PATCH').map(({ path }) => path);
  expect(written).toEqual([`${serviceId}/apis/echo`]);
});

it('takes a change for inside of a service by its whole name', () => {
  const change = (on: string) => [{ on, field: '', before: null, after: null }];

  expect(isInside(serviceId, change(`${serviceId.toUpperCase()}/apis/echo`))).toBe(true);
  expect(isInside(serviceId, change(`${serviceId}2/apis/echo`))).toBe(false);
  expect(isInside(serviceId, [...change(`${serviceId}/apis/echo`), ...change(`${prod}/apis/echo`)])).toBe(false);
});
