// The part of C# that policy expressions are mostly made of: context, headers, comparisons, strings.
import { call, compare, isBag, isTrue, type Lazy, member, shown, type Thing, UnknownExpression } from './expression-values.ts';

const token =
  /\s*(?:"((?:[^"\\]|\\.)*)"|(\d+(?:\.\d+)?)|([A-Za-z_]\w*(?:<[\w.]+>(?=\())?)|(\?\.|\?\?|==|!=|>=|<=|&&|\|\||[()[\].,!?:+<>;-]))/y;

interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'mark';
  readonly value: string;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = source.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed);
    if (!match) throw new UnknownExpression();
    const [, text, number, word, mark] = match;
    if (text !== undefined) tokens.push({ kind: 'text', value: unescaped(text) });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else tokens.push(word === undefined ? { kind: 'mark', value: mark ?? '' } : { kind: 'word', value: word.replace(/<.*/, '') });
  }
  return tokens;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character);
}

/** Compiles an expression. @throws UnknownExpression, then or when it runs, for what is not known here */
export function parse(source: string, context: Thing): Lazy {
  const tokens = tokenize(source);
  let at = 0;
  const isMark = (mark: string): boolean => tokens[at]?.kind === 'mark' && tokens[at]?.value === mark;
  const take = (mark: string): boolean => {
    if (!isMark(mark)) return false;
    at += 1;
    return true;
  };
  const expect = (mark: string): void => {
    if (!take(mark)) throw new UnknownExpression();
  };

  function list(close: string): Lazy[] {
    const items: Lazy[] = [];
    if (take(close)) return items;
    do items.push(choice());
    while (take(','));
    expect(close);
    return items;
  }

  function primary(): Lazy {
    const next = tokens[at];
    at += 1;
    if (next?.kind === 'text') return () => next.value;
    if (next?.kind === 'number') return () => Number(next.value);
    if (next?.kind === 'mark' && next.value === '(') {
      const cast =
        tokens[at]?.kind === 'word' && /^(string|int|bool|double|long)$/.test(tokens[at]?.value ?? '') && tokens[at + 1]?.value === ')';
      if (cast) {
        at += 2;
        return unary();
      }
      const inner = choice();
      expect(')');
      return inner;
    }
    if (next?.kind !== 'word') throw new UnknownExpression();
    if (next.value === 'null') return () => null;
    if (next.value === 'true' || next.value === 'false') return () => next.value === 'true';
    if (next.value === 'context') return () => context;
    if (next.value.toLowerCase() === 'string' && take('.')) return textFunction();
    // Comparisons of text by `StringComparison.X` take the name of the rule as their last argument.
    if (next.value === 'StringComparison' && take('.')) {
      at += 1;
      return () => '';
    }
    throw new UnknownExpression();
  }

  function textFunction(): Lazy {
    const name = tokens[at]?.value;
    at += 1;
    expect('(');
    const [argument] = list(')');
    if (!argument || (name !== 'IsNullOrEmpty' && name !== 'IsNullOrWhiteSpace')) throw new UnknownExpression();
    return () => shown(argument()).trim() === '';
  }

  function postfix(): Lazy {
    let target = primary();
    for (;;) {
      const from = target;
      if (take('.') || take('?.')) {
        const name = tokens[at];
        at += 1;
        if (name?.kind !== 'word') throw new UnknownExpression();
        const args = take('(') ? list(')') : null;
        target = () =>
          args === null
            ? member(from(), name.value)
            : call(
                from(),
                name.value,
                args.map((argument) => argument()),
              );
      } else if (take('[')) {
        const [index] = list(']');
        if (!index) throw new UnknownExpression();
        target = () => {
          const [bag, name] = [from(), index()];
          if (!isBag(bag) || typeof name !== 'string') throw new UnknownExpression();
          return bag.read(name);
        };
      } else return target;
    }
  }

  function unary(): Lazy {
    if (!take('!')) return postfix();
    const inner = unary();
    return () => !isTrue(inner());
  }

  function sum(): Lazy {
    let left = unary();
    while (take('+')) {
      const [before, right] = [left, unary()];
      left = () => {
        const [a, b] = [before(), right()];
        return typeof a === 'number' && typeof b === 'number' ? a + b : shown(a) + shown(b);
      };
    }
    return left;
  }

  function comparison(): Lazy {
    const left = sum();
    const operator = tokens[at]?.kind === 'mark' ? (tokens[at]?.value ?? '') : '';
    if (!['==', '!=', '>', '<', '>=', '<='].includes(operator)) return left;
    at += 1;
    const right = sum();
    return () => compare(operator, left(), right());
  }

  function conjunction(): Lazy {
    let left = comparison();
    while (take('&&')) {
      const [before, right] = [left, comparison()];
      left = () => isTrue(before()) && isTrue(right());
    }
    return left;
  }

  function disjunction(): Lazy {
    let left = conjunction();
    while (take('||')) {
      const [before, right] = [left, conjunction()];
      left = () => isTrue(before()) || isTrue(right());
    }
    return left;
  }

  function choice(): Lazy {
    const condition = disjunction();
    if (take('??')) {
      const other = choice();
      return () => condition() ?? other();
    }
    if (!take('?')) return condition;
    const yes = choice();
    expect(':');
    const no = choice();
    return () => (isTrue(condition()) ? yes() : no());
  }

  const whole = choice();
  if (at !== tokens.length) throw new UnknownExpression();
  return whole;
}
