// `locksmith doctor`: every setting and permission, one line each, with what to do where something is wrong.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { missingForServe, type Settings } from '../settings.ts';
import type { ArmReader } from '../snapshot/ports.ts';
import { nameOf } from '../snapshot/resolve-service.ts';
import type { Reading } from '../snapshot/snapshot.ts';
import type { ExitCode } from './exit.ts';
import type { Options } from './options.ts';
import { openSession } from './session.ts';

interface Line {
  readonly state: 'ok' | 'note' | 'wrong';
  readonly name: string;
  readonly says: string;
}

export async function doctorCommand(settings: Settings, options: Options, print: (text: string) => void): Promise<ExitCode> {
  const lines: Line[] = [nodeLine(), stateLine(settings.stateDir), { state: 'ok', name: 'ARM endpoint', says: settings.armEndpoint }];
  for (const missing of missingForServe(settings)) lines.push({ state: 'note', name: 'npm run serve', says: missing });
  lines.push({
    state: settings.fixers.length > 0 ? 'ok' : 'note',
    name: 'LOCKSMITH_FIXERS',
    says:
      settings.fixers.length > 0
        ? `${settings.fixers.length} people may press fix buttons.`
        : 'Nobody may press fix buttons under serve: the bot only looks.',
  });
  if (options.lab === null && options.services.length === 0 && settings.services.length === 0) {
    lines.push({
      state: 'wrong',
      name: 'LOCKSMITH_SERVICES',
      says: 'No service is configured: set it to the ARM id of an API Management service.',
    });
  } else {
    const session = await openSession(settings, options);
    try {
      for (const service of session.services) lines.push(...(await permissions(service, session.engine.reader())));
    } finally {
      await session.close();
    }
  }
  const wrong = lines.some((line) => line.state === 'wrong');
  print(
    options.json
      ? JSON.stringify({ ok: !wrong, checks: lines }, null, 2)
      : lines.map(({ state, name, says }) => `${state.padEnd(5)} ${name}: ${says}`).join('\n'),
  );
  return wrong ? 1 : 0;
}

function nodeLine(): Line {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    state: major >= 24 ? 'ok' : 'wrong',
    name: 'Node',
    says: major >= 24 ? process.version : `${process.version}; 24 or newer is needed: start it through npm.`,
  };
}

function stateLine(dir: string): Line {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK);
    return { state: 'ok', name: 'LOCKSMITH_STATE_DIR', says: dir };
  } catch {
    return { state: 'wrong', name: 'LOCKSMITH_STATE_DIR', says: `${dir} cannot be written: name a folder that can.` };
  }
}

async function permissions(service: string, reader: ArmReader): Promise<readonly Line[]> {
  const name = nameOf(service);
  const line = (what: string, reading: Reading<unknown>): Line => {
    if (reading.status === 'read') return { state: 'ok', name: `${name}: ${what}`, says: 'allowed' };
    return { state: 'wrong', name: `${name}: ${what}`, says: reading.says };
  };
  const [own, apis, products, subscriptions] = await Promise.all([
    reader.get(service),
    reader.list(`${service}/apis`, undefined, 1),
    reader.list(`${service}/products`, undefined, 1),
    reader.list(`${service}/subscriptions`, undefined, 1),
  ]);
  const lines = [
    line('read the service', own),
    line('read APIs', apis),
    line('read products', products),
    line('read subscriptions', subscriptions),
  ];
  const firstApi = apis.status === 'read' ? apis.value.items[0] : undefined;
  if (firstApi !== undefined) {
    const [operations, linked] = await Promise.all([
      reader.list(`${firstApi.id}/operations`, undefined, 1),
      reader.list(`${firstApi.id}/products`, undefined, 1),
    ]);
    lines.push(line('read operations', operations), line("read an API's products", linked));
  }
  const firstSubscription = subscriptions.status === 'read' ? subscriptions.value.items[0] : undefined;
  if (firstSubscription !== undefined) lines.push(line('list keys (listSecrets)', await reader.listSecrets(firstSubscription.id)));
  lines.push(await writePermissions(service, name, reader));
  return lines;
}

const writes = [
  'Microsoft.ApiManagement/service/subscriptions/write',
  'Microsoft.ApiManagement/service/products/apis/write',
  'Microsoft.ApiManagement/service/products/apis/delete',
  'Microsoft.ApiManagement/service/apis/write',
  'Microsoft.ApiManagement/service/apis/operations/write',
];

// Writing is not tried out: ARM tells the caller's own actions at this scope.
async function writePermissions(service: string, name: string, reader: ArmReader): Promise<Line> {
  const own = await reader.list(`${service}/providers/Microsoft.Authorization/permissions`, { 'api-version': '2022-04-01' });
  const rules = own.status === 'read' ? own.value.raw : [];
  if (rules.length === 0)
    return {
      state: 'note',
      name: `${name}: write`,
      says: 'could not be checked without writing; a missing permission is named when a button needs it.',
    };
  const missing = writes.filter((action) => !rules.some((rule) => matches(rule.actions, action) && !matches(rule.notActions, action)));
  if (missing.length === 0) return { state: 'ok', name: `${name}: write`, says: 'allowed' };
  return { state: 'note', name: `${name}: write`, says: `fixes that need ${missing.join(', ')} will be refused by Azure.` };
}

function matches(patterns: unknown, action: string): boolean {
  if (!Array.isArray(patterns)) return false;
  return patterns.some((pattern) => {
    const [start = '', ...more] = String(pattern).toLowerCase().split('*');
    const wanted = action.toLowerCase();
    return more.length === 0 ? wanted === start : wanted.startsWith(start) && wanted.endsWith(more.at(-1) ?? '');
  });
}
