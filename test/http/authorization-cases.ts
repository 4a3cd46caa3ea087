import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, bodies, type DeskWithReaders, deskWithReaders, NEVER_MADE, named } from './authorization-desk.ts';
import { type Line, type ReaderName, readers } from './authorization-table.ts';
import { type Filed, type FiledCase, file } from './cases-for-test.ts';
import { type Listening, listen } from './stream-for-test.ts';

let readersDesk: DeskWithReaders;
const streams = new Map<ReaderName, Listening>();
const hiddenFrom = new Map<ReaderName, FiledCase[]>(readers.map((reader) => [reader, []]));

/** Tries lines about cases, each for each reader and each with a case of its own. */
export function tryLines(lines: readonly Line[]): void {
  beforeAll(async () => {
    readersDesk = await deskWithReaders();
    for (const reader of readers) {
      if (reader !== 'nobody') streams.set(reader, await listen(`${readersDesk.desk.url}/api/v1/stream`, readersDesk.headersOf(reader)));
    }
  });
  afterAll(async () => {
    for (const stream of streams.values()) stream.close();
    await readersDesk.desk.end();
  });

  describe.each(lines.map((line) => [named(line), line] as const))('%s', (_name, line) => {
    const filedFor = new Map<ReaderName, FiledCase>();

    beforeAll(async () => {
      const hidden = readers.filter((reader) => isHidden(line.expected[reader]));
      // What is filed for inspection may be another's to see: those who are shown nothing are counted apart.
      for (const together of [hidden.filter((reader) => reader !== 'inspector'), hidden.filter((reader) => reader === 'inspector')]) {
        const before = await Promise.all(together.map(countOf));
        const filed = await fileFor(together);
        expect(await Promise.all(together.map(countOf)), `what ${together} count`).toEqual(before);
        for (const [reader, one] of filed) hiddenFrom.get(reader)?.push(one);
      }
      await fileFor(readers.filter((reader) => !hidden.includes(reader)));
    });

    const fileFor = async (some: readonly ReaderName[]): Promise<readonly (readonly [ReaderName, FiledCase])[]> => {
      const filed = await Promise.all(some.map(async (reader) => [reader, await file(readersDesk.desk, wanted(line, reader))] as const));
      for (const [reader, one] of filed) filedFor.set(reader, one);
      return filed;
    };

    test.concurrent.each(readers)('%s', async (reader) => {
      const expected = line.expected[reader];
      const filed = filedFor.get(reader);
      if (!filed) throw new Error('nothing was filed');
      if (/[+-]$/.test(expected)) return seesInList(line, reader, filed, expected);

      const made = line.route.replace('{reference}', filed.reference).replace('{id}', filed.photo ?? filed.emergency ?? '');
      const answer = await asReader(reader, line.route, made, true);
      expect(`${answer.status}`, answer.text.slice(0, 300)).toBe(expected);
      if (expected !== '404') return undefined;
      expect(answer).toEqual(await neverMade(reader, line.route, true));
      expect(await asReader(reader, line.route, made, false)).toEqual(await neverMade(reader, line.route, false));
      holdsNothingOf(filed, answer);
      return notFoundBySearch(reader, filed);
    });
  });

  test.concurrent.each(readers.filter((reader) => reader !== 'nobody'))(
    'the stream of %s has said nothing of any hidden case',
    async (reader) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const said = streams.get(reader)?.said() ?? '';
      const hidden = hiddenFrom.get(reader) ?? [];
      expect(hidden.length).toBeGreaterThan(10);
      expect(hidden.filter(({ reference, words }) => said.includes(reference) || said.includes(words))).toEqual([]);
    },
  );
}

const isHidden = (expected: string): boolean => expected === '404' || expected.endsWith('-');

/** Characters that stand next to each other in no other text. */
let used = 0;
function newWords(): string {
  const first = 0x4e00 + used * 4;
  used += 1;
  return String.fromCodePoint(first, first + 1, first + 2, first + 3);
}

