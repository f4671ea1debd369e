// `locksmith lab --estate FILE`: the practice API Management alone, until it is stopped.
import { writeFileSync } from 'node:fs';
import { startLab } from '../lab/lab.ts';
import type { Settings } from '../settings.ts';
import { cannot, type ExitCode } from './exit.ts';
import type { Options } from './options.ts';

export async function labCommand(settings: Settings, options: Options, print: (text: string) => void): Promise<ExitCode> {
  const estate = options.estate ?? settings.labEstate ?? `${import.meta.dirname}/../lab/estates/contoso.json`;
  const lab = await startLab({
    estate,
    managementPort: settings.labPort,
    gatewayPort: settings.labGatewayPort,
    ...(settings.labTraffic ? { trafficFile: settings.labTraffic } : {}),
  }).catch((error: unknown) => {
    throw cannot(error instanceof Error ? error.message : 'The lab could not be started.');
  });
  if (settings.labCa) {
    try {
      writeFileSync(settings.labCa, lab.ca);
    } catch (error) {
      await lab.stop();
      throw cannot(`LOCKSMITH_LAB_CA: ${settings.labCa} cannot be written (${(error as { code?: string }).code ?? 'error'}).`);
    }
  }
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  print(`ready ${lab.managementUrl} ${lab.gatewayUrl}`);
  await stopped;
  await lab.stop();
  return 0;
}
