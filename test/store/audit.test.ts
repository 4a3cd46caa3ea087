import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditTriggers } from '../../src/store/sqlite/audit-triggers.ts';
import type { ChainState, Store } from '../../src/store/store.ts';
import { file } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
let station: string;
beforeEach(async () => {
  adapter = await sqliteAdapter();
  store = await adapter.open();
  station = store.catalogue().rootStation;
  for (let nth = 0; nth < 6; nth += 1) await file(store, `第 ${nth} 件`);
});
afterEach(() => adapter.dispose());

const path = (): string => join(adapter.dataDir, 'tiexin.db');
const heads = (): string => join(adapter.dataDir, 'audit-heads');

/** What someone with the file can do to it: the triggers away, the deed, the triggers back. */
async function tamper(deed: string | ((raw: Database.Database) => void), triggersBack = true): Promise<void> {
  await store.close();
  const raw = new Database(path());
  for (const name of Object.keys(auditTriggers)) raw.exec(`drop trigger ${name}`);
  if (typeof deed === 'string') raw.exec(deed.replaceAll('$station', `'${station}'`));
  else deed(raw);
  if (triggersBack) for (const sql of Object.values(auditTriggers)) raw.exec(sql);
  raw.close();
  store = await adapter.open();
}

const stateOf = async (chain = station): Promise<ChainState | undefined> =>
  (await store.verifyAudit()).find((found) => found.chain === chain)?.state;

test('untouched, every chain is whole, before and after opening again', async () => {
  expect(await stateOf()).toEqual({ is: 'whole', entries: 6 });
  store = await adapter.open();
  expect((await store.verifyAudit()).map(({ state }) => state.is)).toEqual(['whole', 'whole']);
});

