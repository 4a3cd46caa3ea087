import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatClient } from '../channels/chat-client.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { type FiledCase, file } from './cases-for-test.ts';

/** The desk's own connection, which alone can be told how large its file may grow. */
const connections = new Set<Database.Database>();
const { pragma } = Database.prototype;
Database.prototype.pragma = function remembered(this: Database.Database, ...args: Parameters<typeof pragma>) {
  connections.add(this);
  return pragma.apply(this, args);
};

let desk: DeskForTest;
let officer: Awaited<ReturnType<DeskForTest['signIn']>>;
let filed: FiledCase;

beforeEach(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  officer = await desk.signIn('lihua');
  filed = await file(desk, { kind: 'problem', words: '路灯坏了' });
});
afterEach(() => desk.end());
afterAll(() => {
  Database.prototype.pragma = pragma;
});

const noteOn = ({ reference }: FiledCase, text: string) => officer.ask('POST', `/cases/${reference}/notes`, { text });
const notesOf = async ({ reference }: FiledCase): Promise<string[]> =>
  (await officer.ask('GET', `/cases/${reference}`)).body.notes.map(({ text }: { text: string }) => text);

function database(): Database.Database {
  const found = [...connections].find(({ open, name }) => open && name === join(desk.dataDir, 'tiexin.db'));
  if (!found) throw new Error('no database');
  return found;
}

describe('a database that can not grow', () => {
  const mayGrow = (pages: number | undefined) => {
    const sqlite = database();
    const now = sqlite.pragma('page_count', { simple: true }) as number;
    sqlite.pragma(`max_page_count = ${pages === undefined ? 1_073_741_823 : now + pages}`);
  };

  test('answers 503 with when to try again, keeps nothing of it, goes on reading, and works when there is room', async () => {
    const resident = chatClient(desk.url);
    await resident.open();
    const before = await notesOf(filed);
    mayGrow(0);
    const kept: string[] = [];
    let refused: Awaited<ReturnType<typeof noteOn>> | undefined;
    for (let nth = 0; nth < 200 && !refused; nth += 1) {
      const text = `${nth} ${randomBytes(1500).toString('hex')}`;
      const answer = await noteOn(filed, text);
      if (answer.status === 201) kept.push(text);
      else refused = answer;
    }
    expect(refused?.status).toBe(503);
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(refused?.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(refused?.body).toEqual({
      type: 'urn:tiexin:problem:unavailable',
      title: '现在存不进去',
      status: 503,
      code: 'unavailable',
      detail: '没有丢，也没有只做一半。请过几秒再试。',
      retryAfter: 5,
    });

    expect(await (await fetch(`${desk.url}/health/ready`)).json()).toMatchObject({
      status: 'unavailable',
      database: { writable: false },
      wrong: expect.arrayContaining(['database']),
    });
    expect((await fetch(`${desk.url}/health/ready`)).status).toBe(503);

    const id = randomUUID();
    const longWords = '水'.repeat(4000);
    expect((await resident.say(longWords, id)).status).toBe(503);
    expect(await notesOf(filed)).toEqual([...before, ...kept]);
    expect((await officer.ask('GET', '/cases')).status).toBe(200);
    const writing = async () =>
      (await Promise.all(Array.from({ length: 10 }, () => noteOn(filed, 'x'.repeat(4000))))).map(({ status }) => status);
    expect(new Set(await writing())).toEqual(new Set([503]));

    mayGrow(undefined);
    expect((await noteOn(filed, '又能写了')).status).toBe(201);
    expect(await notesOf(filed)).toEqual([...before, ...kept, '又能写了']);
    const again = await resident.say(longWords, id);
    expect(again).toMatchObject({ status: 200, body: { repeat: false } });
    expect((await resident.lines()).filter(({ text }) => text === longWords)).toHaveLength(1);
    expect(await desk.store.verifyAudit()).toEqual(
      (await desk.store.verifyAudit()).map(({ chain }) => ({ chain, state: { is: 'whole', entries: expect.any(Number) } })),
    );
  });
});

describe('a limit on the size of files', () => {
  const mayWrite = (bytes: number | 'unlimited') =>
    execFileSync('/usr/bin/prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:unlimited`]);
  const sizeOf = (path: string) => statSync(path).size;

  test('lets the words of a photo through, says that the photo was not kept, and takes photos again when it is lifted', async () => {
    const side = 1600;
    const noise = await sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer();
    const resident = chatClient(desk.url);
    await resident.open();
    database().pragma('wal_checkpoint(TRUNCATE)');
    const largest = Math.max(...['tiexin.db', 'tiexin.db-wal'].map((name) => sizeOf(join(desk.dataDir, name))));
    const before = readdirSync(join(desk.dataDir, 'media'));
    mayWrite(Math.max(largest + 256 * 1024, 1));
    try {
      expect(noise.length).toBeGreaterThan(largest + 1024 * 1024);
      const sent = await resident.upload([{ bytes: noise }], { caption: '墙上裂了一道缝' });
      expect(sent).toMatchObject({ status: 200, body: { media: [{ state: 'stub', why: 'no-space' }] } });
    } finally {
      mayWrite('unlimited');
    }
    expect((await resident.lines()).some(({ text }) => text === '墙上裂了一道缝')).toBe(true);
    expect(readdirSync(join(desk.dataDir, 'media'))).toEqual(before);
    expect(await resident.upload([{ bytes: noise }])).toMatchObject({ status: 200, body: { media: [{ state: 'stored' }] } });
  });
});

describe('a folder that can not be written to', () => {
  /** For root no folder is closed: what is tried, is tried as somebody else. */
  async function asNobody<T>(work: () => Promise<T>): Promise<T> {
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      if (root) process.seteuid?.(0);
    }
  }

  test('keeps the words of a photo, and takes photos again when it is opened', async () => {
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#2266aa' } })
      .jpeg()
      .toBuffer();
    const resident = chatClient(desk.url);
    await resident.open();
    const media = join(desk.dataDir, 'media');
    chmodSync(media, 0o555);
    try {
      const sent = await asNobody(() => resident.upload([{ bytes: photo }], { caption: '门锁被撬了' }));
      expect(sent).toMatchObject({ status: 200, body: { media: [{ state: 'stub', why: 'no-space' }] } });
    } finally {
      chmodSync(media, 0o700);
    }
    expect((await resident.lines()).some(({ text }) => text === '门锁被撬了')).toBe(true);
    expect(await resident.upload([{ bytes: photo }])).toMatchObject({ status: 200, body: { media: [{ state: 'stored' }] } });
  });

  test('is not begun in: the desk does not start half', async () => {
    const other = await startForTest();
    await other.stop();
    const before = readdirSync(other.dataDir).sort();
    chmodSync(other.dataDir, 0o555);
    try {
      await expect(asNobody(() => startForTest({ dataDir: other.dataDir }))).rejects.toThrow();
    } finally {
      chmodSync(other.dataDir, 0o700);
    }
    expect(readdirSync(other.dataDir).sort()).toEqual(before);
    const again = await startForTest({ dataDir: other.dataDir });
    expect((await fetch(`${again.url}/health/live`)).status).toBe(200);
    await again.end();
  });
});
