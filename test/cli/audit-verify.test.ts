import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chatClient } from '../channels/chat-client.ts';
import { startForTest } from '../desk-for-test.ts';
import { fileByTaps } from './filing.ts';
import { tiexin } from './run.ts';

/** Words that occur nowhere else, so that finding one of their bytes is finding them. */
const SEALED = { details: '鱻犇驫麤龘靐', officer: '厵朤犇猋', name: '龖龘龗', phone: '00012345678' };
const ORDINARY = '焱垚淼森鑫磊';

let made: string;
let older: string;
let dataDir: string;
const told = { address: '', code: '', reference: '' };

/** One day of a real desk: an ordinary and a sealed case, each read and answered. */
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'tiexin-audit-'));
  older = mkdtempSync(join(tmpdir(), 'tiexin-older-'));
  const desk = await startForTest({ dataDir: made });
  await desk.addOfficer('lin', 'lead', 'station');
  await desk.addOfficer('du', 'inspector', 'inspection');
  const ordinary = chatClient(desk.url);
  await ordinary.open();
  const problem = await fileByTaps(ordinary, 'report', { details: ORDINARY, what: 'problem', topic: 'noise', identity: 'hidden' });
  await desk.stop();
  cpSync(made, older, { recursive: true });

  const again = await startForTest({ dataDir: made });
  const resident = chatClient(again.url);
  await resident.open();
  const { officer, details, name, phone } = SEALED;
  const complaint = await fileByTaps(resident, 'report', {
    details,
    what: 'complaint',
    about: 'officer',
    officer,
    identity: 'named',
    name,
    phone,
  });
  Object.assign(told, { address: resident.address(), code: complaint.code, reference: complaint.reference });
  const inspector = await again.signIn('du');
  const lead = await again.signIn('lin');
  for (const [{ ask }, reference] of [
    [inspector, complaint.reference],
    [lead, problem.reference],
  ] as const) {
    const { body } = await ask('GET', `/cases/${reference}`);
    const replied = await ask(
      'POST',
      `/cases/${reference}/replies`,
      { text: '我明天上午十点前告诉您。' },
      { 'if-match': `"${body.version}"` },
    );
    expect(replied.status).toBe(201);
  }
  await again.stop();
}, 60_000);
afterAll(async () => {
  for (const dir of [made, older, dataDir]) if (dir) await rm(dir, { recursive: true, force: true });
});

beforeEach(() => {
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  dataDir = join(tmpdir(), `tiexin-tampered-${randomUUID()}`);
  cpSync(made, dataDir, { recursive: true });
});

const verify = () => tiexin(dataDir, ['audit', 'verify']);

interface Entry {
  chain: string;
  seq: number;
  prev: Buffer;
  hash: Buffer;
}

/** Someone at the database itself, with the record's guards out of the way for as long as it takes. */
function tamper(work: (sqlite: Database.Database, chain: string, length: number) => void, { guarded = false } = {}): void {
  const sqlite = new Database(join(dataDir, 'tiexin.db'));
  const [longest] = sqlite
    .prepare<[], { chain: string; length: number }>('select chain, max(seq) as length from audit group by chain order by length desc')
    .all();
  if (!longest) throw new Error('no record');
  const triggers = sqlite
    .prepare<[], { name: string; sql: string }>("select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'audit'")
    .all();
  if (!guarded) for (const { name } of triggers) sqlite.exec(`drop trigger ${name}`);
  work(sqlite, longest.chain, longest.length);
  if (!guarded) for (const { sql } of triggers) sqlite.exec(sql);
  sqlite.close();
}

const entry = (sqlite: Database.Database, chain: string, seq: number): Entry =>
  sqlite.prepare<[string, number], Entry>('select * from audit where chain = ? and seq = ?').get(chain, seq) ??
  expect.fail('no such entry');

