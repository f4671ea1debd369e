// Composition root of the bot service: `node src/main.ts` is local mode, `node src/main.ts serve` the bot against real Azure.

import { startLocalMode } from './local-mode.ts';
import { createLog, errorFacts } from './log.ts';
import { startServing } from './serve-mode.ts';
import type { Running } from './service.ts';
import { missingForServe, readSettings, type Settings } from './settings.ts';

async function run(args: readonly string[]): Promise<number> {
  const [mode = 'local', ...rest] = args;
  if ((mode !== 'local' && mode !== 'serve') || rest.length > 0) {
    return complain('Usage: npm start (practice, on this machine) or npm run serve (against real Azure).', 2);
  }
  let settings: Settings;
  try {
    settings = readSettings();
  } catch (error) {
    return complain(error instanceof Error ? error.message : 'The settings cannot be read.');
  }
  const missing = mode === 'serve' ? missingForServe(settings) : [];
  if (missing.length > 0) {
    return complain(missing.join('\n'));
  }
  const log = createLog(settings.logLevel);
  // One turn gone wrong must not take the others down.
  process.on('unhandledRejection', (error) => log.error({ error: errorFacts(error) }, 'a promise was left rejected'));
  const asked = new Promise<null>((resolve) => {
    // SIGHUP: the terminal was closed; without it the Playground would stay behind.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(null));
    }
  });
  const starting = mode === 'serve' ? startServing(settings, log) : startLocalMode(settings, log, print);
  let running: Running;
  try {
    running = await starting;
  } catch (error) {
    log.debug({ error: errorFacts(error) }, 'the start failed');
    return complain(error instanceof Error ? error.message : 'The start failed.');
  }
  const why = await Promise.race([asked, running.broken]);
  await running.stop();
  return why === null ? 0 : complain(why);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(says: string, code = 1): number {
  process.stderr.write(`${says}\n`);
  return code;
}

process.exit(await run(process.argv.slice(2)));
