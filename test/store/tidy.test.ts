import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { acting, file, inbound, nothing, officer, render, replying, START, saying } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

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

/** A minute goes by; what follows is written after it. */
async function tidyNow(): Promise<void> {
  vi.advanceTimersByTime(60_000);
  await store.settle([]);
}

const DAY_MS = 86_400_000;
const count = (sql: string): unknown => adapter.connection().prepare(sql).pluck().get();

test("an update nobody can read is kept sealed for seven days, a used key as long, an update's own key for ninety", async () => {
  const lead = await officer(store, 'lead', 'station');
  await store.takeTurn(inbound({ type: 'unknown', what: 'sticker' }, { raw: '{"sticker":"secret words"}' }), nothing, render);
  const { file: head } = await file(store, '路灯坏了');
  await acting(store, lead, head.reference, replying(lead, '好'), { once: { route: 'r', key: 'k', bodyHash: 'h' } });
  const kept = () => [
    count('select count(*) from raw_inbound'),
    count('select count(*) from idempotency'),
    count('select count(*) from messages where "key" is not null'),
  ];
  await tidyNow();
  expect(kept()).toEqual([1, 1, 2]);
  expect(adapter.connection().prepare<[], Buffer>('select sealed from raw_inbound').pluck().get()?.includes('secret')).toBe(false);
  adapter.clock.now = START + 7 * DAY_MS + 1;
  await tidyNow();
  expect(kept()).toEqual([0, 0, 2]);
  await store.takeTurn(inbound('还在'), nothing, render);
  adapter.clock.now = START + 90 * DAY_MS + 1;
  await tidyNow();
  expect(kept()).toEqual([0, 0, 1]);
  adapter.clock.now = START + 200 * DAY_MS;
  await tidyNow();
  expect(kept()).toEqual([0, 0, 0]);
});

test('merging the index loses nothing', async () => {
  const lead = await officer(store, 'lead', 'station');
  for (let nth = 0; nth < 30; nth += 1) await file(store, `第${nth}盏路灯坏了`);
  const scope = {
    stations: [store.catalogue().rootStation],
    sealed: 'none' as const,
    notTeams: [],
    unknownTeam: 'shown' as const,
    notNamingOfficer: '',
    notNamingUnits: [],
  };
  await tidyNow();
  expect((await store.findCases(scope, lead.id, { sort: 'due', limit: 50, words: '路灯' })).total).toBe(30);
});

test('only who runs the desk may read its files', () => {
  for (const name of ['tiexin.db', 'tiexin.db-wal', 'audit-heads']) {
    expect([name, statSync(join(adapter.dataDir, name)).mode & 0o077]).toEqual([name, 0]);
  }
});

test('a code that its channel may be asked for again is wiped a minute after it was sent', async () => {
  const { outbound } = await store.takeTurn(inbound('?'), saying({ key: 'report:filed', secret: 'ABCD1234' }), render);
  const outcome = { is: 'sent', confirmed: true } as const;
  const id = outbound[0]!.id;
  await store.settle([
    { outbound: id, part: 0, outcome },
    { outbound: id, outcome },
  ]);
  const secrets = () => count('select count(*) from messages where secret is not null');
  await tidyNow();
  expect(secrets()).toBe(1);
  adapter.clock.now = START + 60_001;
  await tidyNow();
  expect(secrets()).toBe(0);
});
