// A button carries an opaque id and nothing else. Clients that do not know Action.Execute press the Submit inside it,
// which has no place for a verb but its data.

export type Verb = 'fix' | 'confirm' | 'cancel' | 'undo' | 'check' | 'view' | 'look-again';

/** `seen`: digest of the preview that the button stands under, so that nothing else can be confirmed with it. */
export type ButtonData = { readonly plan: string } | { readonly plan: string; readonly seen: string } | { readonly ask: string };

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

export function confirmButtons(plan: string, digest: string | null): readonly Button[] {
  return [button('Confirm', 'confirm', { plan, seen: digest ?? '' }, 'positive'), button('Cancel', 'cancel', { plan }, 'default')];
}

/** Shows the plan as it stands to whoever presses, and changes nothing. */
export function showButton(plan: string): Button {
  return button('Show the plan', 'view', { plan }, 'default');
}

/** Makes the call that the card names. */
export function checkButton(plan: string): Button {
  return button('Make the call', 'check', { plan }, 'default');
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
