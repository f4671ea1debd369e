// Messages are recognised by their letters and digits alone: quotes, blanks, line breaks, Markdown and escapes differ in every paste.

export interface Squeezed {
  /** Lower-case letters and digits of the text, nothing else. */
  readonly text: string;
  /** Offset in the text that was squeezed, for an offset here. */
  readonly at: (offset: number) => number;
}

export function squeeze(text: string): Squeezed {
  const offsets = new Int32Array(text.length);
  const letters = new Uint8Array(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const lower = code >= 65 && code <= 90 ? code + 32 : code;
    if ((lower >= 97 && lower <= 122) || (lower >= 48 && lower <= 57)) {
      letters[length] = lower;
      offsets[length] = index;
      length += 1;
    }
  }
  return {
    text: Buffer.from(letters.buffer, 0, length).toString('latin1'),
    at: (offset) => offsets[offset] ?? 0,
  };
}

/** The same of a short phrase, for comparing. */
export function letters(phrase: string): string {
  return phrase.toLowerCase().replace(/[^a-z0-9]/g, '');
}
