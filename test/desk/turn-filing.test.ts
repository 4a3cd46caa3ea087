import { expect, test } from 'vitest';
import { openingOf, summaryOf, type Wanted } from '../../src/desk/filing.ts';
import { catalogue, MONDAY_MORNING } from './turn-room.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const chance = { now: MONDAY_MORNING, bytes: new Uint8Array(32).fill(7) };

const opened = (wanted: Partial<Wanted>, given = catalogue) =>
  openingOf(
    { kind: 'problem', details: '路灯坏了', seal: false, answers: [], locale: 'zh-CN', actor: { kind: 'resident' }, ...wanted },
    { catalogue: given, chance },
  );

test('what no rule routes goes to the root station; a topic with a unit goes there', () => {
  expect(opened({}).file).toMatchObject({ unit: 'station', station: 'station' });
  const routed = {
    ...catalogue,
    topics: catalogue.topics.map((topic) => (topic.code === 'noise' ? { ...topic, unit: 'community' } : topic)),
  };
  expect(opened({ topic: 'noise' }, routed).file).toMatchObject({ unit: 'community', station: 'station', topic: 'noise' });
});

test('a topic or a unit that is not in the catalogue is passed over', () => {
  const { file } = opened({ topic: 'gone', unit: 'gone' });
  expect(file.topic).toBeUndefined();
  expect(file.unit).toBe('station');
});

test('the first answer and the end are promised in working time, and words of a person within 28 days', () => {
  const { file, changes, firstAnswerDueAt } = opened({});
  expect(firstAnswerDueAt).toBe(MONDAY_MORNING + 6 * HOUR);
  expect(file.dueAt).toBe(firstAnswerDueAt);
  expect(file.dueWhy).toMatchObject({ promise: 'first-answer', target: 'PT4H' });
  expect(changes.flatMap((change) => (change.do === 'promise' ? [[change.kind, change.dueAt - MONDAY_MORNING]] : []))).toEqual([
    ['first-answer', 6 * HOUR],
    ['finish', 7 * DAY + 8.5 * HOUR],
    ['hear-from-us', 28 * DAY],
  ]);
});

test('the resident’s own act seals any kind of case', () => {
  expect(opened({ kind: 'help', seal: true }).file).toMatchObject({ sealed: true, unit: 'inspection', station: 'station' });
});

test('a complaint about an officer of a team keeps that team out', () => {
  const { file } = opened({ kind: 'complaint', about: 'officer', team: 'community', named: '王某' });
  expect(file).toMatchObject({ sealed: true, subjects: { officers: [], units: ['community'] } });
});

test('a topic of domestic violence marks the case for good', () => {
  expect(opened({ kind: 'help', topic: 'domestic-violence' }).file.domesticViolence).toBe(true);
});

test('reference, code and alias are three different draws, all from the alphabet without look-alikes', () => {
  const { file, code } = opened({});
  expect(new Set([file.reference, code, file.alias]).size).toBe(3);
  for (const letters of [file.reference, code]) expect(letters).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
});

test('a summary is one line, never cut inside a character', () => {
  expect(summaryOf('井盖\n没了 ')).toBe('井盖 没了');
  const family = '👨‍👩‍👧‍👦';
  expect(summaryOf(family.repeat(61))).toBe(`${family.repeat(59)}…`);
});
