// The entities of XML in a policy: the five that need no declaration, and numbers.

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };

/** The five entities that XML knows by itself, and numbers; others are left as they are. */
export function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(quot|apos|lt|gt|amp|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
