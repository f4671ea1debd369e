// `locksmith fix --cause ID`: shows the plan; with --yes applies it and asks again.
import { causeOf } from '../causes/catalogue.ts';
import type { Person, PlanRecord } from '../remediation/plan-record.ts';
import type { Settings } from '../settings.ts';
import { cannot, type ExitCode, usage } from './exit.ts';
import { named, type Options } from './options.ts';
import { openSession, type Session } from './session.ts';
import { planText } from './text.ts';

const operator: Person = { id: 'terminal', name: 'The operator of the terminal', tenant: null };
const press = { who: operator, conversation: null };

export async function fixCommand(
  settings: Settings,
  options: Options,
  readPaste: () => Promise<string>,
  print: (text: string) => void,
): Promise<ExitCode> {
  const cause = options.cause ?? '';
  if (causeOf(cause) === null) throw usage(`There is no such cause${named(cause)}.`);
  const paste = await readPaste();
  const session = await openSession(settings, options);
  try {
    return await run(session, options, cause, paste, print);
  } finally {
    await session.close();
  }
}

async function run(session: Session, options: Options, cause: string, paste: string, print: (text: string) => void): Promise<ExitCode> {
  const { remediation } = session.engine;
  const { diagnosis } = await session.engine.ask({ paste, ...(options.keyPrefix === null ? {} : { keyPrefix: options.keyPrefix }) });
  const verdict = diagnosis.verdicts.find((one) => one.cause === cause);
  const show = (document: Readonly<Record<string, unknown>>, text: string): void =>
    print(options.json ? JSON.stringify(document, null, 2) : text);

  if (verdict === undefined || (verdict.outcome !== 'confirmed' && verdict.outcome !== 'suspected')) {
    const says = `${cause} is ${verdict?.outcome ?? 'unknown'} here, so there is nothing to mend: ${verdict?.says ?? ''}`;
    show({ cause, service: diagnosis.service, outcome: verdict?.outcome ?? 'unknown', says, fix: null, changes: [] }, says);
    return 3;
  }
  if (verdict.fix === null || diagnosis.service === null) throw cannot(`For ${cause} no button is offered here. ${verdict.says}`);

  const { symptom, service } = diagnosis;
  const offer = await remediation.offer({ ...press, ...verdict.fix, shown: verdict.fix.changes, symptom, service });
  const prepared = await remediation.prepare(offer.id, press);
  if (prepared.kind !== 'preview' || prepared.plan === null) throw cannot(prepared.says);
  const document = planDocument(prepared.plan);

  if (!options.yes) {
    show(document, `${planText(prepared.plan)}\nNothing was changed. Add --yes to apply it.`);
    return 0;
  }
  if (prepared.plan.secondPerson && !session.singleOperator) {
    show(document, planText(prepared.plan));
    throw cannot('This needs a second person to agree, so nothing was changed. LOCKSMITH_SINGLE_OPERATOR=true allows one person.');
  }
  const applied = await remediation.apply(offer.id, press);
  if (applied.kind !== 'applied' || applied.plan === null) throw cannot(applied.says);
  const { verified, audit } = applied.plan;
  show(
    { ...document, applied: true, verified, audit, says: applied.says },
    `${planText(applied.plan)}\n${applied.says}\nAudit line ${audit ?? ''}.`,
  );
  return 0;
}

function planDocument(plan: PlanRecord): Readonly<Record<string, unknown>> {
  const { cause, service, label, consequence, permission, undo, secondPerson, shown } = plan;
  return { cause, service, label, consequence, permission, undo, secondPerson, changes: shown };
}
