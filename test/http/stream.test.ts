import { createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Line, write } from '../../src/http/stream/line.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { file } from './cases-for-test.ts';
import { type Listening, listen } from './stream-for-test.ts';

let desk: DeskForTest;
let officer: Awaited<ReturnType<DeskForTest['signIn']>>;
const open: Listening[] = [];

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  officer = await desk.signIn('lihua');
});
afterAll(async () => {
  for (const stream of open) stream.close();
  await desk.end();
});

async function stream(headers: Record<string, string> = {}, cookie = officer.cookie): Promise<Listening> {
  const listening = await listen(`${desk.url}/api/v1/stream`, { cookie, ...headers });
  open.push(listening);
  return listening;
}
const idsIn = (said: string): string[] => [...said.matchAll(/^id: (\S+)$/gm)].map(([, id]) => id ?? '');
const frame = (reference: string, version: number) => `event: case\nid: ID\ndata: {"reference":"${reference}","version":${version}}\n\n`;
const withoutIds = (said: string) => said.replace(/^id: \S+$/gm, 'id: ID');

test('a change is told at once, as reference and version and nothing else', async () => {
  const listening = await stream();
  await listening.hears('event: ready');
  const { reference } = await file(desk, { kind: 'problem', words: '楼上一直漏水' });
  await listening.hears(reference);
  expect(withoutIds(listening.said())).toContain(frame(reference, 1));
  await officer.ask('PUT', `/cases/${reference}/assignee`, { username: 'lihua' }, { 'if-match': '"1"' });
  await listening.hears(`{"reference":"${reference}","version":2}`);
  expect(listening.said()).not.toContain('漏水');
});

test('who comes back with the last id has missed nothing and hears nothing twice', async () => {
  const first = await stream();
  await first.hears('event: ready');
  const before = await file(desk, { kind: 'problem', words: '先来的' });
  await first.hears(before.reference);
  const last = idsIn(first.said()).at(-1);
  first.close();
  const missed = [await file(desk, { kind: 'problem', words: '没听到一' }), await file(desk, { kind: 'problem', words: '没听到二' })];
  const again = await stream({ 'last-event-id': `${last}` });
  for (const { reference } of missed) await again.hears(reference);
  expect(again.said()).not.toContain(before.reference);
  expect(again.said()).not.toContain('event: r');
  expect(idsIn(again.said())).toHaveLength(2);
});

test('ids tell nothing: of one place never alike, of every place as long, so that nobody counts what is kept from them', async () => {
  const ids: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const listening = await stream();
    await listening.hears('event: ready');
    ids.push(...idsIn(listening.said()));
    await file(desk, { kind: 'complaint', about: 'officer', words: '不该有人数得出' });
  }
  expect(new Set(ids).size).toBe(3);
  expect(new Set(ids.map((id) => id.length))).toEqual(new Set([208]));
});

test('events and messages of a case are counted within the case', async () => {
  const filed = await file(desk, { kind: 'problem', words: '水管漏了' });
  await file(desk, { kind: 'complaint', about: 'officer', words: '夹在中间的一件' });
  await officer.ask('PUT', `/cases/${filed.reference}/assignee`, { username: 'lihua' }, { 'if-match': '"1"' });
  const { body } = await officer.ask('GET', `/cases/${filed.reference}`);
  const seqs = body.events.map(({ seq }: { seq: number }) => seq);
  expect(seqs).toEqual(seqs.map((_: number, before: number) => before + 1));
  expect(body.messages[0]).not.toHaveProperty('seq');
  const stale = await officer.ask('POST', `/cases/${filed.reference}/replies`, { text: '明天来' }, { 'if-match': '"1"' });
  expect(stale).toMatchObject({ status: 412 });
  expect(stale.body.changed.map(({ seq }: { seq: number }) => seq)).toEqual(seqs.slice(1));
});

test.each(['999999999', 'nonsense', '-1', 'A'.repeat(208)])('an id that leads nowhere (%s) is answered with reset', async (id) => {
  const listening = await stream({ 'last-event-id': id });
  await listening.hears('event: reset');
});

test('signing out ends the stream', async () => {
  const other = await desk.signIn('lihua');
  const listening = await stream({}, other.cookie);
  await listening.hears('event: ready');
  await other.ask('DELETE', '/session');
  await listening.ended;
});

