// One message, several readers: who may press sees the buttons, who may not sees what they would do. A client asks for its reader's own
// view by itself (Teams, "user-specific views"); the server decides anew at each press anyway.
import { showButton, type Verb } from './buttons.ts';
import type { Card } from './card.ts';

/** Teams takes at most so many readers with a view of their own (peers-and-platform.md, 3.2). */
export const mostReaders = 60;

/** Names what a view is of. */
export type ViewOf = { readonly plan: string } | { readonly ask: string };

/** The card with the request for a view of their own for these readers (channel user ids). */
export function withViews(card: Card, of: ViewOf, readers: readonly string[]): Card {
  if (readers.length === 0) return card;
  const action = { type: 'Action.Execute', title: 'Show my view', verb: 'view', data: of };
  return { ...card, refresh: { action, userIds: readers.slice(0, mostReaders) } };
}

const forFixers: readonly string[] = ['fix', 'confirm', 'cancel', 'undo', 'check'] satisfies readonly Verb[];

/** The same card for somebody who may not press: no button that changes anything, and a line that says what is there for whom. */
export function withoutFixes(card: Card): Card {
  const actions = actionsOf(card);
  const gone = actions.filter(({ verb }) => forFixers.includes(String(verb)));
  if (gone.length === 0) return card;
  const titles = gone.map(({ title }) => `"${String(title)}"`).join(', ');
  const says = `Not shown to you: ${titles}. Those with the fixer role have ${gone.length === 1 ? 'this button' : 'these buttons'} on this card; ask one of them.`;
  return { ...withNote(card, says), actions: actions.filter((action) => !gone.includes(action)) };
}

/** The same card for a message whose readers are not known: one button in place of those that change something, which shows each presser theirs. */
export function behindShow(card: Card, plan: string): Card {
  const actions = actionsOf(card);
  const kept = actions.filter(({ verb }) => !forFixers.includes(String(verb)));
  if (kept.length === actions.length) return card;
  const { title, verb, style, data, submit } = showButton(plan);
  const show = { type: 'Action.Execute', title, verb, style, data, fallback: { type: 'Action.Submit', title, style, data: submit } };
  const says = 'What can be pressed here is shown to those who may: press "Show the plan".';
  return { ...withNote(card, says), actions: [show, ...kept.filter((action) => action.verb !== 'view')] };
}

/** The card with one more line, small, above its buttons. */
export function withNote(card: Card, says: string): Card {
  const body = Array.isArray(card.body) ? (card.body as readonly unknown[]) : [];
  return { ...card, body: [...body, line(says)] };
}

function actionsOf({ actions }: Card): readonly { readonly verb?: unknown; readonly title?: unknown }[] {
  return Array.isArray(actions) ? actions : [];
}

function line(text: string): unknown {
  return { type: 'RichTextBlock', spacing: 'Medium', inlines: [{ type: 'TextRun', text, size: 'Small', isSubtle: true }] };
}
