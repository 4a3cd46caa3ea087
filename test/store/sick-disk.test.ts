import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Batch } from '../../src/store/sqlite/batch.ts';
import type { Store } from '../../src/store/store.ts';
import { file, inbound, render, saying } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
beforeEach(async () => {
  adapter = await sqliteAdapter();
  store = await adapter.open();
});
afterEach(() => adapter.dispose());

const threads = async () => (await store.readThread('web', 'web', 'resident-one', 0, 100)).length;

test('on a full disk reading goes on, health says so, and the audit chain goes on where it was', async () => {
  const filed = await file(store, '路灯坏了');
  adapter.fill();
  const refused: unknown[] = [];
  for (let nth = 0; nth < 40; nth += 1) {
    await file(store, '占地方'.repeat(2_000)).catch((error: unknown) => refused.push(error));
  }
  expect(refused.length).toBeGreaterThan(0);
  for (const error of refused) expect(error).toMatchObject({ code: 'unavailable' });
  expect((await store.readThread('web', 'web', 'resident-one', 0, 1))[0]?.body.text).toBe('路灯坏了');
  adapter.free();
  await file(store, '又能写了');
  expect((await store.verifyAudit()).map(({ state }) => state.is)).toEqual(['whole', 'whole']);
  expect(filed.file.version).toBe(1);
});

test('a database another process holds is waited for without stopping anything, and written when it is let go', async () => {
  const other = new Database(join(adapter.dataDir, 'tiexin.db'));
  other.exec('begin immediate');
  const taken = store.takeTurn(inbound('等一下'), saying({ key: 'a' }), render);
  setTimeout(() => other.exec('commit'), 150);
  expect((await taken).repeat).toBe(false);
  other.close();
});

test('a database that can only be read refuses what would be written, and takes it once it can', async () => {
  await store.takeTurn(inbound('一'), saying({ key: 'a' }), render);
  adapter.connection().pragma('query_only = ON');
  await expect(store.takeTurn(inbound('二'), saying({ key: 'a' }), render)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await store.health()).writable).toBe(false);
  expect(await threads()).toBe(2);
  adapter.connection().pragma('query_only = OFF');
  await store.takeTurn(inbound('二'), saying({ key: 'a' }), render);
  expect((await store.health()).writable).toBe(true);
});

describe('the batch', () => {
  function batchOver(sqlite: Database.Database) {
    const told: string[] = [];
    const batch = new Batch(sqlite, {
      begun: () => told.push('begun'),
      mark: () => () => told.push('undone'),
      committed: () => told.push('committed'),
    });
    return { batch, told };
  }

  test('turns that arrive together are committed together, at most 64 at once', async () => {
    const sqlite = new Database(':memory:');
    sqlite.exec('create table t (n integer)');
    const { batch, told } = batchOver(sqlite);
    const insert = sqlite.prepare('insert into t values (?)');
    await Promise.all(Array.from({ length: 130 }, (_, n) => batch.write(() => insert.run(n))));
    expect(told).toEqual(['begun', 'committed', 'begun', 'committed', 'begun', 'committed']);
    expect(sqlite.prepare('select count(*) from t').pluck().get()).toBe(130);
  });

  test('nobody is answered before the commit', async () => {
    const sqlite = new Database(':memory:');
    const { batch, told } = batchOver(sqlite);
    await Promise.all([1, 2, 3].map((n) => batch.write(() => n).then(() => told.push(`answered ${n}`))));
    expect(told).toEqual(['begun', 'committed', 'answered 1', 'answered 2', 'answered 3']);
  });

  test('where the transaction is gone every job of the batch is refused, and none runs outside one', async () => {
    const sqlite = new Database(':memory:');
    sqlite.exec('create table t (n integer)');
    const { batch, told } = batchOver(sqlite);
    const insert = sqlite.prepare('insert into t values (?)');
    const jobs = [
      batch.write(() => insert.run(1)),
      batch.write(() => {
        sqlite.exec('rollback');
        throw new Error('the disk did this');
      }),
      batch.write(() => insert.run(3)),
    ];
    const results = await Promise.allSettled(jobs);
    expect(results.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual([
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
    expect(sqlite.prepare('select count(*) from t').pluck().get()).toBe(0);
    expect(told).toEqual(['begun', 'undone']);
    await batch.write(() => insert.run(4));
    expect(sqlite.prepare('select n from t').pluck().all()).toEqual([4]);
  });

  test('closing writes what waits and takes no more', async () => {
    const sqlite = new Database(':memory:');
    const { batch } = batchOver(sqlite);
    const waiting = batch.write(() => 'written');
    batch.close();
    expect(await waiting).toBe('written');
    await expect(batch.write(() => 'late')).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('drizzle shares its transaction', async () => {
    const sqlite = new Database(':memory:');
    sqlite.exec('create table t (n integer)');
    const db = drizzle({ client: sqlite });
    const { batch } = batchOver(sqlite);
    const failing = batch.write(() => {
      db.run('insert into t values (1)');
      throw new Error('boom');
    });
    await expect(failing).rejects.toThrow('boom');
    expect(sqlite.prepare('select count(*) from t').pluck().get()).toBe(0);
  });
});
