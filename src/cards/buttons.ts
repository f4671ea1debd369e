// A button carries an opaque id and nothing else. Clients that do not know Action.Execute press the Submit inside it,
// which has no place for a verb but its data.

export type Verb = 'fix' | 'confirm' | 'cancel' | 'undo' | 'look-again';

export type ButtonData = { readonly plan: string } | { readonly ask: string };

export interface Button {
  readonly title: string;
  readonly verb: Verb;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly data: ButtonData;
  readonly submit: ButtonData & { readonly verb: Verb };
}

/** The fix's own label is its title. */
export function fixButton(label: string, plan: string): Button {
  return button(label, 'fix', { plan }, 'positive');
}

export function confirmButtons(plan: string): readonly Button[] {
  return [button('Confirm', 'confirm', { plan }, 'positive'), button('Cancel', 'cancel', { plan }, 'default')];
}

export function undoButton(plan: string): Button {
  return button('Undo', 'undo', { plan }, 'destructive');
}

/** Nothing where the question is not remembered any more. */
export function lookAgain(ask: string | null): readonly Button[] {
  return ask === null ? [] : [button('Look again', 'look-again', { ask }, 'default')];
}

function button(title: string, verb: Verb, data: ButtonData, style: Button['style']): Button {
  return { title, verb, style, data, submit: { verb, ...data } };
}
