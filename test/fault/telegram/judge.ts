import type { ThreadMessage } from '../../../src/store/store.ts';
import type { Sent } from '../../telegram/bot-api.ts';
import { inlineKeyboardOf } from '../../telegram/chats.ts';
import type { Thread } from '../threads.ts';
import { ANY_LABEL, type Chatter, tapsOf } from './chatter.ts';

/** What is wrong with one chat, and what was doubled in it. */
export interface Verdict {
  problems: string[];
  /** Answers in the thread, and messages that reached Telegram. */
  answers: number;
  arrived: number;
  /** Messages that arrived more than once, by the id of their line; and how often they came in all beyond the first time. */
  doubled: string[];
  copies: number;
  /** Messages that came before an earlier one of another lane: a sealed case's, or the conversation's beside it. */
  overtaken: number;
  /** Messages told as blocked of which one copy had arrived before. */
  arrivedAllTheSame: number;
}

/** What the outbox wrote down: which messages may have come twice, which could not be sent, and which go in the lane of a sealed case. */
export interface Outboxed {
  marked: ReadonlySet<string>;
  blocked: ReadonlySet<string>;
  sealedLanes: ReadonlyMap<string, string>;
}

/** Of somebody nobody knows. */
export const NO_THREAD: Thread = { lines: [], pictures: new Map() };

const TAG = /T[0-9a-f]{4,10}/g;
/** Stands in the words for what is told once; and what it looks like when it is told. */
const SECRET = '••••';
const CODE = '[0-9A-Z]{4}-[0-9A-Z]{4}';

/** Compares what somebody did and what reached them with what the desk kept of it. */
export function judge(chatter: Chatter, thread: Thread, sent: readonly Sent[], outboxed: Outboxed): Verdict {
  const problems: string[] = [];
  const wrong = (what: string) => problems.push(`${chatter.tag}: ${what}`);
  heardOnce(chatter, thread, wrong);
  const { marked, blocked } = outboxed;
  // What was blocked is not expected, but may have arrived before: its answer was lost, and its repeat refused.
  const answers = thread.lines.filter(({ id, body }) => body.by.kind !== 'resident' && (!blocked.has(id) || marked.has(id)));
  const told = toldInOrder(answers, sent, outboxed, wrong);
  const texts = [...thread.lines.map(({ body }) => body.text), ...sent.map(({ text }) => text), ...sent.flatMap(labelsOf)];
  for (const text of texts) for (const [tag] of text.matchAll(TAG)) if (!chatter.tag.startsWith(tag)) wrong(`words of ${tag}: ${text}`);
  return { problems, answers: answers.length, arrived: sent.length, ...told };
}

/** Every update left its line, once, in the order in which they were made, with its own words and pictures. */
function heardOnce({ said, number }: Chatter, { lines, pictures }: Thread, wrong: (what: string) => void): void {
  const heard = lines.filter(({ body }) => body.by.kind === 'resident');
  const places = new Map<string, number>();
  let last = 0;
  for (const { updates, shows: shown, pictures: sent } of said) {
    if (shown === undefined) continue;
    const [line, ...more] = heard.filter(({ updateId }) => updateId === String(updates[0]));
    const shows = shown === ANY_LABEL ? line?.body.text || 'a button' : shown;
    if (!line) wrong(`update ${updates[0]} took no effect: ${shows}`);
    else {
      if (more.length > 0) wrong(`update ${updates[0]} took effect ${more.length + 1} times: ${shows}`);
      if (line.seq < last) wrong(`update ${updates[0]} came before an earlier one: ${shows}`);
      last = line.seq;
      places.set(line.id, line.seq);
      if (line.body.text !== shows) wrong(`update ${updates[0]} says ${line.body.text} and not ${shows}`);
      const wanted = sent.map(({ nth }) => `${number}/${nth}`).join();
      const found = (pictures.get(line.id) ?? []).map((one) => (typeof one === 'string' ? one : `${one.whose}/${one.nth}`)).join();
      if (found !== wanted) wrong(`update ${updates[0]} shows the pictures ${found} and not ${wanted}`);
    }
  }
  for (const line of heard) if (!places.has(line.id)) wrong(`nobody sent update ${line.updateId}: ${line.body.text}`);
}

/**
 * Every answer arrived; apart from those that came once more, in the order of the thread, which is that of the commits.
 * Lines that read the same can't be told apart, and need not be.
 */
function toldInOrder(
  answers: readonly ThreadMessage[],
  sent: readonly Sent[],
  { marked, blocked, sealedLanes }: Outboxed,
  wrong: (what: string) => void,
): Omit<Verdict, 'problems' | 'answers' | 'arrived'> {
  const doubled = new Set<string>();
  const due = [...answers];
  const told: ThreadMessage[] = [];
  let copies = 0;
  let overtaken = 0;
  for (const one of sent) {
    const next = mayComeNext(due, { blocked, sealedLanes }).find((line) => isSame(line, one));
    const inTurn = next !== undefined && next === due.find((line) => line === next || !blocked.has(line.id));
    const before = told.filter((line) => isSame(line, one));
    const again = before.findLast(({ id }) => marked.has(id));
    // Out of turn it is sooner an earlier one once more that reads the same and is marked.
    if (next && (inTurn || !again)) {
      if (!inTurn) overtaken += 1;
      due.splice(due.indexOf(next), 1);
      told.push(next);
      continue;
    }
    const early = due.find((line) => isSame(line, one));
    if (again) {
      copies += 1;
      doubled.add(again.id);
    } else if (early) {
      wrong(`out of turn, where ${due[0]?.body.text} was due: ${one.text}`);
      due.splice(due.indexOf(early), 1);
      told.push(early);
    } else wrong(`${before.length > 0 ? 'came twice, though nothing says it may' : 'was never said'}: ${one.text}`);
  }
  for (const line of due) if (!blocked.has(line.id)) wrong(`never arrived: ${line.body.text}`);
  return { doubled: [...doubled], copies, overtaken, arrivedAllTheSame: told.filter(({ id }) => blocked.has(id)).length };
}

/** The first that is expected in the conversation's own lane, and in each sealed case's; and what may be left out before it. */
function mayComeNext(due: readonly ThreadMessage[], { blocked, sealedLanes }: Pick<Outboxed, 'blocked' | 'sealedLanes'>): ThreadMessage[] {
  const held = new Set<string>();
  return due.filter(({ id }) => {
    const lane = sealedLanes.get(id) ?? '';
    if (held.has(lane)) return false;
    if (!blocked.has(id)) held.add(lane);
    return true;
  });
}

function isSame({ body }: ThreadMessage, { text, message }: Sent): boolean {
  const words = body.text.split(SECRET).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const signed = body.by.kind === 'officer' ? `\\n——? ${body.by.signature}` : '';
  if (!new RegExp(`^${words.join(CODE)}${signed}$`).test(text)) return false;
  const taps = (body.buttons ?? []).flat().map(({ tap }) => tap);
  return (
    taps.join() ===
    tapsOf(inlineKeyboardOf(message))
      .map(({ data }) => data)
      .join()
  );
}

const labelsOf = ({ message }: Sent): string[] =>
  inlineKeyboardOf(message)
    .flat()
    .map(({ text }) => text);
