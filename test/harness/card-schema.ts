// What Teams takes of Adaptive Cards 1.5, as far as our cards use it. Anything else is a complaint, so that a slip in a template is found
// here and not by a client that silently drops the card.

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const flag: Check = (value) => typeof value === 'boolean';
const one =
  (...allowed: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && allowed.includes(value);
const plainObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const size = one('Default', 'Small', 'Medium', 'Large', 'ExtraLarge');
const color = one('Default', 'Accent', 'Good', 'Attention');
const weight = one('Default', 'Lighter', 'Bolder');
const spacing = one('None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding');
const listOf =
  (...types: readonly string[]): Check =>
  (value) =>
    Array.isArray(value) && value.every((entry) => types.includes(entry?.type));

const block = { spacing, separator: flag };
const elements = ['TextBlock', 'RichTextBlock', 'Container'];

const shapes: Readonly<Record<string, { readonly must: readonly string[]; readonly may: Readonly<Record<string, Check>> }>> = {
  AdaptiveCard: {
    must: ['$schema', 'version', 'body', 'fallbackText', 'speak'],
    may: {
      $schema: one('http://adaptivecards.io/schemas/adaptive-card.json'),
      version: one('1.5'),
      body: listOf(...elements),
      actions: listOf('Action.Execute'),
      fallbackText: text,
      speak: text,
      msteams: (value) => JSON.stringify(value) === '{"width":"Full"}',
    },
  },
  TextBlock: { must: ['text'], may: { ...block, text, weight, size, wrap: flag } },
  RichTextBlock: { must: ['inlines'], may: { ...block, inlines: listOf('TextRun') } },
  TextRun: { must: ['text'], may: { text, weight, size, isSubtle: flag, fontType: one('Default', 'Monospace'), color } },
  Container: {
    must: ['items'],
    may: {
      ...block,
      bleed: flag,
      style: one('default', 'emphasis', 'good', 'attention', 'warning', 'accent'),
      items: (value) => listOf(...elements)(value) && (value as unknown[]).length > 0,
    },
  },
  'Action.Execute': {
    must: ['title', 'verb', 'data', 'fallback'],
    may: { title: text, verb: text, style: one('default', 'positive', 'destructive'), data: plainObject, fallback: isSubmit },
  },
  'Action.Submit': { must: ['title', 'data'], may: { title: text, style: one('default', 'positive', 'destructive'), data: plainObject } },
};

function isSubmit(value: unknown): boolean {
  return (value as { type?: unknown } | null)?.type === 'Action.Submit';
}

/** Every place where the card is not what Teams takes; empty for a good card. */
export function schemaProblems(node: unknown, path = 'card'): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((entry, index) => schemaProblems(entry, `${path}/${index}`));
  if (typeof node !== 'object' || node === null || !('type' in node)) return [];
  const { type, ...fields } = node as Record<string, unknown>;
  const shape = shapes[String(type)];
  if (shape === undefined) return [`${path}: unknown type ${String(type)}`];
  const missing = shape.must.filter((name) => !(name in fields)).map((name) => `${path}: no ${name}`);
  const wrong = Object.entries(fields).flatMap(([name, value]) => {
    if (shape.may[name]?.(value) !== true) return [`${path}/${name}: ${JSON.stringify(value)?.slice(0, 80)}`];
    return schemaProblems(value, `${path}/${name}`);
  });
  return [...missing, ...wrong];
}

/** All texts of a card, wherever they stand. */
export function stringsOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(stringsOf);
}
