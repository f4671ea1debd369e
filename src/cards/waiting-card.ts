// One of the requests that wait for a second person, asked for with "waiting".
import type { PlanRecord } from '../remediation/plan-record.ts';
import type { Card } from './card.ts';
import { previewCard } from './preview-card.ts';

/** The same card as where it was asked, with how many more there are. `at`: 1 is the newest. */
export function waitingCard(plan: PlanRecord, { at, of }: { readonly at: number; readonly of: number }): Card {
  const card = previewCard(plan);
  if (of === 1) return card;
  const next = at < of ? `Write "waiting ${at + 1}" for the next.` : 'Write "waiting" for the newest.';
  const text = `This is ${at} of ${of} that wait here, the newest first. ${next}`;
  const body = Array.isArray(card.body) ? (card.body as readonly unknown[]) : [];
  return { ...card, body: [...body, { type: 'RichTextBlock', spacing: 'Medium', inlines: [{ type: 'TextRun', text, size: 'Small' }] }] };
}
