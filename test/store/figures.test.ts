import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cell } from '../../src/domain/figures/cells.ts';
import type { Level } from '../../src/domain/rating.ts';
import type { Store } from '../../src/store/store.ts';
import { officer, unitId } from '../contract/store-fixtures.ts';
import { asked as askedOf } from '../rated.ts';
import { sqliteAdapter } from './adapter.ts';

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
beforeEach(async () => {
  adapter = await sqliteAdapter();
  store = await adapter.open();
});
afterEach(() => adapter.dispose());

const unit = (code: string) => unitId(store.catalogue(), code);
const asked = (code: string, month: string, level?: Level, about: string | null = null) =>
  askedOf(adapter.connection(), { unit: unit(code), month, officer: about, ...(level !== undefined && { level }) });
const times = (count: number, does: (nth: number) => void) => Array.from({ length: count }, (_, nth) => does(nth));
const goTo = (day: string) => {
  adapter.clock.now = Date.parse(`${day}T04:00:00Z`);
};
const cell = (cells: readonly Cell[], code: string, period: string, part: Cell['part'] = 'whole') =>
  cells.find((one) => one.unit === unit(code) && one.period === period && one.part === part && one.source === 'invited')?.figures;

test('a month is told of once no rating in it can be changed, and of a unit from five ratings on', async () => {
  times(8, (nth) => asked('community', '2026-07', nth < 6 ? 5 : 2));
  times(2, () => asked('community', '2026-07'));
  times(3, () => asked('household', '2026-07', 4));
  goTo('2026-08-09');
  expect(await store.ratingFigures()).toEqual([]);
  goTo('2026-08-10');
  const cells = await store.ratingFigures();
  expect(new Set(cells.map(({ period }) => period))).toEqual(new Set(['2026-07']));
  expect(cell(cells, 'household', '2026-07')).toBeUndefined();
  expect(cell(cells, 'station', '2026-07')).toMatchObject({
    n: 11,
    invited: 13,
    satisfied: { count: 9, share: 9 / 11 },
    unanswered: { count: 2, share: 2 / 13 },
  });
  // Else three is what is left of eleven once eight are known: unless another is hidden too.
  const hidden = cells.filter(({ period, figures, source }) => period === '2026-07' && source === 'invited' && !figures);
  expect(hidden.length).toBeGreaterThanOrEqual(2);
});

test('a small team does not hide behind units where nobody was asked: everybody there knows of their none', async () => {
  times(3, () => asked('community', '2026-07', 5));
  times(12, () => asked('household', '2026-07', 5));
  goTo('2026-08-15');
  const cells = await store.ratingFigures();
  expect(cell(cells, 'station', '2026-07')).toMatchObject({ n: 15 });
  expect([cell(cells, 'community', '2026-07'), cell(cells, 'household', '2026-07')]).toEqual([undefined, undefined]);
});

test('an officer who moved is told nothing while one team’s few others could be subtracted', async () => {
  const { id } = await officer(store, 'officer', 'community');
  times(6, () => asked('community', '2026-07', 5, id));
  times(6, () => asked('household', '2026-07', 5, id));
  asked('community', '2026-07', 1);
  times(20, () => asked('household', '2026-07', 4));
  goTo('2026-08-15');
  expect(await store.ownFigures(id)).toEqual([]);
  times(9, () => asked('community', '2026-08', 4));
  goTo('2026-09-15');
  expect(await store.ownFigures(id)).toMatchObject([{ from: '2026-07', to: '2026-08', n: 12 }]);
});

test('what was told stands, also over the desk opened again, until five ratings changed', async () => {
  times(20, () => asked('community', '2026-07', 5));
  times(7, () => asked('station', '2026-07', 5));
  goTo('2026-08-15');
  const first = await store.ratingFigures();
  expect(cell(first, 'community', '2026-07')).toMatchObject({ n: 20, satisfied: { count: 20 } });
  const lower = (count: number) =>
    adapter
      .connection()
      .prepare('update ratings set level = 1 where id in (select id from ratings where level = 5 and unit = ? limit ?)')
      .run(unit('community'), count);
  lower(4);
  await store.close();
  store = await adapter.open();
  expect(await store.ratingFigures()).toEqual(first);
  lower(1);
  expect(cell(await store.ratingFigures(), 'community', '2026-07')).toMatchObject({ n: 20, satisfied: { count: 15 } });
});

test('a new year begins with its own months, and a year is told once all twelve are', async () => {
  for (let month = 1; month <= 12; month += 1)
    times(12, (nth) => asked(nth < 8 ? 'community' : 'station', `2026-${String(month).padStart(2, '0')}`, 4));
  goTo('2027-01-05');
  expect(cell(await store.ratingFigures(), 'community', '2026')).toBeUndefined();
  goTo('2027-01-15');
  expect(cell(await store.ratingFigures(), 'community', '2026')).toMatchObject({ n: 96 });
});

test('an officer sees their own in batches of ten, and nobody else’s', async () => {
  const { id } = await officer(store, 'officer', 'community');
  times(7, () => asked('community', '2026-07', 5, id));
  times(12, () => asked('community', '2026-07', 3));
  goTo('2026-08-15');
  expect(await store.ownFigures(id)).toEqual([]);
  times(4, () => asked('community', '2026-08', 2, id));
  goTo('2026-09-15');
  const batch = { from: '2026-07', to: '2026-08', n: 11, satisfied: expect.objectContaining({ count: 7 }) };
  expect(await store.ownFigures(id)).toEqual([expect.objectContaining(batch)]);
  expect(await store.ownFigures('somebody-else')).toEqual([]);
});
