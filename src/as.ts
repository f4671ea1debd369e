// Composition root of `npm run as -- megan`: one more chat window on the bot that npm start runs, for another person of the practice room.
import { readSettings, type Settings } from './settings.ts';
import { type Playground, startPlayground } from './teams/playground.ts';
import { type PlaygroundPerson, playgroundConfig, playgroundPeople } from './teams/playground-people.ts';

async function run(args: readonly string[]): Promise<number> {
  const [asked = '', ...rest] = args;
  const person = playgroundPeople.find(({ alias, name }) => [alias, name.toLowerCase()].includes(asked.trim().toLowerCase()));
  if (person === undefined || rest.length > 0) {
    return complain(
      `${asked === '' ? 'Who do you want to be?' : `There is no ${args.join(' ')} here.`} Give one of these names:\n${names()}`,
      2,
    );
  }
  const ended = endOfProcess();
  try {
    const settings = readSettings();
    if (!(await isRunning(settings.port))) {
      const says = `The bot is not running on port ${settings.port}. Run npm start in another terminal first`;
      return complain(`${says}; if it is on another port, say which one with LOCKSMITH_PORT.`);
    }
    const playground = await startBeside(settings, playgroundConfig(person));
    process.stdout.write(`${invitation(playground.url, person)}\n`);
    const why = await Promise.race([ended, playground.ended.then(() => 'The Agents Playground has ended.')]);
    await playground.stop();
    return why === null ? 0 : complain(why);
  } catch (error) {
    return complain(error instanceof Error ? error.message : 'The window could not be opened.');
  }
}

function names(): string {
  return playgroundPeople.map(({ alias, name, may }) => `  npm run as -- ${alias.padEnd(7)} ${name} ${may}`).join('\n');
}

function invitation(url: string, { name, may }: PlaygroundPerson): string {
  return [
    `Open ${url}: there you are ${name}, who ${may}.`,
    'You share Group Chat with the window of npm start. In either, type @ and pick Locksmith, then write: in one, a pasted 401; in the other, waiting',
    'What is asked in a Personal Chat nobody else can see. Ctrl+C closes this window.',
  ].join('\n');
}

/** Whether a bot of ours answers there. */
async function isRunning(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(3000) }).catch(() => null);
  const body: unknown = await answer?.json().catch(() => null);
  return answer?.ok === true && typeof body === 'object' && body !== null && 'alive' in body;
}

/** On the first free port after the one of npm start's window; on any, where that one may be any. */
async function startBeside({ port: botPort, playgroundPort }: Settings, config: string): Promise<Playground> {
  const endpoint = `http://localhost:${botPort}/api/messages`;
  if (playgroundPort === 0) return startPlayground({ endpoint, port: 0, config });
  const last = playgroundPort + 20;
  for (let port = playgroundPort + 1; ; port += 1) {
    try {
      return await startPlayground({ endpoint, port, config });
    } catch (error) {
      if (!isTaken(error) || port === last) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}

/** Also while it starts, so that nothing stays behind. */
function endOfProcess(): Promise<null> {
  return new Promise((resolve) => {
    // SIGHUP: the terminal was closed.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(null));
  });
}

function complain(says: string, code = 1): number {
  process.stderr.write(`${says}\n`);
  return code;
}

process.exit(await run(process.argv.slice(2)));
