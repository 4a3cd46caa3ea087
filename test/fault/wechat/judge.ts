import type { Told } from '../../wechat/account.ts';
import type { Outboxed } from '../telegram/judge.ts';
import type { Thread } from '../threads.ts';
import { type Arrivals, toldInOrder } from './told.ts';
import type { Writer } from './writer.ts';

/** What is wrong with one resident's thread and phone, and what came twice. */
export interface Verdict extends Arrivals {
  problems: string[];
  /** Sayings in the thread. */
  sayings: number;
}

/** Of somebody nobody knows. */
export const NO_THREAD: Thread = { lines: [], pictures: new Map() };

const TAG = /T[0-9a-f]{4,10}/g;

/** `cutOff`: messages of which a response was cut off. Compares what somebody did and what reached them with what the desk kept of it. */
export function judge(
  writer: Writer,
  thread: Thread,
  { sent, cutOff }: { sent: readonly Told[]; cutOff: ReadonlySet<string> },
  outboxed: Outboxed,
): Verdict {
  const problems: string[] = [];
  const wrong = (what: string) => problems.push(`${writer.tag}: ${what}`);
  heardOnce(writer, thread, wrong);
  const sayings = thread.lines.filter(({ body }) => body.by.kind !== 'resident');
  const arrivals = toldInOrder(sayings, sent, outboxed, answersTo(cutOff, thread), wrong);
  const texts = [...thread.lines.map(({ body }) => body.text), ...sent.map(({ text }) => text)];
  for (const text of texts) for (const [tag] of text.matchAll(TAG)) if (!writer.tag.startsWith(tag)) wrong(`words of ${tag}: ${text}`);
  return { problems, sayings: sayings.length, ...arrivals };
}

/** Every message left its line, once, in the order in which they were written, with its own words and picture. */
function heardOnce({ said }: Writer, { lines, pictures }: Thread, wrong: (what: string) => void): void {
  const heard = lines.filter(({ body }) => body.by.kind === 'resident');
  const known = new Set<string>();
  let last = 0;
  for (const { id, shows, picture } of said) {
    if (shows === undefined) continue;
    const [line, ...more] = heard.filter(({ updateId }) => updateId === id);
    if (!line) {
      wrong(`message ${id} took no effect: ${shows}`);
      continue;
    }
    if (more.length > 0) wrong(`message ${id} took effect ${more.length + 1} times: ${shows}`);
    if (line.seq < last) wrong(`message ${id} came before an earlier one: ${shows}`);
    last = line.seq;
    known.add(line.id);
    if (line.body.text !== shows) wrong(`message ${id} says ${line.body.text} and not ${shows}`);
    const wanted = picture ? `${picture.whose}/${picture.nth}` : '';
    const found = (pictures.get(line.id) ?? []).map((one) => (typeof one === 'string' ? one : `${one.whose}/${one.nth}`)).join();
    if (found !== wanted) wrong(`message ${id} shows the pictures ${found} and not ${wanted}`);
  }
  for (const line of heard) if (!known.has(line.id)) wrong(`nobody sent message ${line.updateId}: ${line.body.text}`);
}

/** The lines that answer these messages: they were written down right behind them. */
function answersTo(messages: ReadonlySet<string>, { lines }: Thread): ReadonlySet<string> {
  const answers = new Set<string>();
  let asked = false;
  for (const { id, body, updateId } of lines) {
    if (body.by.kind === 'resident') asked = updateId !== undefined && messages.has(updateId);
    else if (body.by.kind === 'bot' && asked) answers.add(id);
  }
  return answers;
}
