import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { officerReasons, ratingReasons } from '../../src/domain/reasons.ts';
import type { Flow } from '../../src/flow/flow.ts';
import type { Step } from '../../src/flow/step.ts';
import { flows } from '../../src/flows/list.ts';
import { loadWords } from '../../src/i18n.ts';

const root = new URL('../..', import.meta.url).pathname;
const words = loadWords(join(root, 'locales'));
const namespaces = ['flow', ...Object.keys(flows)];

const written: Record<string, readonly string[]> = {
  'report:what': ['problem', 'suggestion', 'praise', 'complaint'],
  'report:about': ['service', 'unit', 'officer'],
  'report:reasons': officerReasons.codes,
  'report:topic': ['other'],
  'report:identity': ['hidden', 'named'],
  'report:review': ['file', 'police'],
  'help:kind': ['help', 'question'],
  'help:topic': ['other'],
  'help:reach': ['chat', 'phone'],
  'help:review': ['file', 'police'],
  'unsolved:sameOfficer': ['yes', 'no'],
  'withdraw:review': ['file'],
  'rate:level': ['1', '2', '3', '4', '5'],
  'rate:liked': ratingReasons.liked,
  'rate:missed': ratingReasons.missed,
  'rate:review': ['file'],
  'follow-up:how': ['call', 'here', 'no'],
  'follow-up:review': ['file'],
};

const reviews = ({ steps }: Flow) => Object.values(steps).some(({ kind }) => kind === 'review');

const keysOf = (flow: Flow, id: string, step: Step): string[] => [
  `${flow.name}:${id}.ask`,
  `${flow.name}:${id}.help`,
  // Words sent instead of photos are kept with the story: never invalid.
  ...(step.kind === 'photos' ? [] : [`${flow.name}:${id}.invalid`]),
  ...(reviews(flow) && step.kind !== 'review' ? [`${flow.name}:${id}.line`] : []),
  ...(written[`${flow.name}:${id}`] ?? []).map((value) => `${flow.name}:${id}.option.${value}`),
];

const byConvention = Object.values(flows).flatMap((flow) => Object.entries(flow.steps).flatMap(([id, step]) => keysOf(flow, id, step)));

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'));
const spelledOut = sources
  .flatMap((source) => [...source.matchAll(/'((?:flow|report|help|message|unsolved|withdraw|lookup|rate|follow-up):[\w.-]+)'/g)])
  .flatMap(([, key]) => (key === undefined ? [] : [key]));
const whyNotKept = ['too-big', 'unreadable', 'no-space', 'gone'].map((why) => `flow:photo.notKept.${why}`);

const said = [...new Set([...byConvention, ...spelledOut, ...whyNotKept])].sort();

const written_in = (locale: string) =>
  namespaces
    .flatMap((namespace) => leaves(JSON.parse(readFileSync(join(root, 'locales', locale, `${namespace}.json`), 'utf8')), `${namespace}:`))
    .sort();

function leaves(tree: unknown, at: string): string[] {
  if (typeof tree === 'string') return [at];
  return Object.entries(tree as object).flatMap(([key, below]) => leaves(below, at.endsWith(':') ? `${at}${key}` : `${at}.${key}`));
}

test('all eight forms were looked at', () => {
  expect(Object.keys(flows).sort()).toEqual(['follow-up', 'help', 'lookup', 'message', 'rate', 'report', 'unsolved', 'withdraw']);
  expect(said.length).toBeGreaterThan(200);
  expect(words.locales).toEqual(['zh-CN', 'en']);
});

test.each(words.locales)('%s has words for every question, help, wrong answer, option and line, and none that nobody says', (locale) => {
  expect(written_in(locale)).toEqual(said);
});

test.each(words.locales)('every option and line of %s is told apart from the others of its question', (locale) => {
  for (const [step, values] of Object.entries(written)) {
    const labels = values.map((value) => words.t(`${step}.option.${value}`, locale));
    expect(new Set(labels).size).toBe(labels.length);
  }
  for (const flow of Object.values(flows).filter(reviews)) {
    const lines = Object.entries(flow.steps).filter(([, { kind }]) => kind !== 'review');
    const labels = lines.map(([id]) => words.t(`${flow.name}:${id}.line`, locale));
    expect(new Set(labels).size).toBe(labels.length);
  }
});

test('the languages name the same values in each sentence', () => {
  const [chinese = '', english = ''] = words.locales;
  const values = (key: string, locale: string) => [...new Set(words.t(key, locale).match(/\{\{\w+\}\}/g))].sort();
  for (const key of said) expect([key, values(key, english)]).toEqual([key, values(key, chinese)]);
});

test('a resident is spoken to plainly: no stock phrase of the office', () => {
  const stock = /高度重视|已收悉|持续跟进|相关部门|予以|特此|敬请|尽快|贵方|该事项|duly|pursuant|as soon as possible|relevant department/;
  for (const locale of words.locales) for (const key of said) expect(words.t(key, locale)).not.toMatch(stock);
});
