// What is said to somebody whom Azure refused. The line for a terminal is run through bash, with an az that prints what it was given.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { requestFor } from '../../src/azure/arm-change.ts';
import { missingRight } from '../../src/azure/missing-right.ts';
import type { PlannedChange } from '../../src/remediation/plan-record.ts';
import { seal } from '../../src/snapshot/sealed.ts';

const service = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso';
const write = 'Microsoft.ApiManagement/service/subscriptions/write';
const arm = 'https://management.azure.com';
const version = 'api-version=2024-05-01';

const folder = mkdtempSync(join(tmpdir(), 'locksmith-az-'));
beforeAll(() => {
  const az = join(folder, 'az');
  writeFileSync(az, '#!/bin/sh\nfor one in "$@"; do printf "%s\\0" "$one"; done\n');
  chmodSync(az, 0o700);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What az is given. */
function run(line: string): string[] {
  const printed = execFileSync('bash', ['-c', line], { encoding: 'utf8', env: { PATH: `${folder}:/usr/bin:/bin`, HOME: '/nowhere' } });
  return printed.split('\0').slice(0, -1);
}

function lineFor(change: Partial<PlannedChange>, endpoint = arm): string {
  return missingRight(write, changed(change), endpoint).azRest;
}

function changed(change: Partial<PlannedChange>): PlannedChange {
  return { on: `${service}/subscriptions/s1`, field: 'properties.state', before: 'suspended', after: 'active', etag: '"AAAA"', ...change };
}

it('names the action, a role that has it, who grants it, and the service in the portal', () => {
  const { action, role, grantedBy, portal } = missingRight(write, changed({}), arm, 'contoso.example');

  expect({ action, role }).toEqual({ action: write, role: 'API Management Service Contributor' });
  expect(grantedBy).toMatch(/Owner.*User Access Administrator.*Role Based Access Control Administrator.*contoso/);
  expect(portal).toBe(`https://portal.azure.com/#@contoso.example/resource${service}`);
});

it.each([
  ['https://management.azure.com', 'https://portal.azure.com/'],
  ['https://management.usgovcloudapi.net', 'https://portal.azure.us/'],
  ['https://management.chinacloudapi.cn', 'https://portal.azure.cn/'],
  ['https://localhost:8443', 'https://portal.azure.com/'],
])('links to the portal of the cloud: %s', (endpoint, portal) => {
  expect(missingRight(write, changed({}), endpoint).portal).toBe(`${portal}#resource${service}`);
});

it.each<[string, Partial<PlannedChange>, string[]]>([
  [
    'a field',
    {},
    [
      'rest',
      '--method',
      'patch',
      '--uri',
      `${arm}${service}/subscriptions/s1?${version}`,
      '--headers',
      'If-Match="AAAA"',
      '--body',
      '{"properties":{"state":"active"}}',
    ],
  ],
  [
    'a link, which has no body and no ETag',
    { on: `${service}/products/p/apis/a`, field: '', before: null, after: { id: 'x' }, etag: null },
    ['rest', '--method', 'put', '--uri', `${arm}${service}/products/p/apis/a?${version}`],
  ],
  [
    'a whole resource',
    { field: '', before: null, after: { properties: { displayName: "Ann's", scope: '/apis' } }, etag: null },
    [
      'rest',
      '--method',
      'put',
      '--uri',
      `${arm}${service}/subscriptions/s1?${version}`,
      '--body',
      '{"properties":{"displayName":"Ann\'s","scope":"/apis"}}',
    ],
  ],
  [
    'a removal',
    { field: '', before: {}, after: null },
    ['rest', '--method', 'delete', '--uri', `${arm}${service}/subscriptions/s1?${version}`, '--headers', 'If-Match="AAAA"'],
  ],
  [
    'an action, without what tells that it was run',
    { field: '!regeneratePrimaryKey', before: null, after: null, etag: 'key 0123' },
    ['rest', '--method', 'post', '--uri', `${arm}${service}/subscriptions/s1/regeneratePrimaryKey?${version}`],
  ],
])('prints the request as one line for %s', (_, change, argv) => {
  const line = lineFor(change);

  expect(line).not.toContain('\n');
  expect(run(line)).toEqual(argv);
});

it('prints what would have been sent, whatever stands in it', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((one) => one.replaceAll('\0', ''));
  const nasty = fc.constantFrom("'; rm -rf /; '", '$(id)', '`id`', '"', '\\', '!!', '\n', "it's", '%s', '*', '~', '#');
  const any = fc.oneof(text, nasty).filter((one) => !one.includes('…'));
  fc.assert(
    fc.property(any, any, any, (etag, name, value) => {
      const on = `${service}/apis/${encodeURIComponent(name)}`;
      const change = changed({ on, field: 'properties.displayName', after: value, etag });
      const argv = run(missingRight(write, change, arm).azRest);
      const request = requestFor(change);
      expect(argv.slice(0, 3)).toEqual(['rest', '--method', 'patch']);
      expect(new URL(argv[4] ?? '').pathname).toBe(new URL(request.path, arm).pathname);
      expect(argv.slice(5)).toEqual(['--headers', `If-Match=${etag}`, '--body', JSON.stringify(request.body)]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

const canary = 'canary-key-0123456789';

it.each<[string, unknown]>([
  ['a fingerprint', { headers: [{ name: 'k', values: ['cana… (fingerprint 0123abcd)'] }] }],
  ['a sealed value', seal({ value: canary }, { value: 'cana…' })],
  ['a sealed value deep inside', { request: { headers: [seal(canary, 'cana…')] } }],
  ['a key by its name', { properties: { primaryKey: canary } }],
])('says that the value is not shown, in place of the body, for %s', (_, after) => {
  const line = lineFor({ field: 'properties.request', after });
  const argv = run(line);

  expect(argv.at(-2)).toBe('--body');
  expect(argv.at(-1)).toContain('not shown');
  expect(() => JSON.parse(argv.at(-1) ?? '')).toThrow();
  expect(line).not.toMatch(/cana|fingerprint/);
});

const policy = { on: `${service}/apis/echo/policies/policy`, field: 'properties.value' };

it('sends somebody with a policy to the portal, with the lines that differ, and nothing that a shell would run', () => {
  const before = '<policies>\n  <inbound>\n    <cors />\n  </inbound>\n</policies>';
  const line = lineFor({ ...policy, before, after: before.replace('<inbound>\n', '<inbound>\n    <base />\n') });

  expect(line.split('\n').slice(1)).toEqual(['# +     <base />']);
  expect(line).toMatch(/portal.*apis\/echo/);
  expect(run(line)).toEqual([]);
});

it('keeps a hostile policy inside its comments, and a long one short', () => {
  const many = Array.from({ length: 200 }, (_, index) => `touch /tmp/owned-${index}`).join('\r\n');
  const line = lineFor({ ...policy, before: 'a', after: `x\raz one\u2028az two\naz three\n${many}` });

  expect(line.split(/[\r\n\u2028]/).filter((one) => !one.startsWith('# '))).toEqual([]);
  expect(line.split('\n').length).toBeLessThan(40);
  expect(line).toContain('lines more');
  expect(run(line)).toEqual([]);
});

it('names a wider role for what is not API Management', () => {
  const on = `${service.replace('Microsoft.ApiManagement/service', 'Microsoft.Other/things')}`;
  const { role, portal } = missingRight('Microsoft.Other/things/write', changed({ on }), arm);

  expect(role).toBe('Contributor');
  expect(portal).toBe(`https://portal.azure.com/#resource${on}`);
});
