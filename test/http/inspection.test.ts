import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chatClient } from '../channels/chat-client.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { file } from './cases-for-test.ts';
import { listen } from './stream-for-test.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let officer: SignedIn;
let lead: SignedIn;
let inspector: SignedIn;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  await desk.addOfficer('ducha', 'inspector', 'inspection', '督察');
  [officer, lead, inspector] = [await desk.signIn('lihua'), await desk.signIn('chief'), await desk.signIn('ducha')];
});
afterAll(() => desk.end());

const seen = (version: number) => ({ 'if-match': `"${version}"` });

describe('a case passed to inspection', () => {
  test('is out of sight at once for who passed it on: queue, search, count, case, photo, stream', async () => {
    const { reference, photo, words } = await file(desk, { kind: 'problem', words: '民警说话很难听紫藤', photo: true });
    const count = async () => (await officer.ask('GET', '/cases')).body.total;
    const stream = await listen(`${desk.url}/api/v1/stream`, { cookie: officer.cookie });
    await stream.hears('event: ready');
    const before = await count();
    expect((await officer.ask('GET', `/cases?q=${encodeURIComponent('紫藤')}`)).body.total).toBe(1);
    const key = { 'idempotency-key': 'pass-1' };
    const passed = await officer.ask('PUT', `/cases/${reference}/seal`, { reason: '说的是民警' }, { ...seen(1), ...key });
    expect(passed).toMatchObject({ status: 200, body: { reference } });

    for (const reader of [officer, lead]) {
      const hidden = await reader.ask('GET', `/cases/${reference}`);
      expect(hidden).toMatchObject({ status: 404, text: (await reader.ask('GET', '/cases/00000000')).text });
      expect((await reader.ask('GET', `/attachments/${photo}`)).status).toBe(404);
      expect((await reader.ask('GET', `/cases?q=${encodeURIComponent('紫藤')}`)).body).toEqual({
        items: [],
        total: 0,
        totalIsFloor: false,
      });
      expect((await reader.ask('GET', '/cases')).text).not.toContain(reference);
    }
    expect(await count()).toBe(before - 1);
    const again = await officer.ask('PUT', `/cases/${reference}/seal`, { reason: '说的是民警' }, { ...seen(1), ...key });
    expect(again.status).toBe(404);

    const { body } = await inspector.ask('GET', `/cases/${reference}`);
    expect(body).toMatchObject({ sealed: true, status: 'opened', assignee: null });
    expect(body.messages[0].text).toBe(words);
    await inspector.ask('PUT', `/cases/${reference}/acceptance`, { accepted: true }, seen(body.version));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(stream.said()).not.toContain(`"version":${body.version}`);
    stream.close();
  });

  test('leaves a mark for each who reads it, in the record inspection sees and the lead does not', async () => {
    const { reference } = await file(desk, { kind: 'complaint', about: 'officer', words: '对我推推搡搡' });
    await inspector.ask('GET', `/cases/${reference}`);
    await inspector.ask('GET', '/cases');
    const entries = (await inspector.ask('GET', '/audit?limit=200')).body.items as { verb: string; subject: string; by: string }[];
    const verbs = entries.filter(({ subject }) => subject.includes(reference)).map(({ verb, by }) => `${verb} ${by}`);
    expect(verbs).toEqual(expect.arrayContaining(['opened resident', 'sealed-read ducha', 'sealed-listed ducha']));
    expect(JSON.stringify(entries)).not.toContain('推推搡搡');
    expect((await lead.ask('GET', '/audit?limit=200')).text).not.toContain(reference);
  });
});

test('an emergency of a sealed case leaves a mark for who reads it, and none for a stream that only says that it is there', async () => {
  const sealed = await file(desk, { kind: 'complaint', about: 'officer', words: '他又来了，在砸门', emergency: true });
  const listed = async () =>
    ((await inspector.ask('GET', '/audit?limit=200')).body.items as { verb: string; subject: string }[]).filter(
      ({ verb, subject }) => verb === 'sealed-listed' && subject.includes(sealed.reference),
    ).length;
  const stream = await listen(`${desk.url}/api/v1/stream`, { cookie: inspector.cookie });
  await stream.hears(sealed.emergency ?? '');
  stream.close();
  expect(await listed()).toBe(0);
  expect((await inspector.ask('GET', '/emergencies')).text).toContain('他又来了');
  expect(await listed()).toBe(1);
  expect((await lead.ask('GET', '/emergencies')).text).not.toContain(sealed.emergency);
});

