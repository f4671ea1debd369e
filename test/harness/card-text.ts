// A card as a reader sees it: its words and its buttons.
import type { Card } from '../../src/conversation/ports.ts';

export interface ShownButton {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly data: unknown;
  readonly fallback?: { readonly type: string; readonly title: string; readonly data: unknown };
}

export function buttonsOf(card: Card): readonly ShownButton[] {
  return (card.actions ?? []) as readonly ShownButton[];
}

export function titlesOf(card: Card): readonly string[] {
  return buttonsOf(card).map(({ title }) => title);
}

/** Everything that a reader reads, a line for each block, without the invisible. */
export function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).filter(Boolean).join('\n');
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, inlines, body, items } = node as Record<string, unknown>;
  if (type === 'RichTextBlock') return (inlines as readonly { text: string }[]).map((run) => visible(run.text)).join('');
  return typeof text === 'string' ? visible(text) : textOf(body ?? items);
}

export function visible(text: string): string {
  return text.replace(/[\u200b\u2060]/g, '');
}