test('an account that is disabled elsewhere hears nothing more', async () => {
  await desk.addOfficer('leaving', 'officer', 'community');
  const leaving = await desk.signIn('leaving');
  const listening = await stream({}, leaving.cookie);
  await listening.hears('event: ready');
  const account = (await desk.store.officers()).find(({ username }) => username === 'leaving');
  if (!account) throw new Error('no such account');
  const { id, username, role, unit, publicName } = account;
  await desk.store.saveOfficer('command-line', { id, username, role, unit, publicName, disabled: true });
  const { reference } = await file(desk, { kind: 'problem', words: '他不该听到' });
  await listening.ended;
  expect(listening.said()).not.toContain(reference);
});

test('an emergency is told, and told again when somebody has acknowledged it; a page that opens later hears of it too', async () => {
  const listening = await stream();
  await listening.hears('event: ready');
  const { emergency } = await file(desk, { kind: 'help', words: '有人在砸门', emergency: true });
  await listening.hears(`event: emergency\ndata: {"id":"${emergency}","level":"now","acknowledged":false}`);
  const later = await stream();
  await later.hears(`"id":"${emergency}"`);
  expect((await officer.ask('PUT', `/emergencies/${emergency}/acknowledgement`)).status).toBe(204);
  await listening.hears(`{"id":"${emergency}","acknowledged":true}`);
  expect((await officer.ask('GET', '/emergencies')).body.items).toEqual([]);
  expect((await officer.ask('GET', '/emergencies?open=false')).body.items).toMatchObject([
    { id: emergency, text: '有人在砸门', acknowledgedBy: '李华' },
  ]);
});

test('at most six streams of one session stand; the oldest gives way', async () => {
  const other = await desk.signIn('lihua');
  const listening: Listening[] = [];
  for (let nth = 0; nth < 7; nth += 1) {
    const one = await stream({}, other.cookie);
    await one.hears('event: ready');
    listening.push(one);
  }
  await listening[0]?.ended;
  const { reference } = await file(desk, { kind: 'problem', words: '还听得到' });
  await listening[6]?.hears(reference);
});

test('the desk stops although streams are open', async () => {
  const own = await startForTest();
  await own.addOfficer('lihua', 'officer', 'community');
  const { cookie } = await own.signIn('lihua');
  const listening = await listen(`${own.url}/api/v1/stream`, { cookie });
  await listening.hears('event: ready');
  await own.end();
  await listening.ended;
});

test('whoever reads too slowly is cut off at 256 KB, and comes back', async () => {
  let slow: ServerResponse | undefined;
  const server = createServer((_request, response) => {
    slow = response.writeHead(200);
    slow.flushHeaders();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const answer = await new Promise<NodeJS.ReadableStream>((resolve) => {
    get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, resolve).on('error', () => undefined);
  });
  answer.on('error', () => undefined).pause();
  if (!slow) throw new Error('nobody asked');
  const line: Line = { raw: slow, digest: '', known: undefined as never, cursor: 0, greeted: true, emergencies: new Set() };
  let waiting = 0;
  for (let nth = 0; nth < 2_000 && !slow.destroyed; nth += 1) {
    waiting = slow.writableLength;
    write(line, 'x'.repeat(16 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(slow.destroyed).toBe(true);
  expect(waiting).toBeLessThanOrEqual(256 * 1024);
  write(line, 'nothing happens');
  server.close();
});

test('every 25 seconds a heartbeat, and who is on duty stays present by it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let now = Date.parse('2026-03-04T09:00:00+08:00');
  const marked: [boolean, number][] = [];
  const own = await startForTest({
    around: {
      now: () => now,
      store: (store) => ({
        ...store,
        markDuty(digest, onDuty, presentUntil) {
          marked.push([onDuty, presentUntil - now]);
          return store.markDuty(digest, onDuty, presentUntil);
        },
      }),
    },
  });
  try {
    await own.addOfficer('lihua', 'officer', 'community');
    const duty = await own.signIn('lihua');
    const listening = await listen(`${own.url}/api/v1/stream`, { cookie: duty.cookie });
    await listening.hears('event: ready');
    expect((await duty.ask('PUT', '/session/duty', { onDuty: true })).body).toEqual({ onDuty: true });
    expect((await duty.ask('GET', '/session')).body.onDuty).toBe(true);
    now += 25_000;
    vi.advanceTimersByTime(25_000);
    await listening.hears('\n\n:\n\n');
    expect(marked).toEqual([
      [true, 70_000],
      [true, 70_000],
    ]);
    expect((await duty.ask('PUT', '/session/duty', { onDuty: false })).body).toEqual({ onDuty: false });
    vi.advanceTimersByTime(25_000);
    expect(marked).toEqual([
      [true, 70_000],
      [true, 70_000],
      [false, 0],
    ]);
    listening.close();
  } finally {
    await own.end();
    vi.useRealTimers();
  }
});
