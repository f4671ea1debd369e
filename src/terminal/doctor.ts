// `locksmith doctor`: every setting and permission, one line each, with what to do where something is wrong.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { missingForServe, type Settings } from '../settings.ts';
import type { Line } from './doctor-line.ts';
import { permissionLines } from './doctor-permissions.ts';
import { roleLines } from './doctor-roles.ts';
import type { ExitCode } from './exit.ts';
import type { Options } from './options.ts';
import { openSession } from './session.ts';
import { terminalLine } from './whose-rights.ts';

export async function doctorCommand(settings: Settings, options: Options, print: (text: string) => void): Promise<ExitCode> {
  const lines: Line[] = [nodeLine(), stateLine(settings.stateDir), { state: 'ok', name: 'ARM endpoint', says: settings.armEndpoint }];
  for (const missing of missingForServe(settings)) lines.push({ state: 'note', name: 'npm run serve', says: missing });
  lines.push(...roleLines(settings, [...settings.services, ...options.services]));
  lines.push(terminalLine(settings, options.lab));
  if (options.lab === null && options.services.length === 0 && settings.services.length === 0) {
    lines.push({
      state: 'wrong',
      name: 'LOCKSMITH_SERVICES',
      says: 'No service is configured: set it to the ARM id of an API Management service.',
    });
  } else {
    const session = await openSession(settings, options);
    try {
      for (const service of session.services) lines.push(...(await permissionLines(service, session.engine.reader())));
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
