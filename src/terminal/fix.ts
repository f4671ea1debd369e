// `locksmith fix --cause ID`: shows the plan; with --yes applies it and asks again. `locksmith undo --plan ID` takes it back.
import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { causeIdOf, causeOf } from '../causes/catalogue.ts';
import { rotateOther, rotatePasted } from '../diagnosis/rotation.ts';
import type { PlanRecord, Press, PressResult } from '../remediation/plan-record.ts';
import type { Settings } from '../settings.ts';
import { cannot, type ExitCode, usage } from './exit.ts';
import { named, type Options } from './options.ts';
import { openSession, type Session } from './session.ts';
import { missingText, planText } from './text.ts';

export async function fixCommand(
  settings: Settings,
  options: Options,
  readPaste: () => Promise<string>,
  print: (text: string) => void,
): Promise<ExitCode> {
  const id = options.cause ?? '';
  if (causeOf(causeIdOf(id)) === null && id !== rotateOther && id !== rotatePasted) throw usage(`There is no such cause${named(id)}.`);
  const paste = await readPaste();
  const session = await openSession(settings, options);
  try {
    // What an earlier command had to leave unclear is settled first.
    await tidyUp(session);
    return await run(session, options, id, paste, print);
  } finally {
    await session.close();
  }
}

/** Takes back what a fix of this terminal did: shows the plan; with --yes applies it. */
export async function undoCommand(settings: Settings, options: Options, print: (text: string) => void): Promise<ExitCode> {
  const session = await openSession(settings, options);
  try {
    await tidyUp(session);
    const shown = await session.engine.remediation.undo(options.plan ?? '', pressHere());
    if (shown.kind !== 'preview' || shown.plan === null) throw cannot(shown.says);
    return await confirmOrShow(session, options, shown.plan, print);
  } finally {
    await session.close();
  }
}

async function run(session: Session, options: Options, id: string, paste: string, print: (text: string) => void): Promise<ExitCode> {
  const { remediation } = session.engine;
  const { diagnosis, offers } = await session.engine.ask({
    paste,
    ...(options.keyPrefix === null ? {} : { keyPrefix: options.keyPrefix }),
  });
  const verdict = diagnosis.verdicts.find((one) => one.cause === causeIdOf(id));
  const offer = offers.get(id);

  if (verdict !== undefined && verdict.outcome !== 'confirmed' && verdict.outcome !== 'suspected') {
    const says = `${id} is ${verdict.outcome} here, so there is nothing to mend: ${verdict.says}`;
    show(options, print, { cause: id, service: diagnosis.service, outcome: verdict.outcome, says, fix: null, changes: [] }, says);
    return 3;
  }
  if (offer === undefined || diagnosis.service === null) throw cannot(`For ${id} no button is offered here. ${verdict?.says ?? ''}`.trim());

  const { symptom, service } = diagnosis;
  const press = pressHere();
  const { changes, ...rest } = offer;
  const kept = await remediation.offer({ ...press, ...rest, shown: changes, symptom, service });
  const prepared = await remediation.prepare(kept.id, press);
  if (prepared.kind !== 'preview' || prepared.plan === null) throw cannot(prepared.says);
  return confirmOrShow(session, options, prepared.plan, print);
}

async function confirmOrShow(session: Session, options: Options, plan: PlanRecord, print: (text: string) => void): Promise<ExitCode> {
  const document = planDocument(plan);
  if (!options.yes) {
    show(options, print, document, `${planText(plan)}\nNothing was changed. Add --yes to apply it.`);
    return 0;
  }
  if (plan.secondPerson && !session.singleOperator) {
    const says = 'This needs a second person to agree, so nothing was changed. LOCKSMITH_SINGLE_OPERATOR=true allows one person.';
    await session.engine.remediation.refused(plan.id, pressHere(), says);
    show(options, print, document, planText(plan));
    throw cannot(says);
  }
  const result = await cleared(session, await session.engine.remediation.confirm(plan.id, pressHere(), plan.digest));
  if ((result.kind !== 'applied' && result.kind !== 'undone') || result.plan === null) {
    // The plan and what is missing go to standard output, for people and scripts; the one line of the error says why.
    const { says, missing } = result;
    const more = missing === undefined ? '' : `\n${missingText(missing)}`;
    show(options, print, { ...document, applied: false, says, ...(missing === undefined ? {} : { missing }) }, `${planText(plan)}${more}`);
    throw cannot(says);
  }
  const { verified } = result.plan;
  // Of an undo its own newest line, not that of the fix which it took back.
  const audit = (await session.engine.remediation.find(plan.id))?.audit ?? null;
  const done = plan.kind === 'undo' ? { undone: true } : { applied: true, verified };
  show(options, print, { ...document, ...done, audit, says: result.says }, `${planText(plan)}\n${result.says}\nAudit line ${audit ?? ''}.`);
  return 0;
}

/** What an earlier command left half done, or could not find out, is settled first, and said. */
async function tidyUp({ engine }: Session): Promise<void> {
  for (const { label, says, id, state, undo } of await engine.remediation.work(ofTerminal)) {
    const back = state === 'applied' && undo !== null ? ` To take it back: locksmith undo --plan ${id}` : '';
    process.stderr.write(`An earlier command, "${label}": ${says}${back}\n`);
  }
}

/** What a chat has begun is settled and shown by the bot; what was done for certain is not touched again. */
function ofTerminal({ conversation, state }: PlanRecord): boolean {
  return conversation === null && (state === 'applying' || state === 'uncertain');
}

/** A lost answer of Azure is looked at again until it is clear: in a terminal nobody does it later. */
async function cleared({ engine: { remediation } }: Session, result: PressResult): Promise<PressResult> {
  let { plan } = result;
  const until = Date.now() + 20_000;
  if (plan?.state === 'uncertain') process.stderr.write('Azure has not answered clearly; looking again, for twenty seconds at most.\n');
  while (plan?.state === 'uncertain' && Date.now() < until) {
    await sleep(1000);
    await remediation.work(ofTerminal);
    plan = await remediation.find(plan.id);
  }
  if (plan === null || plan === result.plan) return result;
  if (plan.state === 'uncertain')
    return { ...result, plan, says: `${plan.says} Give the same command again in two minutes: it looks first.` };
  if (plan.state !== 'applied') return { ...result, plan, says: plan.says };
  const fix = plan.undoes === null ? null : await remediation.find(plan.undoes);
  return { kind: fix === null ? 'applied' : 'undone', plan: fix ?? plan, says: plan.says };
}

function show(options: Options, print: (text: string) => void, document: Readonly<Record<string, unknown>>, text: string): void {
  print(options.json ? JSON.stringify(document, null, 2) : text);
}

function planDocument(plan: PlanRecord): Readonly<Record<string, unknown>> {
  const { cause, service, label, consequence, permission, undo, secondPerson, shown, impact, digest, kind, undoes } = plan;
  // What `locksmith undo --plan` takes is the fix; of an undo, what it takes back.
  return {
    cause,
    service,
    plan: kind === 'undo' ? undoes : plan.id,
    label,
    consequence,
    permission,
    undo,
    secondPerson,
    changes: shown,
    impact,
    digest,
  };
}

/** Whoever is signed in to this machine; Azure knows them by their own sign-in. */
function pressHere(): Press {
  return { who: { id: `terminal:${accountName()}`, name: accountName(), tenant: null }, conversation: null };
}

function accountName(): string {
  try {
    return userInfo().username || 'The operator of the terminal';
  } catch {
    return 'The operator of the terminal';
  }
}