function wanted(line: Line, reader: ReaderName): Filed {
  const own = reader === 'inspector' ? 'inspection' : 'community';
  const unit = line.whose === 'own' ? own : 'household';
  const team = line.whose === 'own' ? 'community' : 'household';
  const common = {
    words: newWords(),
    ...(line.as === 'answered' && { status: 'answered' as const }),
    photo: line.route.includes('attachments'),
    emergency: line.route.includes('emergencies'),
    undelivered: line.route.includes('deliveries'),
  };
  if (line.kind === 'sealed') return { ...common, kind: 'complaint', about: 'unit', unit };
  if (line.kind === 'service') return { ...common, kind: 'complaint', about: 'service', team };
  return { ...common, kind: 'problem', ...(line.whose === 'other' && { unit: 'station-2' }) };
}

/** Asks a route for one thing, with or without the version its reader saw. */
function asReader(reader: ReaderName, route: string, made: string, withVersion: boolean): Promise<Answer> {
  const [method = '', path = ''] = made.split(' ');
  return readersDesk.ask(
    method,
    path,
    { ...readersDesk.headersOf(reader), ...(withVersion && { 'if-match': '"1"' }) },
    bodies[route]?.(reader),
  );
}

/** What a route says of a thing that never was; asked once, since it is the same for every line. */
const neverMade = once((reader: ReaderName, route: string, withVersion: boolean) =>
  asReader(reader, route, route.replace('{reference}', NEVER_MADE.reference).replace('{id}', NEVER_MADE.id), withVersion),
);

function once<Asked extends readonly unknown[]>(work: (...asked: Asked) => Promise<Answer>): (...asked: Asked) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const answer = answers.get(key) ?? work(...asked);
    answers.set(key, answer);
    return answer;
  };
}

/** Counts of the queue, and how long its first page is. */
async function countOf(reader: ReaderName): Promise<unknown> {
  if (reader === 'nobody') return undefined;
  const { text } = await readersDesk.ask('GET', '/api/v1/cases?limit=1', readersDesk.headersOf(reader));
  const { total } = JSON.parse(text) as { total: number };
  return total;
}

async function seesInList(line: Line, reader: ReaderName, filed: FiledCase, expected: string): Promise<void> {
  const shown = expected.endsWith('+');
  if (line.route.endsWith('/stream')) {
    if (shown) return streams.get(reader)?.hears(filed.reference);
    await new Promise((resolve) => setTimeout(resolve, 150));
    return expect(streams.get(reader)?.said()).not.toContain(filed.reference);
  }
  const [method = '', path = ''] = line.route.split(' ');
  const answer = await readersDesk.ask(method, `${path}?limit=200`.replace(/(emergencies).*/, '$1'), readersDesk.headersOf(reader));
  expect(`${answer.status}`, answer.text.slice(0, 300)).toBe(expected.slice(0, 3));
  if (!shown) {
    holdsNothingOf(filed, answer);
    return notFoundBySearch(reader, filed);
  }
  expect(answer.text).toContain(filed.reference);
  return undefined;
}

function holdsNothingOf(filed: FiledCase, answer: Answer): void {
  const all = JSON.stringify(answer.headers) + answer.text;
  for (const word of [filed.reference, filed.id, filed.words, filed.photo, filed.emergency, filed.undelivered]) {
    if (word !== undefined) expect(all).not.toContain(word);
  }
  expect(all).not.toMatch(new RegExp(`"alias":"${filed.alias}"`));
}

/** Searching for its words is answered as searching for words nobody ever wrote. */
async function notFoundBySearch(reader: ReaderName, filed: FiledCase): Promise<void> {
  const [words, reference] = await Promise.all([search(reader, filed.words), search(reader, filed.reference)]);
  expect(words).toEqual(await searchInVain(reader, NEVER_WRITTEN));
  expect(reference).toEqual(await searchInVain(reader, NEVER_MADE.reference));
}

const NEVER_WRITTEN = newWords();
const search = (reader: ReaderName, words: string) =>
  readersDesk.ask('GET', `/api/v1/cases?q=${encodeURIComponent(words)}`, readersDesk.headersOf(reader));
const searchInVain = once(search);