describe('each deed is named', () => {
  test('a byte changed', async () => {
    await tamper("update audit set subject = 'ZZZZZZZZ' where chain = $station and seq = 3");
    expect(await stateOf()).toEqual({ is: 'broken', at: 3, why: 'changed' });
  });

  test('a byte of the digest changed', async () => {
    await tamper('update audit set digest = zeroblob(32) where chain = $station and seq = 2');
    expect(await stateOf()).toEqual({ is: 'broken', at: 2, why: 'changed' });
  });

  test('the tail cut', async () => {
    await tamper('delete from audit where chain = $station and seq > 4');
    expect(await stateOf()).toEqual({ is: 'tail-missing', after: 4 });
  });

  test('the tail cut, and written on since', async () => {
    await tamper('delete from audit where chain = $station and seq > 4');
    for (let nth = 0; nth < 5; nth += 1) await file(store, '又一件');
    store = await adapter.open();
    expect(await stateOf()).toEqual({ is: 'tail-missing', after: 4 });
  });

  test('an entry taken out of the middle', async () => {
    await tamper('delete from audit where chain = $station and seq = 3');
    expect(await stateOf()).toEqual({ is: 'broken', at: 3, why: 'entry-missing' });
  });

  test('an entry replaced by another of the same chain', async () => {
    await tamper((raw) => {
      raw.prepare('delete from audit where chain = ? and seq = 3').run(station);
      raw
        .prepare(
          'insert into audit select chain, 3, at, actor, verb, subject, version, reason_code, digest, prev, hash from audit where chain = ? and seq = 4',
        )
        .run(station);
    });
    expect(await stateOf()).toEqual({ is: 'broken', at: 3, why: 'not-linked' });
  });

  test("two entries in each other's place", async () => {
    await tamper((raw) => {
      const move = raw.prepare('update audit set seq = ? where chain = ? and seq = ?');
      move.run(99, station, 3);
      move.run(3, station, 4);
      move.run(4, station, 99);
    });
    expect(await stateOf()).toEqual({ is: 'broken', at: 3, why: 'not-linked' });
  });

  test('a trigger dropped', async () => {
    await tamper('select 1', false);
    expect(await stateOf()).toEqual({ is: 'trigger-missing', trigger: 'audit_no_update' });
  });

  test('a trigger put back that does nothing', async () => {
    await tamper((raw) => {
      for (const [name, sql] of Object.entries(auditTriggers)) {
        raw.exec(name === 'audit_no_delete' ? 'create trigger audit_no_delete before delete on audit begin select 1; end' : sql);
      }
    }, false);
    expect(await stateOf()).toEqual({ is: 'trigger-missing', trigger: 'audit_no_delete' });
  });

  test('the database of an earlier day put back', async () => {
    await store.close();
    copyFileSync(path(), `${path()}.old`);
    store = await adapter.open();
    for (let nth = 0; nth < 3; nth += 1) await file(store, '后来的事');
    await store.close();
    copyFileSync(`${path()}.old`, path());
    store = await adapter.open();
    expect(await stateOf()).toEqual({ is: 'tail-missing', after: 6 });
    for (let nth = 0; nth < 9; nth += 1) await file(store, '再后来的事');
    store = await adapter.open();
    expect(await stateOf()).toEqual({ is: 'tail-missing', after: 6 });
  });

  test('the whole database replaced by a fresh one', async () => {
    await store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path()}${suffix}`, { force: true });
    store = await adapter.open();
    expect(await stateOf()).toEqual({ is: 'tail-missing', after: 0 });
  });

  test('the head outside taken away while it is open', async () => {
    store = await adapter.open();
    rmSync(heads());
    expect(await stateOf()).toEqual({ is: 'no-outside-head', entries: 6 });
    await file(store, '又一件');
    expect(await stateOf()).toEqual({ is: 'whole', entries: 7 });
  });

  test('the tail cut and the head taken away while the desk is running', async () => {
    store = await adapter.open();
    const raw = new Database(path());
    for (const name of Object.keys(auditTriggers)) raw.exec(`drop trigger ${name}`);
    raw.prepare('delete from audit where chain = ? and seq > 4').run(station);
    for (const sql of Object.values(auditTriggers)) raw.exec(sql);
    raw.close();
    rmSync(heads());
    for (let nth = 0; nth < 5; nth += 1) await file(store, '又一件');
    expect(await stateOf()).toEqual({ is: 'tail-missing', after: 4 });
  });

  test('the head outside taken away while it was closed begins again, and the record says so', async () => {
    await store.close();
    rmSync(heads());
    store = await adapter.open();
    expect(await stateOf()).toEqual({ is: 'whole', entries: 7 });
    expect((await store.audit([station], 'all', undefined, 1)).items[0]?.verb).toBe('outside-head-missing');
  });

  test('a head outside written by someone without the key counts for nothing', async () => {
    await store.close();
    writeFileSync(heads(), readFileSync(heads(), 'utf8').replace(/"seq": 6/, '"seq": 5'));
    store = await adapter.open();
    expect((await store.audit([station], 'all', undefined, 1)).items[0]?.verb).toBe('outside-head-missing');
  });
});

describe('the triggers refuse', () => {
  const refused = async (sql: string): Promise<void> => {
    await store.close();
    const raw = new Database(path());
    raw.pragma('recursive_triggers = ON');
    expect(() => raw.exec(sql.replaceAll('$station', `'${station}'`))).toThrow(/audit-(update|delete|order)/);
    raw.close();
    store = await adapter.open();
    expect(await stateOf()).toEqual({ is: 'whole', entries: 6 });
  };
  test('an update', () => refused("update audit set verb = 'x'"));
  test('a delete', () => refused('delete from audit where seq = 6'));
  test('an insert that skips', () =>
    refused(
      'insert into audit select chain, 9, at, actor, verb, subject, version, reason_code, digest, hash, hash from audit where chain = $station and seq = 6',
    ));
  test('an insert linked to nothing', () =>
    refused(
      'insert into audit select chain, 7, at, actor, verb, subject, version, reason_code, digest, prev, hash from audit where chain = $station and seq = 6',
    ));
  test('an insert or replace', () => refused('insert or replace into audit select * from audit where chain = $station and seq = 6'));
});
