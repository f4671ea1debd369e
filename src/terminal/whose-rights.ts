// Whose rights in Azure this terminal has. On the bot's own host that is the bot, and LOCKSMITH_ACT_AS may say that only people change Azure.
import type { Settings } from '../settings.ts';
import type { Line } from './doctor-line.ts';

type Known = Pick<Settings, 'actAs' | 'machineIdentity'>;

/** Why nothing may be changed from here, as a sentence; null when it may. */
export function whyNotFromHere({ actAs, machineIdentity }: Known): string | null {
  if (actAs !== 'person' || machineIdentity === null) return null;
  return `LOCKSMITH_ACT_AS is "person", but this terminal has the rights of the machine's own identity (${machineIdentity} is set), not yours, so nothing was changed. Press the button in Teams, or sign in with az login and set AZURE_TOKEN_CREDENTIALS=dev.`;
}

/** `lab`: the practice estate, null for Azure. */
export function terminalLine(settings: Known, lab: string | null): Line {
  const name = 'Terminal';
  if (lab !== null) return { state: 'ok', name, says: 'With --lab, a practice estate is changed and no rights in Azure are used.' };
  const { machineIdentity } = settings;
  if (machineIdentity === null) {
    const says =
      'fix --yes and undo --yes use the rights of whoever is signed in here (az login), or of the managed identity where this is a virtual machine that has one.';
    return { state: 'ok', name, says };
  }
  const machine = `the machine's own identity (${machineIdentity} is set), whoever types`;
  if (whyNotFromHere(settings) === null) return { state: 'ok', name, says: `fix --yes and undo --yes use the rights of ${machine}.` };
  return {
    state: 'note',
    name,
    says: `It has the rights of ${machine}, so fix --yes and undo --yes are refused: LOCKSMITH_ACT_AS is person. To use your own, sign in with az login and set AZURE_TOKEN_CREDENTIALS=dev.`,
  };
}
