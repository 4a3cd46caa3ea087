import type { ThreadMessage } from '../../../src/store/store.ts';
import type { Told } from '../../wechat/account.ts';
import type { Outboxed } from '../telegram/judge.ts';

/** What of the desk's sayings came more than once, and how. */
export interface Arrivals {
  /** Sayings that reached the resident, repeats counted. */
  arrived: number;
  /** Sayings that arrived more than once, by the id of their line; and how often they came in all beyond the first time. */
  doubled: string[];
  copies: number;
  /** Sayings that came before an earlier one: of another lane, a sealed case's or the conversation's beside it, or one that was late. */
  overtaken: number;
  /** Sayings that came without the code they should tell. */
  withoutCode: number;
}

/** Stands in the words for what is told once; and what it looks like when it is told. */
const SECRET = '••••';
const CODE = `(?:[0-9A-Z]{4}-[0-9A-Z]{4}|${SECRET})`;
/** Between two sayings in one passive reply. */
const BETWEEN = '\n\n';

/**
 * Every saying arrived; apart from those that came once more, in the order of the thread, which is that of the commits.
 * `late`: what stood in a response that was cut off comes with WeChat's next try, and what is said unasked meanwhile stands before it.
 * Lines that read the same can't be told apart, and need not be.
 */
export function toldInOrder(
  sayings: readonly ThreadMessage[],
  sent: readonly Told[],
  { marked, sealedLanes }: Outboxed,
  late: ReadonlySet<string>,
  wrong: (what: string) => void,
): Arrivals {
  const doubled = new Set<string>();
  const due = [...sayings];
  const told: ThreadMessage[] = [];
  const counts = { arrived: 0, copies: 0, overtaken: 0, withoutCode: sent.filter(({ text }) => text.includes(SECRET)).length };

  /** Finds which saying the words begin with, and answers the words after it. */
  const takeFirst = (words: string, passive: boolean): string | undefined => {
    const rest = (line: ThreadMessage) => restAfter(line, words, passive);
    const next = mayComeNext(due, sealedLanes, late).find((line) => rest(line) !== undefined);
    if (next) {
      if (next !== due[0]) counts.overtaken += 1;
      due.splice(due.indexOf(next), 1);
      told.push(next);
      return rest(next);
    }
    const again = told.findLast((line) => marked.has(line.id) && rest(line) !== undefined);
    if (again) {
      counts.copies += 1;
      doubled.add(again.id);
      return rest(again);
    }
    const early = due.find((line) => rest(line) !== undefined);
    if (!early) return undefined;
    wrong(`out of turn, where ${due[0]?.body.text} was due: ${words}`);
    due.splice(due.indexOf(early), 1);
    told.push(early);
    return rest(early);
  };

  for (const { text, via } of sent) {
    for (let words: string = text; words !== ''; ) {
      const rest = takeFirst(words, via === 'passive');
      if (rest === undefined) {
        const before = told.some((line) => restAfter(line, words, true) !== undefined);
        wrong(`${before ? 'came twice, though nothing says it may' : 'was never said'}, ${via}: ${words}`);
        break;
      }
      counts.arrived += 1;
      words = rest;
    }
  }
  for (const line of due) wrong(`never arrived: ${line.body.text}`);
  return { ...counts, doubled: [...doubled] };
}

/** The first that is due in the conversation's own lane, and in each sealed case's; and what may have overtaken a late answer. */
function mayComeNext(due: readonly ThreadMessage[], sealedLanes: Outboxed['sealedLanes'], late: ReadonlySet<string>): ThreadMessage[] {
  const lanes = new Set<string>();
  return due.filter(({ id }) => {
    const lane = sealedLanes.get(id) ?? '';
    if (lanes.has(lane)) return false;
    if (!late.has(id)) lanes.add(lane);
    return true;
  });
}

/** The words after this saying; undefined where they do not begin with it. Only a passive reply holds several. */
function restAfter({ body }: ThreadMessage, words: string, passive: boolean): string | undefined {
  const choices = (body.buttons ?? []).flat().map(({ label }, at) => `${at + 1}. ${label}`);
  const signed = body.by.kind === 'officer' ? `${body.text}\n—— ${body.by.signature}` : body.text;
  const shown = [signed, ...choices, ...(choices.length > 0 ? ['回数字就行。'] : [])].join('\n');
  const written = shown.split(SECRET).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(`^${written.join(CODE)}(?=${passive ? `${BETWEEN}|` : ''}$)`).exec(words)?.[0];
  return found === undefined ? undefined : words.slice(found.length).replace(BETWEEN, '');
}
