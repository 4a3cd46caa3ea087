import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { coveredUntil } from '../../src/domain/calendar.ts';
import { startForTest } from '../desk-for-test.ts';
import { tiexin } from './run.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-doctor-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** A desk that has everything it needs, and has been stopped. */
async function wellDesk() {
  const desk = await startForTest({ dataDir });
  await desk.addOfficer('wang', 'officer', 'community');
  await desk.addOfficer('du', 'inspector', 'inspection');
  await desk.stop();
}
const doctor = (options?: Parameters<typeof tiexin>[2]) => tiexin(dataDir, ['doctor'], options);

/** The line that says so, and the cure under it. */
function found(out: string, words: string): { mark: string; cure: string } {
  const lines = out.split('\n');
  const at = lines.findIndex((line) => line.includes(words));
  expect(at, `“${words}” in\n${out}`).toBeGreaterThanOrEqual(0);
  return { mark: lines[at]?.[0] ?? '', cure: lines[at + 1]?.startsWith('  → ') ? lines[at + 1]!.slice(4) : '' };
}

test('of a well desk it says what it looked at, and ends with 0', async () => {
  await wellDesk();
  const { code, out } = await doctor();
  for (const words of [
    'The data folder can be written',
    'The key is there',
    'There is an inspector',
    'Station: 青柳派出所',
    'The record is whole',
  ]) {
    expect(found(out, words)).toEqual({ mark: '✓', cure: '' });
  }
  expect(out).not.toContain('✗');
  expect(out).toContain('Nothing is broken.');
  expect(code).toBe(0);
});

test('where nothing was ever started it says so, and makes nothing', async () => {
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(found(out, 'There is no database')).toEqual({ mark: '✗', cure: expect.stringContaining('npm start') });
  expect(readdirSync(dataDir)).toEqual([]);
});

test('a key that others can read is named with the command that mends it', async () => {
  await wellDesk();
  const key = join(dataDir, 'secret.key');
  chmodSync(key, 0o644);
  expect(found((await doctor()).out, '(mode 644)')).toEqual({ mark: '✗', cure: `Run chmod 600 ${key}.` });
  chmodSync(key, 0o600);
  expect((await doctor()).code).toBe(0);
});

test('a key that is gone is not made anew', async () => {
  await wellDesk();
  renameSync(join(dataDir, 'secret.key'), join(dataDir, 'elsewhere'));
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(found(out, 'The key is gone').mark).toBe('✗');
  expect(existsSync(join(dataDir, 'secret.key'))).toBe(false);
});

test('another key than the one the data was made with is told from a broken database', async () => {
  await wellDesk();
  writeFileSync(join(dataDir, 'secret.key'), Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 });
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(found(out, "The database can't be opened: wrong-key").cure).toContain('the key is the one this data was made with');
});

test('a trigger that is gone is broken', async () => {
  await wellDesk();
  const sqlite = new Database(join(dataDir, 'tiexin.db'));
  sqlite.exec('drop trigger audit_no_update');
  sqlite.close();
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(found(out, 'trigger missing: audit_no_update').cure).toContain('tell inspection');
});

test('a desk without an inspector, without officers or without a name still works, and is told of it', async () => {
  const desk = await startForTest({ dataDir, env: { STATION_NAME: '' } });
  await desk.stop();
  const { code, out } = await doctor();
  expect(code).toBe(0);
  expect(found(out, 'There is no inspector yet')).toEqual({
    mark: '!',
    cure: expect.stringContaining('--role inspector --unit inspection'),
  });
  expect(found(out, 'There is no officer or lead yet').mark).toBe('!');
  expect(found(out, 'The station has no name yet').mark).toBe('!');
});

test('a folder of another user is left alone: files of ours could shut the desk out', async () => {
  await wellDesk();
  const mine = process.getuid;
  const theirs = (process.getuid?.() ?? 0) + 1;
  process.getuid = () => theirs;
  try {
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(found(out, 'belongs to another user')).toEqual({ mark: '✗', cure: expect.stringContaining(`sudo -u '#${theirs - 1}'`) });
    expect(await tiexin(dataDir, ['officer', 'list'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('belongs to another user'),
    });
  } finally {
    if (mine) process.getuid = mine;
  }
});

test('a clock behind what was already written is broken; a calendar that ends soon is told', async () => {
  await wellDesk();
  const written = new Date(Date.now() + 3_600_000);
  utimesSync(join(dataDir, 'audit-heads'), written, written);
  expect(found((await doctor()).out, 'minutes behind the last thing written').mark).toBe('✗');
  const atTheEnd = Date.parse(`${coveredUntil}T00:00:00Z`) - 86_400_000;
  const past = new Date(0);
  for (const name of readdirSync(dataDir))
    if (name.startsWith('tiexin.db') || name === 'audit-heads') utimesSync(join(dataDir, name), past, past);
  expect(found((await doctor({ now: () => atTheEnd })).out, `Holidays are announced only until ${coveredUntil}`).mark).toBe('!');
});

test('the port: free, ours, or taken by another program', async () => {
  const desk = await startForTest({ dataDir });
  await desk.addOfficer('wang', 'officer', 'community');
  const port = new URL(desk.url).port;
  expect(found((await doctor({ env: { PORT: port } })).out, `running on port ${port}`).mark).toBe('✓');
  await desk.stop();
  expect(found((await doctor({ env: { PORT: port } })).out, `No Tiexin is running on port ${port}`).mark).toBe('!');
  const other = createServer((socket) => socket.resume().end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')).listen(
    Number(port),
    '127.0.0.1',
  );
  await new Promise((resolve) => other.once('listening', resolve));
  expect(found((await doctor({ env: { PORT: port } })).out, `Another program has port ${port}`).mark).toBe('✗');
  await new Promise((resolve) => other.close(resolve));
});
