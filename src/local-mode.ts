// Practice, on this machine only: the lab, the bot, and Microsoft's Agents Playground as the chat window.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAccess } from './access/roles.ts';
import { labCredential } from './azure/credentials.ts';
import { type Lab, startLab } from './lab/lab.ts';
import { errorFacts, type Log } from './log.ts';
import type { Access } from './remediation/ports.ts';
import { type Running, startService } from './service.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Bot } from './teams/bot.ts';
import { type Playground, startPlayground } from './teams/playground.ts';
import { playgroundConfig, playgroundPeople } from './teams/playground-people.ts';
import { createEngine, type Engine } from './wiring.ts';

const ESTATES = join(import.meta.dirname, 'lab/estates');

/** Starts everything, then prints what to open and what to paste. @throws Error with one clear sentence, with nothing left running */
export async function startLocalMode(settings: Settings, log: Log, print: (text: string) => void): Promise<Running> {
  const started: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of started.splice(0).reverse()) {
      await each();
    }
  };
  try {
    const lab = await startLab({
      estate: settings.labEstate ?? join(ESTATES, 'contoso.json'),
      managementPort: settings.labPort,
      gatewayPort: settings.labGatewayPort,
      ...(settings.labTraffic === null ? {} : { trafficFile: settings.labTraffic }),
    });
    started.push(lab.stop);
    if (settings.labCa !== null) {
      writeFileSync(settings.labCa, lab.ca);
    }
    const access = localAccess();
    const engine = engineOverLab(settings, lab, access, log);
    started.push(async () => engine.close());
    const bot: Bot = await startService({ engine, services: lab.services, settings, mode: 'local', access, log });
    started.push(bot.stop);
    const [alex] = playgroundPeople;
    const playground: Playground = await startPlayground({
      endpoint: `${bot.url}/api/messages`,
      port: settings.playgroundPort,
      config: playgroundConfig(alex),
    });
    started.push(playground.stop);
    print([invitation(playground.url, lab.gatewayUrl, settings.labEstate === null), '', anotherPerson(bot.url)].join('\n'));
    return { stop, broken: playground.ended.then(() => 'The Agents Playground has ended. Start again with npm start.') };
  } catch (error) {
    await stop();
    throw error;
  }
}

function engineOverLab(settings: Settings, lab: Lab, access: Access, log: Log): Engine {
  const { stateDir, deadlineMs, planMinutes, approvalMinutes, undoHours, verifyMinutes, lookOnly, managedAsCode, twoToWiden } = settings;
  return createEngine({
    arm: { endpoint: lab.managementUrl, scope: `${lab.managementUrl}/.default`, credential: labCredential(), ca: lab.ca },
    services: lab.services,
    stateDir,
    localHosts: true,
    singleOperator: false,
    access,
    actAs: 'bot',
    gatewayBase: lab.gatewayUrl,
    lookOnly,
    managedAsCode,
    twoToWiden,
    deadlineMs,
    planMinutes,
    approvalMinutes,
    undoHours,
    verifyMinutes,
    trouble: (error) => log.error({ error: errorFacts(error) }, 'a plan could not be worked on'),
  });
}

interface Incident {
  readonly cause: string | null;
  readonly title: string;
  readonly request: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };
}

function invitation(playgroundUrl: string, gatewayUrl: string, builtIn: boolean): string {
  const incidents = builtIn ? (JSON.parse(readFileSync(join(ESTATES, 'contoso.incidents.json'), 'utf8')) as readonly Incident[]) : [];
  const [first, ...more] = incidents.filter((incident) => incident.cause !== null);
  if (first === undefined) {
    return `Open ${playgroundUrl} and paste a 401 of the practice gateway, ${gatewayUrl}.`;
  }
  const width = Math.max(...more.map((incident) => incident.title.length));
  return [
    `Open ${playgroundUrl} and paste this command together with what it prints: ${curl(gatewayUrl, first)}`,
    '',
    'More that are broken:',
    ...more.map((incident) => `  ${incident.title.padEnd(width)}  ${curl(gatewayUrl, incident)}`),
  ].join('\n');
}

/** How to be the second person. Another terminal does not know where this bot listens, unless that is the usual port. */
function anotherPerson(botUrl: string): string {
  const { port } = new URL(botUrl);
  const where = Number(port) === readSettings({}).port ? '' : `LOCKSMITH_PORT=${port} `;
  const [, megan, ...others] = playgroundPeople;
  const rest = others.map(({ alias }) => alias).join(', ');
  return `You are Alex there. In another terminal, be Megan, who agrees as the second person: ${where}npm run as -- ${megan?.alias} (or ${rest}, who look)`;
}

function curl(gatewayUrl: string, { request }: Incident): string {
  const method = request.method === 'GET' ? '' : `-X ${request.method} `;
  const headers = Object.entries(request.headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)} `);
  return `curl -i ${method}${headers.join('')}${quoted(`${gatewayUrl}${request.path}`)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
