// The bot alone in a process of its own, against a lab somewhere else: what its memory is measured on.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everybody } from '../../src/access/everybody.ts';
import { labCredential } from '../../src/azure/credentials.ts';
import { createLog } from '../../src/log.ts';
import { startService } from '../../src/service.ts';
import { readSettings } from '../../src/settings.ts';
import { createEngine } from '../../src/wiring.ts';

const [endpoint = '', caFile = '', service = ''] = process.argv.slice(2);
const settings = { ...readSettings({}), port: 0 };
const engine = createEngine({
  ...settings,
  arm: { endpoint, scope: `${endpoint}/.default`, credential: labCredential(), ca: readFileSync(caFile, 'utf8') },
  services: [service],
  stateDir: mkdtempSync(join(tmpdir(), 'locksmith-bench-')),
  localHosts: true,
  singleOperator: true,
  access: everybody,
  actAs: 'bot',
  gatewayBase: null,
});
const bot = await startService({ engine, services: [service], settings, mode: 'local', access: everybody, log: createLog('silent') });
process.stdout.write(`${bot.url}\n`);
