import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Found } from '../../src/domain/decision.ts';
import type { Place } from '../../src/domain/place.ts';
import type { Level, Source } from '../../src/domain/rating.ts';
import type { Store } from '../../src/store/store.ts';
import { deciding, inbound, officer, render, START, scopeFor, unitId } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

const DAY_MS = 86_400_000;
let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  adapter = await sqliteAdapter();
  store = await adapter.open();
});
afterEach(async () => {
  await adapter.dispose();
  vi.useRealTimers();
});

const count = (sql: string): unknown => adapter.connection().prepare(sql).pluck().get();
async function tidyNow(): Promise<void> {
  vi.advanceTimersByTime(60_000);
  await store.settle([]);
}

/** What the resident of this address is given for a place today. */
async function placed(address: string, place: Place = 'notebook'): Promise<Extract<Found, { what: 'placed' }>> {
  const found: Found[] = [];
  const unit = unitId(store.catalogue(), 'community');
  await store.takeTurn(
    inbound('来了', { address }),
    (desk) => {
      found.push(...desk.found);
      return desk.found.length > 0 ? { changes: [], say: [] } : { needs: [{ what: 'placed', place, unit }] };
    },
    render,
  );
  const [only] = found;
  if (only?.what !== 'placed') throw new Error('nothing found');
  return only;
}

let contacts = 0;
async function rates(address: string, invitation: string, level: Level, source: Source = 'walk-in'): Promise<void> {
  contacts += 1;
  const unit = unitId(store.catalogue(), 'community');
  await store.takeTurn(
    inbound('评了', { address }),
    deciding([
      {
        do: 'inviteAt',
        contact: `contact-${contacts}`,
        invitation,
        place: source === 'assisted' ? 'screen' : 'notebook',
        unit,
        source,
        day: START,
        expiresAt: START + DAY_MS,
      },
      { do: 'useInvitation', invitation, rating: { level, reasonsVersion: 2, reasons: [] }, turns: [] },
    ]),
    render,
  );
}

test('the same resident at the same code on one day has one right, and nobody else has it', async () => {
  const [one, again, poster, other] = [await placed('a'), await placed('a'), await placed('a', 'poster'), await placed('b')];
  expect(one).toEqual(again);
  expect(one.id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set([one.id, poster.id, other.id]).size).toBe(3);
  adapter.clock.now += DAY_MS;
  expect((await placed('a')).id).not.toBe(one.id);
});

test('once it can’t be changed any more, nothing is left of a visit but the rating', async () => {
  const { id } = await placed('a');
  await rates('a', id, 4);
  expect((await placed('a')).invitation).toMatchObject({ id, source: 'walk-in', given: { level: 4 } });
  expect([count('select count(*) from contacts'), count('select count(*) from ratings')]).toEqual([1, 1]);
  adapter.clock.now = START + 3 * DAY_MS;
  await tidyNow();
  expect([
    count('select count(*) from contacts'),
    count('select count(*) from invitations'),
    count('select count(*) from rating_ties'),
  ]).toEqual([0, 0, 0]);
  expect(count("select source || ' ' || month || ' ' || burst from ratings")).toMatch(/^walk-in \d{4}-\d{2} 0$/);
});

test('very many of a unit on one day are marked for inspection, and their month is told without anybody asked', async () => {
  for (let nth = 0; nth < 20; nth += 1) await rates(`r${nth}`, (await placed(`r${nth}`)).id, 5);
  await rates('s', 'ffffffffffffffffffffffffffffffff', 5, 'assisted');
  const inspector = await officer(store, 'inspector', 'inspection');
  adapter.clock.now = START + 3 * DAY_MS;
  await tidyNow();
  const { items } = await store.findRatings(scopeFor(store, inspector), undefined, 50);
  expect(items).toHaveLength(21);
  expect(items.every(({ burst }) => burst)).toBe(true);
  expect(new Set(items.map(({ source }) => source))).toEqual(new Set(['walk-in', 'assisted']));
  adapter.clock.now = START + 60 * DAY_MS;
  const cells = await store.ratingFigures();
  const community = cells.filter(({ unit, part }) => unit === unitId(store.catalogue(), 'community') && part === 'whole');
  expect(community.filter(({ figures }) => figures).map(({ source, figures }) => [source, figures?.n, figures?.unanswered])).toEqual([
    ['walk-in', 20, undefined],
  ]);
});

test('nineteen on one day are no burst', async () => {
  for (let nth = 0; nth < 19; nth += 1) await rates(`r${nth}`, (await placed(`r${nth}`)).id, 5);
  adapter.clock.now = START + 3 * DAY_MS;
  await tidyNow();
  expect(count('select sum(burst) from ratings')).toBe(0);
});
