import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Catalogue, Topic } from '../../src/domain/catalogue.ts';
import { proposedTopics } from '../../src/flow/proposal.ts';
import { sqliteAdapter } from '../store/adapter.ts';

interface Line {
  text: string;
  topic: string;
  cluster?: string | null;
}

const corpus = (name: string) =>
  readFileSync(new URL(`../corpora/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
const developed: Line[] = corpus('reports.dev.jsonl').map((line) => JSON.parse(line));
const byHand: Line[] = corpus('topics-by-hand.txt').map((line) => {
  const [topic = '', ...words] = line.split(' ');
  return { topic, text: words.join(' ') };
});

/** A third of the corpus, whole clusters at a time, that nobody read while the word lists were written. */
const isHeldOut = ({ text, cluster }: Line) =>
  createHash('sha256')
    .update(cluster ?? text)
    .digest()
    .readUInt8(0) %
    3 ===
  0;

let catalogue: Catalogue;
let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
beforeAll(async () => {
  adapter = await sqliteAdapter();
  catalogue = (await adapter.open()).catalogue();
});
afterAll(() => adapter.dispose());

const proposed = (text: string): string[] => proposedTopics(catalogue.topics, text).map(({ code }) => code);
const kinds = ['problem', 'suggestion', 'praise', 'complaint'];
const kindOf = (code: string | undefined) =>
  catalogue.topics.find((topic) => topic.code === code)?.kinds.find((kind) => kinds.includes(kind)) ?? 'problem';

function judged(name: string, lines: readonly Line[]) {
  const ranked = lines.map(({ text, topic }) => ({ topic, codes: proposed(text) }));
  const share = (of: typeof ranked, right: (line: (typeof ranked)[number]) => boolean) => of.filter(right).length / of.length;
  const first = ({ topic, codes }: (typeof ranked)[number]) => codes[0] === topic;
  const amongThree = ({ topic, codes }: (typeof ranked)[number]) => codes.slice(0, 3).includes(topic);
  const rightKind = ({ topic, codes }: (typeof ranked)[number]) => kindOf(codes[0]) === kindOf(topic);
  const row = (label: string, of: typeof ranked) =>
    `${label.padEnd(24)}${String(of.length).padStart(4)}${[first, amongThree, rightKind].map((right) => share(of, right).toFixed(2).padStart(8)).join('')}`;
  const topics = [...new Set(lines.map(({ topic }) => topic))].sort();
  console.log(
    [
      `${name.padEnd(28)}   first   three    kind`,
      ...topics.map((topic) =>
        row(
          topic,
          ranked.filter((line) => line.topic === topic),
        ),
      ),
      row('all', ranked),
    ].join('\n'),
  );
  return { first: share(ranked, first), amongThree: share(ranked, amongThree), kind: share(ranked, rightKind) };
}

test('reports nobody read while the word lists were written find their topic and their kind', () => {
  const { first, amongThree, kind } = judged('held out', developed.filter(isHeldOut));
  expect(first).toBeGreaterThanOrEqual(0.75);
  expect(amongThree).toBeGreaterThanOrEqual(0.9);
  expect(kind).toBeGreaterThanOrEqual(0.9);
});

test('the other two thirds and those written by hand find them nearly always', () => {
  for (const [name, lines] of [['read', developed.filter((line) => !isHeldOut(line))] as const, ['by hand', byHand] as const]) {
    const { first, amongThree, kind } = judged(name, lines);
    expect(first).toBeGreaterThanOrEqual(0.94);
    expect(amongThree).toBeGreaterThanOrEqual(0.98);
    expect(kind).toBeGreaterThanOrEqual(0.96);
  }
});

test('every word of the catalogue can be read and is written once', () => {
  for (const { code, words } of catalogue.topics) {
    for (const written of Object.values(words)) {
      expect(new Set(written).size, code).toBe(written.length);
      const broken = (word: string) =>
        word
          .replace(/^-|[!?]$/gu, '')
          .split(/[…|]/u)
          .some((term) => !/[\p{L}\p{N}]/u.test(term));
      expect(written.filter(broken), code).toEqual([]);
    }
  }
});

const topic = (code: string, ...words: string[]): Topic => ({
  code,
  version: 1,
  kinds: ['problem'],
  labels: {},
  words: { 'zh-CN': words },
  domesticViolence: false,
});
const of = (topics: readonly Topic[], said: string) => proposedTopics(topics, said).map(({ code }) => code);

test('a longer word weighs more than a shorter one, and a word of two topics less for each', () => {
  expect(of([topic('a', '路口'), topic('b', '红绿灯')], '路口的红绿灯')).toEqual(['b', 'a']);
  expect(of([topic('a', '手机'), topic('b', '手机', '捡'), topic('c', '钱包')], '钱包和手机')).toEqual(['c', 'a', 'b']);
});

test('a hint weighs less than a plain word, what is plain enough on its own more', () => {
  expect(of([topic('a', '手机?'), topic('b', '捡'), topic('c', '偷!')], '捡手机偷')).toEqual(['c', 'a', 'b']);
});

test('parts are heard one after the other and near, each in any of its terms', () => {
  const topics = [topic('a', '窗口|柜台…没人|关')];
  expect(of(topics, '柜台又没人')).toEqual(['a']);
  expect(of(topics, '窗口到了下午三点就关')).toEqual(['a']);
  expect(of(topics, '没人的窗口')).toEqual([]);
  expect(of(topics, '窗口前面排了很长很长的一队人后来没人')).toEqual([]);
});

test('what speaks against a topic silences the words inside it', () => {
  const topics = [topic('a', '偷!', '-偷拍')];
  expect(of(topics, '有人偷拍')).toEqual([]);
  expect(of(topics, '手机被偷')).toEqual(['a']);
});

test('Latin words are whole, unless they are said to go on', () => {
  const topics = [topic('a', 'car'), topic('b', 'neighbo*')];
  expect(of(topics, 'a card for the neighbours')).toEqual(['b']);
  expect(of(topics, '我的CAR')).toEqual(['a']);
});

test('nothing is proposed where nothing is recognised, and the longest text takes no time to speak of', () => {
  expect(proposed('嗯')).toEqual([]);
  proposed('民警');
  const before = performance.now();
  proposed('民警窗口没人跑了三趟，'.repeat(800));
  expect(performance.now() - before).toBeLessThan(500);
});
