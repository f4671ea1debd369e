// A tolerant reader of policy documents: elements, attributes and text. What API Management would never have stored reads as null.
import { escapeExpressions, policyFault } from './policy-format.ts';

export interface PolicyElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PolicyElement[];
  /** The text directly inside, without the blanks around it. */
  readonly text: string;
}

interface Draft {
  name: string;
  attributes: Record<string, string>;
  children: Draft[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', apos: "'", amp: '&' };
const piece =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/g;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

function plain(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function attributesOf(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)];
  return Object.fromEntries(found.map(([, name = '', double, single]) => [name, plain(double ?? single ?? '')]));
}

/** The root element of a document, or null when it is not well-formed XML. `format` is that of the stored policy. */
export function readPolicyXml(value: string, format: string): PolicyElement | null {
  if (policyFault(value, format) !== null) return null;
  const xml = format.toLowerCase().startsWith('rawxml') ? escapeExpressions(value) : value;
  const top: Draft = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  for (const [, cdata, closing, name, attributes = '', selfClosing, text] of xml.matchAll(piece)) {
    const parent = open.at(-1) ?? top;
    if (cdata !== undefined) parent.text += cdata;
    else if (text !== undefined) parent.text += plain(text);
    else if (closing === '/') open.pop();
    else if (name !== undefined) {
      const element: Draft = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  return trimmed(top).children[0] ?? null;
}

function trimmed(draft: Draft): PolicyElement {
  return { ...draft, text: draft.text.trim(), children: draft.children.map(trimmed) };
}

/** Child elements of that name. */
export function childrenOf(element: PolicyElement, name: string): readonly PolicyElement[] {
  return element.children.filter((child) => child.name === name);
}
