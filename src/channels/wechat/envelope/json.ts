import { DEPTH, type Message, messageOf, type Part } from './message.ts';
import { Malformed } from './rejection.ts';

const token =
  /[ \t\n\r]*(?:(?<mark>[{}[\],:])|(?<text>"[^"\\]*(?:\\.[^"\\]*)*")|(?<bare>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const blank = /^[ \t\n\r]*$/;

/**
 * Reads a JSON object; throws `Malformed` with `json`, `depth` or `told-twice`. Numbers keep their digits as strings: as a
 * number of JavaScript's, a MsgId of 64 bits would lose its last ones. `null` is an empty string, `true` and `false` themselves.
 */
export function readJson(text: string): Message {
  let at = 0;
  let peeked: Token | undefined;

  function next(): Token {
    const found = peeked ?? take();
    peeked = undefined;
    return found;
  }
  function take(): Token {
    token.lastIndex = at;
    const groups = token.exec(text)?.groups;
    if (!groups) throw new Malformed('json');
    at = token.lastIndex;
    return groups;
  }
  function isNext(mark: string): boolean {
    peeked ??= take();
    if (peeked.mark !== mark) return false;
    peeked = undefined;
    return true;
  }
  function expect(mark: string): void {
    if (next().mark !== mark) throw new Malformed('json');
  }

  function part(depth: number): Part {
    const { mark, text: quoted, bare } = next();
    if (quoted !== undefined) return unquoted(quoted);
    if (bare !== undefined) return bare === 'null' ? '' : bare;
    if (depth > DEPTH) throw new Malformed('depth');
    if (mark === '{') return messageOf(fields(depth));
    if (mark === '[') return items(depth);
    throw new Malformed('json');
  }
  function* fields(depth: number): Generator<[string, Part]> {
    if (isNext('}')) return;
    do {
      const name = next().text;
      if (name === undefined) throw new Malformed('json');
      expect(':');
      yield [unquoted(name), part(depth + 1)];
    } while (isNext(','));
    expect('}');
  }
  function items(depth: number): Part[] {
    const list: Part[] = [];
    if (isNext(']')) return list;
    do list.push(part(depth + 1));
    while (isNext(','));
    expect(']');
    return list;
  }

  expect('{');
  const message = messageOf(fields(1));
  if (!blank.test(text.slice(at))) throw new Malformed('json');
  return message;
}

type Token = { mark?: string; text?: string; bare?: string };

function unquoted(quoted: string): string {
  let text: string;
  try {
    text = JSON.parse(quoted);
  } catch {
    throw new Malformed('json');
  }
  if (text.includes('\0')) throw new Malformed('encoding');
  return text;
}
