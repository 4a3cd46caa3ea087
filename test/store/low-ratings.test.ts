import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lookIntoLowRatings } from '../../src/desk/clock/low-ratings.ts';
import type { Change } from '../../src/domain/decision.ts';
import type { Officer } from '../../src/domain/officer.ts';
import type { Level } from '../../src/domain/rating.ts';
import { loadWords } from '../../src/i18n.ts';
import type { CaseQuery, Store } from '../../src/store/store.ts';
import { acting, deciding, file, inbound, officer, render, scopeFor } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

const DAY_MS = 86_400_000;
const decide = lookIntoLowRatings(loadWords(join(import.meta.dirname, '../../locales')));

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
let rated: Officer;
let colleague: Officer;
let lead: Officer;
let inspector: Officer;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  adapter = await sqliteAdapter();
  store = await adapter.open();
  [rated, colleague] = [await officer(store, 'officer', 'station'), await officer(store, 'officer', 'station')];
  [lead, inspector] = [await officer(store, 'lead', 'station'), await officer(store, 'inspector', 'inspection')];
});
afterEach(async () => {
  await adapter.dispose();
  vi.useRealTimers();
});

let residents = 0;
/** A resident rates how this officer handled their case. */
async function rates(by: Officer, level: Level, reasons: readonly string[], followed = false): Promise<void> {
  residents += 1;
  const who = { address: `resident-${residents}` };
  const { file: head } = await file(store, `第 ${residents} 盏路灯坏了`, {}, who);
  const invitation = `invitation-${residents}`;
  const expiresAt = adapter.clock.now + 7 * DAY_MS;
  const changes: Change[] = [
    { do: 'event', case: head.id, verb: 'taken', actor: { kind: 'officer', officer: by.id }, patch: { owner: by.id } },
    { do: 'invite', contact: `contact-${residents}`, invitation, case: head.id, source: 'invited', expiresAt },
  ];
  await acting(store, lead, head.reference, () => ({ changes, say: [] }));
  const given = { level, reasonsVersion: 1, reasons };
  const use: Change = { do: 'useInvitation', invitation, rating: given, turns: [] };
  await store.takeTurn(inbound('评', who), deciding([use, ...(followed ? [{ do: 'followUp', invitation } as const] : [])]), render);
}

/** The invitations' last day passes, and the first of the month after it. */
async function monthLater(): Promise<number> {
  adapter.clock.now += 9 * DAY_MS;
  vi.advanceTimersByTime(60_000);
  await store.settle([]);
  adapter.clock.now += 31 * DAY_MS;
  return store.lookIntoLowRatings(decide);
}

const query: CaseQuery = { kind: 'follow-up', sort: 'opened', limit: 10 };
const foundBy = async (who: Officer) => (await store.findCases(scopeFor(store, who), who.id, query)).items;

test('five that nobody asked to have looked into become one case of their unit, kept from whom they are about', async () => {
  expect(await store.lookIntoLowRatings(decide)).toBe(0);
  for (const level of [1, 2, 2, 1] as const) await rates(rated, level, ['slow', 'unexplained']);
  await rates(rated, 3, ['slow']);
  await rates(rated, 1, ['unsolved']);
  await rates(rated, 2, ['slow'], true);
  expect(await monthLater()).toBe(0);
  await rates(rated, 2, ['slow']);
  expect(await monthLater()).toBe(1);
  expect(await foundBy(rated)).toEqual([]);
  const [line] = await foundBy(colleague);
  expect(line).toMatchObject({ summary: expect.stringContaining('5'), file: { kind: 'follow-up', status: 'opened', sealed: false } });
  const view = await store.readCase(scopeFor(store, lead), lead.id, line?.file.reference ?? '');
  expect(view?.answers.map(({ shown }) => shown)).toEqual([
    '5',
    expect.stringMatching(/办得慢（5 次）.*没说清楚（4 次）/),
    expect.any(String),
  ]);
  expect(JSON.stringify({ ...view, file: null })).not.toContain(rated.id);
  expect(adapter.connection().prepare('select count(*) from low_ratings').pluck().get()).toBe(0);
  expect(await monthLater()).toBe(0);
});

test('nothing is opened in the middle of a month: its day would date the last of them', async () => {
  await store.lookIntoLowRatings(decide);
  for (const level of [1, 2, 2, 1, 2] as const) await rates(rated, level, ['slow']);
  adapter.clock.now += 9 * DAY_MS;
  vi.advanceTimersByTime(60_000);
  await store.settle([]);
  const month = new Date(adapter.clock.now).getUTCMonth();
  expect(month).toBe(new Date(adapter.clock.now - 9 * DAY_MS).getUTCMonth());
  expect(await store.lookIntoLowRatings(decide)).toBe(0);
});

test('where rules were broken, or a lead is among the rated, it is for inspection alone', async () => {
  for (const [by, reasons] of [
    [rated, ['rules-broken']],
    [lead, ['slow']],
  ] as const) {
    await store.lookIntoLowRatings(decide);
    for (const level of [1, 1, 2, 2, 2] as const) await rates(by, level, reasons);
    const before = (await foundBy(inspector)).length;
    expect(await monthLater()).toBe(1);
    for (const who of [rated, colleague, lead]) expect(await foundBy(who)).toEqual([]);
    expect(await foundBy(inspector)).toHaveLength(before + 1);
  }
});
