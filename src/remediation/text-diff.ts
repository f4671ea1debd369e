// Which lines of a text differ. Linear for what is usual (a policy with one line more) and bounded for what is hostile (a megabyte that has
// nothing in common with the other one): what is too different to compare is shown as taken out whole and put in whole.

export interface LineEdit {
  readonly kind: 'same' | 'removed' | 'added';
  /** The line without its `\n`; a `\r` stays in it. */
  readonly text: string;
  /** From 1; null for a line that is not in that text. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Up to this many comparisons lines are matched one by one; above, only lines that stand once in both texts hold them together. */
const mostComparisons = 250_000;

/**
 * Every line of both texts, in order. The lines that are `same` or `removed` are `before`, those that are `same` or `added` are `after`.
 * Texts are never changed: joined with `\n` they are what was given.
 */
export function diffLines(before: string, after: string): readonly LineEdit[] {
  return diffLists(before.split('\n'), after.split('\n'));
}

/** The same for lists of texts. */
export function diffLists(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let [left, right] = [0, 0];
  const take = (toLeft: number, toRight: number): void => {
    for (; left < toLeft; left += 1) edits.push({ kind: 'removed', text: before[left] ?? '', before: left + 1, after: null });
    for (; right < toRight; right += 1) edits.push({ kind: 'added', text: after[right] ?? '', before: null, after: right + 1 });
  };
  for (const [inBefore, inAfter] of pairsOf({ before, after }, { left: 0, right: 0, leftEnd: before.length, rightEnd: after.length })) {
    take(inBefore, inAfter);
    edits.push({ kind: 'same', text: before[inBefore] ?? '', before: inBefore + 1, after: inAfter + 1 });
    left = inBefore + 1;
    right = inAfter + 1;
  }
  take(before.length, after.length);
  return edits;
}

/** Runs of lines that belong together: what differs, with `context` same lines around it. Empty when nothing differs. */
export function hunksOf(edits: readonly LineEdit[], context: number): readonly (readonly LineEdit[])[] {
  const hunks: LineEdit[][] = [];
  let end = -1;
  edits.forEach((edit, at) => {
    if (edit.kind === 'same') return;
    const from = Math.max(end, at - context, 0);
    const to = Math.min(edits.length, at + context + 1);
    const last = hunks.at(-1);
    if (last === undefined || from > end) hunks.push(edits.slice(from, to));
    else for (let next = end; next < to; next += 1) last.push(edits[next] as LineEdit);
    end = Math.max(end, to);
  });
  return hunks;
}

interface Both {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Range {
  readonly left: number;
  readonly right: number;
  readonly leftEnd: number;
  readonly rightEnd: number;
}

type Pair = readonly [before: number, after: number];

/** Pairs of equal lines, rising in both. Ranges wait on a list of their own, so that no text makes the stack deep. */
function pairsOf(texts: Both, whole: Range): readonly Pair[] {
  const pairs: Pair[] = [];
  const waiting: Range[] = [whole];
  for (let range = waiting.pop(); range !== undefined; range = waiting.pop()) {
    const inner = trimmed(texts, range, pairs);
    const [rows, columns] = [inner.leftEnd - inner.left, inner.rightEnd - inner.right];
    if (rows === 0 || columns === 0) continue;
    if (rows * columns <= mostComparisons) {
      for (const pair of longest(texts, inner)) pairs.push(pair);
      continue;
    }
    const anchors = anchorsIn(texts, inner);
    let [left, right] = [inner.left, inner.right];
    for (const [inBefore, inAfter] of anchors) {
      pairs.push([inBefore, inAfter]);
      waiting.push({ left, right, leftEnd: inBefore, rightEnd: inAfter });
      left = inBefore + 1;
      right = inAfter + 1;
    }
    if (anchors.length > 0) waiting.push({ left, right, leftEnd: inner.leftEnd, rightEnd: inner.rightEnd });
  }
  return pairs.sort(([a], [b]) => a - b);
}

/** The range without the equal lines at both ends, which go to the pairs. */
function trimmed({ before, after }: Both, range: Range, pairs: Pair[]): Range {
  let { left, right, leftEnd, rightEnd } = range;
  for (; left < leftEnd && right < rightEnd && before[left] === after[right]; left += 1, right += 1) pairs.push([left, right]);
  for (; left < leftEnd && right < rightEnd && before[leftEnd - 1] === after[rightEnd - 1]; leftEnd -= 1, rightEnd -= 1)
    pairs.push([leftEnd - 1, rightEnd - 1]);
  return { left, right, leftEnd, rightEnd };
}

/** The longest common subsequence, by a table. */
function longest({ before, after }: Both, { left, right, leftEnd, rightEnd }: Range): readonly Pair[] {
  const [rows, columns] = [leftEnd - left, rightEnd - right];
  const width = columns + 1;
  const table = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const same = before[left + row] === after[right + column];
      table[row * width + column] = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (before[left + row] === after[right + column]) {
      pairs.push([left + row, right + column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Lines that stand exactly once in both ranges, as many of them as keep their order. */
function anchorsIn({ before, after }: Both, { left, right, leftEnd, rightEnd }: Range): readonly Pair[] {
  const inAfter = placesOf(after, right, rightEnd);
  const common = [...placesOf(before, left, leftEnd)].flatMap(([line, at]): readonly Pair[] => {
    const other = inAfter.get(line) ?? -1;
    return at < 0 || other < 0 ? [] : [[at, other]];
  });
  return rising(common.sort(([a], [b]) => a - b));
}

/** Where each line stands; -1 for one that stands more than once. */
function placesOf(lines: readonly string[], from: number, end: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (let at = from; at < end; at += 1) {
    const line = lines[at] ?? '';
    places.set(line, places.has(line) ? -1 : at);
  }
  return places;
}

/** The longest part of the pairs that rises in its second number too. */
function rising(pairs: readonly Pair[]): readonly Pair[] {
  const tails: number[] = [];
  const previous: number[] = [];
  const second = (index: number | undefined): number => pairs[index ?? -1]?.[1] ?? -1;
  pairs.forEach((_, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (second(tails[middle]) < second(index)) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  });
  const found: Pair[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) found.push(pairs[index] as Pair);
  return found.reverse();
}