describe('audit verify', () => {
  test('says whole, chain by chain, of a record nobody touched', async () => {
    const { code, out } = await verify();
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) expect(line).toMatch(/\twhole \d+ entries$/);
  });

  test('names the entry of which one byte was flipped in the file', async () => {
    let stored: Buffer = Buffer.alloc(0);
    let length = 0;
    tamper((sqlite, chain, entries) => {
      length = entries;
      const { prev, hash } = entry(sqlite, chain, 3);
      stored = Buffer.concat([prev, hash]);
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    });
    const file = join(dataDir, 'tiexin.db');
    const bytes = readFileSync(file);
    const at = bytes.indexOf(stored);
    expect(at).toBeGreaterThan(0);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(length).toBeGreaterThan(4);
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('broken at 3:') });
  });

  test('names the entry that was replaced', async () => {
    tamper((sqlite, chain) => sqlite.prepare("update audit set actor = 'nobody' where chain = ? and seq = 2").run(chain));
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('broken at 2:') });
  });

  test('names the first of two entries that changed places', async () => {
    tamper((sqlite, chain) => {
      const move = sqlite.prepare('update audit set seq = ? where chain = ? and seq = ?');
      move.run(-1, chain, 2);
      move.run(2, chain, 3);
      move.run(3, chain, -1);
    });
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('broken at 2:') });
  });

  test('names the entry that was taken out of the middle', async () => {
    tamper((sqlite, chain) => sqlite.prepare('delete from audit where chain = ? and seq = 2').run(chain));
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('broken at 2:') });
  });

  test('says after which entry the tail was cut', async () => {
    let left = 0;
    tamper((sqlite, chain, length) => {
      left = length - 2;
      sqlite.prepare('delete from audit where chain = ? and seq > ?').run(chain, left);
    });
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining(`tail missing after ${left}:`) });
  });

  test('says so still, after a desk has run over the cut and written on', async () => {
    let left = 0;
    tamper((sqlite, chain, length) => {
      left = length - 2;
      sqlite.prepare('delete from audit where chain = ? and seq > ?').run(chain, left);
    });
    const desk = await startForTest({ dataDir });
    await desk.addOfficer('wang', 'officer', 'community');
    const lead = await desk.signIn('lin');
    await lead.ask('GET', '/cases');
    await desk.stop();
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining(`tail missing after ${left}:`) });
  });

  test('says that the tail is missing where an older file was put back', async () => {
    for (const name of ['tiexin.db', 'tiexin.db-wal', 'tiexin.db-shm']) rmSync(join(dataDir, name), { force: true });
    for (const name of readdirSync(older).filter((file) => file.startsWith('tiexin.db'))) cpSync(join(older, name), join(dataDir, name));
    const { code, out } = await verify();
    expect(code).toBe(1);
    expect(out).toMatch(/tail missing after [1-9]/);
  });

  test('names the trigger that is gone', async () => {
    tamper((sqlite) => sqlite.exec('drop trigger audit_no_delete'), { guarded: true });
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('trigger missing: audit_no_delete') });
  });

  test('says that there is no outside head where the file is gone, or is not ours', async () => {
    const file = join(dataDir, 'audit-heads');
    rmSync(file);
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('no outside head') });
    writeFileSync(file, JSON.stringify([{ chain: 'desk', seq: 1, hash: '00', mac: '00' }]));
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining('no outside head') });
  });

  test('the guards refuse a change, a deletion and an entry out of its turn while they stand', () => {
    tamper(
      (sqlite, chain) => {
        expect(() => sqlite.prepare("update audit set actor = 'x' where chain = ?").run(chain)).toThrow('audit-update');
        expect(() => sqlite.prepare('delete from audit where chain = ?').run(chain)).toThrow('audit-delete');
        const again =
          'into audit select chain, seq + 5, at, actor, verb, subject, version, reason_code, digest, prev, hash from audit where chain = ? limit 1';
        expect(() => sqlite.prepare(`insert ${again}`).run(chain)).toThrow('audit-order');
      },
      { guarded: true },
    );
  });
});

describe('the files, searched as bytes', () => {
  const files = () =>
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => ({ name: file.name, bytes: readFileSync(join(file.parentPath, file.name)) }));
  const holding = (words: string) =>
    files()
      .filter(({ bytes }) => ['utf8', 'utf16le', 'base64'].some((encoding) => bytes.includes(inEncoding(words, encoding))))
      .map(({ name }) => name);
  const inEncoding = (words: string, encoding: string): Buffer =>
    encoding === 'base64'
      ? Buffer.from(Buffer.from(words).toString('base64').replace(/=+$/, '').slice(0, -1))
      : Buffer.from(words, encoding as BufferEncoding);
  const pairs = (words: string) => [...words].slice(1).map((second, at) => `${[...words][at]}${second}`);

  test('hold what is no secret: the search finds what is there', () => {
    expect(holding('青柳派出所')).toContain('tiexin.db');
    expect(holding(told.reference)).toContain('tiexin.db');
    expect(files().map(({ name }) => name)).toContain('audit-heads');
  });

  test.each(Object.entries(SEALED))('hold nothing of a sealed case: %s', (_, words) => {
    for (const part of [words, ...pairs(words).filter((pair) => /\p{Script=Han}/u.test(pair))]) expect(holding(part), part).toEqual([]);
  });

  test('hold neither the address of who complained nor the query code, however it is written', () => {
    expect(told.address).toMatch(/^[\w-]{32}$/);
    expect(told.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(holding(told.address)).toEqual([]);
    expect(holding(told.code)).toEqual([]);
    expect(holding(told.code.replace('-', ''))).toEqual([]);
  });

  test('hold no search term of a sealed case', () => {
    const sqlite = new Database(join(dataDir, 'tiexin.db'));
    sqlite.exec("create virtual table temp.terms using fts5vocab('main', 'search', 'row')");
    const terms = sqlite.prepare<[], string>('select term from temp.terms').pluck().all();
    sqlite.close();
    expect(terms.length).toBeGreaterThan(10);
    const rare = new Set([...SEALED.details, ...SEALED.officer, ...SEALED.name]);
    expect(terms.filter((term) => [...term].some((letter) => rare.has(letter)))).toEqual([]);
  });
});
