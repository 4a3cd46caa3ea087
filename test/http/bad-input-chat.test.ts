import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChatClient, chatClient } from '../channels/chat-client.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
let resident: ChatClient;

beforeAll(async () => {
  desk = await startForTest();
  resident = chatClient(desk.url);
  expect((await resident.open()).status).toBe(200);
});
afterAll(() => desk.end());

async function raw(body: string, type = 'application/json') {
  const headers = { 'content-type': type, origin: desk.url, ...(resident.cookie() && { cookie: resident.cookie() ?? '' }) };
  const answer = await fetch(`${desk.url}/chat/messages`, { method: 'POST', headers, body });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return { status: answer.status, ...((await answer.json()) as { code: string; title: string }) };
}
const own = async () =>
  (await resident.lines()).filter(({ from, text: said }) => from === 'resident' && !said.startsWith('/')).map(({ text }) => text);
const text = (said: unknown) => JSON.stringify({ id: randomUUID(), type: 'text', text: said });

describe('on the resident’s page', () => {
  test.each(['{', '', '\u0000', '[1', '{"id":'])('a broken body (%j) is malformed, and nothing of it stays', async (body) => {
    expect(await raw(body)).toMatchObject({ status: 400, code: 'malformed' });
    expect(await own()).toEqual([]);
  });

  test('10 MB of words are too large', async () => {
    expect(await raw(text('长'.repeat(3_400_000)))).toMatchObject({ status: 413, code: 'too-large', title: '内容太大' });
  });

  test('another type is not read', async () => {
    expect(await raw(text('你好'), 'text/plain')).toMatchObject({ status: 415 });
  });

  test.each([
    { id: randomUUID(), type: 'text', text: 7 },
    { id: randomUUID(), type: 'text' },
    { id: 'not-an-id', type: 'text', text: '你好' },
    { id: randomUUID(), type: 'nothing' },
    { id: randomUUID(), type: 'place', latitude: 91, longitude: 0 },
    { id: randomUUID(), type: 'tap', tap: 'x'.repeat(201) },
    { id: randomUUID(), type: 'tap', tap: 'zzz:zzz' },
    { id: randomUUID(), type: 'text', text: '长'.repeat(4001) },
    [],
    null,
    'text',
  ])('what does not fit (%#) is invalid, and nothing of it stays', async (body) => {
    expect(await raw(JSON.stringify(body))).toMatchObject({ status: 400, code: 'invalid' });
    expect(await own()).toEqual([]);
  });

  test.each(['"\\ud800"', '"灯\\udfff坏了"', '"a\\u0000b"'])('half a character (%s) is invalid', async (said) => {
    expect(await raw(`{"id":"${randomUUID()}","type":"text","text":${said}}`)).toMatchObject({ status: 400, code: 'invalid' });
    expect(await own()).toEqual([]);
  });

  test.each(['s:ZZZZZZZZ:topic:noise', 'c:00000000:show', 'h:nowhere', 'l:xx', 'i:nothing', 'k:back:ZZZZZZZZ', 'e:ZZZZZZZZ:details'])(
    'a button nobody has (%s) is answered kindly, not with an error',
    async (tap) => {
      const before = (await resident.lines()).length;
      expect((await resident.send({ id: randomUUID(), type: 'tap', tap })).status).toBe(200);
      const after = await resident.lines();
      expect(after.length).toBeGreaterThan(before);
      expect(after.at(-1)?.from).toBe('bot');
    },
  );

  test('the same id again changes nothing, whatever it says', async () => {
    const id = randomUUID();
    const first = await resident.say('楼道灯坏了', id);
    const lines = (await resident.lines()).length;
    const again = await Promise.all([resident.say('楼道灯坏了', id), resident.say('别的话', id), resident.say('楼道灯坏了', id)]);
    expect(again.map(({ body }) => body)).toEqual(Array(3).fill({ seq: first.body.seq, repeat: true }));
    expect((await resident.lines()).length).toBe(lines);
    expect(await own()).toEqual(['楼道灯坏了']);
  });

  test('a cookie that was tampered with opens nothing', async () => {
    const cookie = resident.cookie() ?? '';
    for (const changed of [`${cookie}x`, cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 'tiexin-chat=x', '']) {
      const answer = await fetch(`${desk.url}/chat/messages`, { headers: { cookie: changed } });
      expect([changed, answer.status]).toEqual([changed, 401]);
    }
  });
});

describe('a file that is no photo', () => {
  const photo = sharp({ create: { width: 8, height: 8, channels: 3, background: '#2266aa' } })
    .jpeg()
    .toBuffer();

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from('this is no picture at all')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing with script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['half a photo', Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')],
  ])('(%s) is kept as a stub that says so; the caption and the other photo are kept', async (_what, bytes) => {
    const caption = `说明 ${randomUUID()}`;
    const sent = await resident.upload([{ bytes }, { bytes: await photo }], { caption });
    expect(sent.status).toBe(200);
    expect(sent.body.media).toMatchObject([
      { state: 'stub', why: 'unreadable' },
      { state: 'stored', mime: 'image/jpeg' },
    ]);
    expect(await own()).toContain(caption);
  });

  test('a form that is none is refused', async () => {
    const headers = { origin: desk.url, cookie: resident.cookie() ?? '' };
    for (const [type, body] of [
      ['application/json', '{}'],
      ['multipart/form-data', 'nothing'],
      ['multipart/form-data; boundary=x', '--x\r\nbroken'],
    ] as const) {
      const answer = await fetch(`${desk.url}/chat/media`, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
      expect([type, answer.status >= 400 && answer.status < 500]).toEqual([type, true]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });
});