test('that an emergency was acknowledged stands in the record of those it went to, and of nobody else', async () => {
  const acknowledged = async (reader: SignedIn): Promise<string[]> =>
    ((await reader.ask('GET', '/audit?limit=200')).body.items as { verb: string; subject: string }[])
      .filter(({ verb }) => verb === 'emergency-acknowledged')
      .map(({ subject }) => subject);
  const hidden = await file(desk, { kind: 'complaint', about: 'officer', words: '他在楼下等着我', emergency: true });
  const shown = await file(desk, { kind: 'help', words: '有人在砸玻璃', emergency: true });
  for (const { emergency } of [hidden, shown]) {
    expect((await inspector.ask('PUT', `/emergencies/${emergency}/acknowledgement`)).status).toBe(204);
  }
  expect(await acknowledged(inspector)).toEqual([shown.emergency, hidden.emergency]);
  expect(await acknowledged(lead)).toEqual([shown.emergency]);
});

describe('what has not reached its resident', () => {
  const listed = async (reader: SignedIn, { reference }: { reference: string }) =>
    ((await reader.ask('GET', '/deliveries')).body.items as { reference: string }[]).filter((line) => line.reference === reference);

  test('is a list with the reason, for those who see the case', async () => {
    const filed = await file(desk, { kind: 'problem', words: '井盖松了', undelivered: true });
    expect(await listed(officer, filed)).toEqual([
      {
        reference: filed.reference,
        sealed: false,
        message: filed.undelivered,
        from: 'bot',
        channel: 'web',
        state: 'held',
        at: expect.stringMatching(/Z$/),
        reason: 'window-closed',
        possiblyRepeated: false,
      },
    ]);
  });

  test('of a sealed case is inspection’s alone, and leaves a mark', async () => {
    const filed = await file(desk, { kind: 'complaint', about: 'officer', words: '他骂我', undelivered: true });
    const marks = async () =>
      ((await inspector.ask('GET', '/audit?limit=200')).body.items as { verb: string; subject: string; by: string }[]).filter(
        ({ verb, subject, by }) => verb === 'sealed-listed' && by === 'ducha' && subject.includes(filed.reference),
      ).length;
    expect(await listed(lead, filed)).toEqual([]);
    expect(await marks()).toBe(0);
    expect(await listed(inspector, filed)).toMatchObject([{ sealed: true, state: 'held' }]);
    expect(await marks()).toBe(1);
  });
});

test.each(['/cases?', '/cases?q=灯&', '/audit?', '/deliveries?', '/ratings?'])('a cursor for %s that is none is invalid', async (path) => {
  for (const cursor of ['nonsense', 'WzFd', 'A'.repeat(208)]) {
    expect(await inspector.ask('GET', `${path}cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ pointer: '?cursor', message: expect.any(String) }] },
    });
  }
});

test('the record is paged by an opaque cursor, each entry once, newest first', async () => {
  const seenEntries: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await inspector.ask('GET', `/audit?limit=5${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    seenEntries.push(...page.body.items.map(({ at, verb, subject }: Record<string, string>) => `${at} ${verb} ${subject}`));
    cursor = page.body.nextCursor;
  } while (cursor !== undefined);
  expect(seenEntries.length).toBeGreaterThan(10);
  expect(seenEntries.at(-1)).toContain('desk-made');
  expect(seenEntries.map((entry) => entry.slice(0, 24))).toEqual(
    seenEntries
      .map((entry) => entry.slice(0, 24))
      .sort()
      .reverse(),
  );
});

describe('a file of a case', () => {
  test('is shown in place where it is a photo, in a box of its own, and kept by nobody on the way', async () => {
    const { photo = '' } = await file(desk, { kind: 'problem', words: '墙裂了', photo: true });
    const answer = await fetch(`${desk.url}/api/v1/attachments/${photo}`, { headers: { cookie: officer.cookie } });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="${photo}.jpg"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).format).toBe('jpeg');
  });
});

test('ratings are a list for inspection', async () => {
  expect((await inspector.ask('GET', '/ratings')).body).toEqual({ items: [] });
});

test('a resident’s own page never hears the words of the desk’s notes', async () => {
  const resident = chatClient(desk.url);
  await resident.open();
  const { reference } = await file(desk, { kind: 'problem', words: '别人的事' });
  await officer.ask('POST', `/cases/${reference}/notes`, { text: '只给同事看' });
  expect(JSON.stringify(await resident.lines())).not.toContain('只给同事看');
});
