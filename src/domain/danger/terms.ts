import { evened, GAP } from './text.ts';

/** Where a term stands in an evened text: `[from, to)`. */
export type Span = readonly [from: number, to: number];

interface Node {
  next: Map<string, Node>;
  ends?: string[];
}

/** Many terms looked for at once, in one pass over the text whatever their number. */
export class Terms {
  readonly #root: Node = { next: new Map() };
  readonly #fold: ReadonlyMap<string, string>;

  constructor(fold: ReadonlyMap<string, string>) {
    this.#fold = fold;
  }

  /** `stab*` stands for every Latin word that begins so, otherwise words are whole; `^` and `$` stand for a text's beginning and end. */
  add(term: string, set: string): void {
    const written = evened(term, this.#fold);
    const open = term.endsWith('*') ? written.trimEnd() : written;
    let node = this.#root;
    for (const character of `${term.startsWith('^') ? GAP : ''}${open}${term.endsWith('$') ? GAP : ''}`) {
      const next: Node = node.next.get(character) ?? { next: new Map() };
      node.next.set(character, next);
      node = next;
    }
    node.ends = [...(node.ends ?? []), set];
  }

  /** Every place of every term, by set, in order of place. */
  find(text: string): Map<string, Span[]> {
    const found = new Map<string, Span[]>();
    for (let from = 0; from < text.length; from += 1) {
      let node = this.#root.next.get(text[from] ?? '');
      for (let to = from + 1; node; to += 1) {
        if (node.ends && !cutsNumber(text, from)) for (const set of node.ends) place(found, set, [from, to]);
        node = node.next.get(text[to] ?? '');
      }
    }
    return found;
  }
}

/** The text with every span of these terms made unreadable, at the same length. */
export function wiped(text: string, terms: Terms): string {
  const spans = terms.find(text).get('') ?? [];
  if (spans.length === 0) return text;
  const characters = [...Array(text.length).keys()].map((index) => text[index] ?? '');
  for (const [from, to] of spans) {
    // The spaces around a Latin word stay: its neighbours need them.
    for (let index = from; index < to; index += 1) if (characters[index] !== ' ') characters[index] = GAP;
  }
  return characters.join('');
}

function place(found: Map<string, Span[]>, set: string, span: Span): void {
  const spans = found.get(set);
  if (spans) spans.push(span);
  else found.set(set, [span]);
}

/** Digits, and the Chinese numerals one to ten, two as in "two of", and hundred. */
const numeral = /^[\d\u4e00\u4e8c\u4e24\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e]$/;

/** `5岁` is not in `15岁`. */
const cutsNumber = (text: string, from: number): boolean => numeral.test(text[from] ?? '') && numeral.test(text[from - 1] ?? '');
