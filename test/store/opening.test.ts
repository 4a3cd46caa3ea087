import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditTriggers } from '../../src/store/sqlite/audit-triggers.ts';
import { migrateDatabase, migrationsFolder } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { setPragmas } from '../../src/store/sqlite/pragmas.ts';
import type { Store } from '../../src/store/store.ts';
import { acting, file, officer, replying, START } from '../contract/store-fixtures.ts';
import { KEY, sqliteAdapter } from './adapter.ts';

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
beforeEach(async () => {
  adapter = await sqliteAdapter();
  store = await adapter.open();
});
afterEach(() => adapter.dispose());

const beside = (serve: boolean) => openSqliteStore({ dataDir: adapter.dataDir, key: KEY, zone: 'Asia/Shanghai', serve, now: () => START });

describe('serving', () => {
  test('a second server is refused by name; a command beside the desk is not', async () => {
    await expect(beside(true)).rejects.toThrow('already-serving');
    const command = await beside(false);
    await command.close();
  });

  test('what a command changes, the running desk sees: accounts, catalogue, the chain', async () => {
    const command = await beside(false);
    await officer(store, 'lead', 'station');
    const made = await officer(command, 'inspector', 'inspection');
    expect(store.catalogue().inspectorExists).toBe(true);
    expect((await store.officers()).map(({ id }) => id)).toContain(made.id);
    await store.openSession('token', made.id, START + 60_000);
    await command.saveOfficer('command-line', { ...made, disabled: true });
    expect(await store.findSession('token')).toBeUndefined();
    await command.saveSettings('command-line', { stationName: '梧桐派出所' });
    await store.saveSettings('command-line', { bodyAbove: '分局' });
    expect(store.catalogue().settings).toMatchObject({ stationName: '梧桐派出所', bodyAbove: '分局' });
    expect(command.catalogue().settings).toMatchObject({ stationName: '梧桐派出所', bodyAbove: '分局' });
    await command.close();
    expect((await store.verifyAudit()).every(({ state }) => state.is === 'whole')).toBe(true);
  });

  test('the lock of a server that was killed is free at once', async () => {
    await store.close();
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `const D = require('better-sqlite3'); const d = new D(process.argv[1], { timeout: 0 });
         d.pragma('locking_mode = exclusive'); d.exec('begin exclusive'); console.log('held'); setInterval(() => d, 1000);`,
        join(adapter.dataDir, 'serving.lock'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    await expect(beside(true)).rejects.toThrow('already-serving');
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await gone;
    store = await adapter.open();
  });
});

describe('migrations', () => {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };

  test('their times rise, or the later one would be passed over in silence', () => {
    const times = journal.entries.map(({ when }) => when);
    expect(times.length).toBeGreaterThan(0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test('every table is strict, and the triggers are the ones verification asks for', async () => {
    await store.close();
    const raw = new Database(join(adapter.dataDir, 'tiexin.db'));
    const loose = raw
      .prepare<[], { name: string }>(
        "select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite_%' and name not like '__drizzle%' and name not like 'search%'",
      )
      .all();
    expect(loose).toEqual([]);
    const standing = raw.prepare<[], string>("select name from sqlite_master where type = 'trigger' order by name").pluck().all();
    expect(standing).toEqual(Object.keys(auditTriggers).sort());
    raw.close();
    store = await adapter.open();
  });

  test('the next one runs on a database with data and keeps rows, triggers and the chain', async () => {
    const lead = await officer(store, 'lead', 'station');
    const { file: head } = await file(store, '路灯坏了');
    const acted = await acting(store, lead, head.reference, replying(lead, '今天修'));
    if (!acted.done) throw new Error(acted.refuse);
    await store.settle([{ outbound: acted.outbound[0]!.id, part: 0, outcome: { is: 'sent', knownAs: '7/1', confirmed: false } }]);
    await file(store, '民警骂人', { kind: 'complaint', about: 'officer', sealed: true });
    await store.close();
    const raw = new Database(join(adapter.dataDir, 'tiexin.db'));
    setPragmas(raw);
    const tables = raw
      .prepare<[], string>(
        "select name from sqlite_master where type = 'table' and name not like 'search%' and name not like '\\_\\_%' escape '\\'",
      )
      .pluck()
      .all();
    const counts = () => Object.fromEntries(tables.map((name) => [name, raw.prepare(`select count(*) from "${name}"`).pluck().get()]));
    const before = counts();
    expect(before).toMatchObject({ cases: 2, outbound_parts: 1 });

    // A table rebuilt the way drizzle-kit rebuilds one: the children must not go with it.
    const folder = mkdtempSync(join(tmpdir(), 'tiexin-migrations-'));
    cpSync(migrationsFolder, folder, { recursive: true });
    const sql = raw.prepare<[], string>("select sql from sqlite_master where name = 'officers'").pluck().get()!;
    const rebuild = [
      'PRAGMA foreign_keys=OFF;',
      `${sql.replace('`officers`', '`__new_officers`')};`,
      'INSERT INTO `__new_officers` SELECT * FROM `officers`;',
      'DROP TABLE `officers`;',
      'ALTER TABLE `__new_officers` RENAME TO `officers`;',
      'PRAGMA foreign_keys=ON;',
      'CREATE UNIQUE INDEX `officers_username` ON `officers` (`username`);',
    ];
    const last = journal.entries.at(-1)!;
    const next = { ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_next' };
    writeFileSync(join(folder, '9999_next.sql'), rebuild.join('\n--> statement-breakpoint\n'));
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: [...journal.entries, next] }));
    migrateDatabase(raw, drizzle({ client: raw }), folder);
    expect(counts()).toEqual(before);
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
    raw.close();
    rmSync(folder, { recursive: true });

    store = await adapter.open();
    expect((await store.verifyAudit()).every(({ state }) => state.is === 'whole')).toBe(true);
    expect((await store.officers()).map(({ id }) => id)).toContain(lead.id);
  });

  test('parts that an earlier release knew to be sent are known to be sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiexin-migrations-'));
    cpSync(migrationsFolder, folder, { recursive: true });
    const earlier = journal.entries.filter(({ tag }) => tag < '0002');
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: earlier }));
    const raw = new Database(join(folder, 'earlier.db'));
    setPragmas(raw);
    migrateDatabase(raw, drizzle({ client: raw }), folder);
    const insert = raw.prepare(
      "insert into messages (id, direction, from_kind, body, at, state, attempts, parts) values (?, 'out', 'bot', x'00', 1, 'pending', 1, ?)",
    );
    insert.run('long', '[0,2]');
    insert.run('whole', null);
    insert.run('none', '[]');
    migrateDatabase(raw, drizzle({ client: raw }));
    expect(raw.prepare('select message, part, known_as from outbound_parts order by part').all()).toEqual([
      { message: 'long', part: 0, known_as: null },
      { message: 'long', part: 2, known_as: null },
    ]);
    expect(raw.prepare('select id, attempts from messages order by seq').all()).toEqual([
      { id: 'long', attempts: 1 },
      { id: 'whole', attempts: 1 },
      { id: 'none', attempts: 1 },
    ]);
    raw.close();
    rmSync(folder, { recursive: true });
  });

  test('one that breaks a reference is told', async () => {
    const lead = await officer(store, 'lead', 'station');
    await store.openSession('token', lead.id, START + 1);
    await store.close();
    const folder = mkdtempSync(join(tmpdir(), 'tiexin-migrations-'));
    cpSync(migrationsFolder, folder, { recursive: true });
    const last = journal.entries.at(-1)!;
    writeFileSync(join(folder, '9999_next.sql'), 'DELETE FROM officers;');
    const entries = [...journal.entries, { ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_next' }];
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    const raw = new Database(join(adapter.dataDir, 'tiexin.db'));
    expect(() => migrateDatabase(raw, drizzle({ client: raw }), folder)).toThrow('migration-broke-references');
    raw.close();
    rmSync(folder, { recursive: true });
  });
});
