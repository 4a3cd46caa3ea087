import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webChannel } from '../../src/channels/web/web.ts';
import { chatClient, listen } from './chat-client.ts';
import { type FakeDesk, fakeDesk } from './fake-desk.ts';

let fake: FakeDesk;
let url: string;
let close: () => Promise<void>;
let channel: ReturnType<typeof webChannel>;

async function begin(options: Parameters<typeof webChannel>[0] = {}, listening: Parameters<typeof listen>[1] = {}) {
  fake = fakeDesk();
  channel = webChannel(options);
  await channel.start(fake.desk);
  ({ url, close } = await listen(channel, listening));
}
const bot = { kind: 'bot' } as const;

beforeEach(() => begin());
afterEach(async () => {
  await close();
  await channel.stop();
});

describe('a conversation', () => {
  test('is opened by a browser once, with a greeting turn in its language', async () => {
    const resident = chatClient(url);
    expect((await resident.ask('GET', '/chat/session')).body).toEqual({ open: false, station: '青柳派出所' });
    const opened = await resident.open({ locale: 'en' });
    expect(opened.status).toBe(200);
    expect(opened.body).toEqual({ open: true, station: '青柳派出所' });
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(fake.inbounds).toHaveLength(1);
    expect(fake.inbounds[0]).toMatchObject({ channel: 'web', bot: 'default', locale: 'en', input: { type: 'command', name: 'home' } });
    expect(fake.inbounds[0]?.address).toBe(resident.address());
    expect(resident.address()).toMatch(/^[A-Za-z0-9_-]{32}$/);

    await resident.open({ ownPhone: true });
    expect(fake.inbounds).toHaveLength(1);
    expect((await resident.ask('GET', '/chat/session')).body.open).toBe(true);
  });

  test('begins with the payload of a deep link, also where one is open', async () => {
    const resident = chatClient(url);
    await resident.open({ start: 'rate_7F3K' });
    expect(fake.inbounds[0]?.input).toEqual({ type: 'start', payload: 'rate_7F3K' });
    await resident.open({ start: 'counter-2' });
    expect(fake.inbounds[1]?.input).toEqual({ type: 'start', payload: 'counter-2' });
    expect(fake.inbounds[1]?.address).toBe(fake.inbounds[0]?.address);
  });

  test('is kept 180 days on an own phone, else until the browser closes', async () => {
    const resident = chatClient(url);
    const shared = (await resident.open()).headers.get('set-cookie') ?? '';
    expect(shared).toMatch(/^tiexin-chat=[\w-]{32}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const own = (await resident.open({ ownPhone: true })).headers.get('set-cookie') ?? '';
    expect(own).toBe(`${shared}; Max-Age=15552000`);
  });

  test('has a cookie bound to this host where the page is served over https', async () => {
    await close();
    await begin({ publicUrl: 'https://tiexin.example.cn' });
    const cookie = (await chatClient(url).ask('POST', '/chat/session', { locale: 'zh-CN' }, { origin: 'https://tiexin.example.cn' }))
      .headers;
    expect(cookie.get('set-cookie')).toMatch(/^__Host-tiexin-chat=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  });

  test.each([
    ['no cookie', () => undefined],
    ['a made-up one', () => `tiexin-chat=${'A'.repeat(32)}.${'B'.repeat(43)}`],
    ['another address under a known signature', (real: string) => real.replace(/=(.)/, (_, first) => `=${first === 'x' ? 'y' : 'x'}`)],
    ['a signature with one letter changed', (real: string) => real.replace(/.(?=.$)/, (letter) => (letter === 'x' ? 'y' : 'x'))],
    ['half a cookie', (real: string) => real.slice(0, 40)],
  ])('does not open to %s', async (_, change) => {
    const resident = chatClient(url);
    await resident.open();
    resident.setCookie(change(resident.cookie() ?? ''));
    for (const [method, path, body] of [
      ['GET', '/chat/messages?after=0', undefined],
      ['GET', '/chat/stream', undefined],
      ['GET', '/chat/media/1', undefined],
      ['POST', '/chat/messages', { id: randomUUID(), type: 'text', text: '在吗' }],
      ['POST', '/chat/received', { ids: ['1'] }],
      ['POST', '/chat/lookup', { reference: 'ABCD2345', code: 'ABCD2345' }],
    ] as const) {
      const answer = await resident.ask(method, path, body);
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'signed-out']);
    }
    expect(fake.inbounds).toHaveLength(1);
  });

  test('is left at once: the cookie, what the browser kept, and every page of it', async () => {
    const resident = chatClient(url);
    await resident.open();
    const page = await resident.listen();
    const left = await resident.ask('DELETE', '/chat/session');
    expect(left.status).toBe(204);
    expect(left.text).toBe('');
    expect(left.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
    expect(left.headers.get('set-cookie')).toBe('tiexin-chat=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
    await page.next(({ event }) => event === 'left');
    await page.whenEnded();
    expect((await resident.ask('GET', '/chat/session')).body.open).toBe(false);
  });

  test('is opened by one network only so often, and an open one is never held up by it', async () => {
    await close();
    await begin({ openings: 2 });
    const resident = chatClient(url);
    await resident.open();
    await chatClient(url).open();
    const refused = await chatClient(url).open();
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'rate-limited', '600']);
    expect((await resident.say('救命')).status).toBe(200);
    expect((await resident.open()).status).toBe(200);
    fake.pass(600_000);
    expect((await chatClient(url).open()).status).toBe(200);
  });
});

describe('a message', () => {
  test('is answered only once it is taken, and a repeat changes nothing', async () => {
    const resident = chatClient(url);
    await resident.open();
    const id = randomUUID();
    const first = await resident.say('楼下麻将馆半夜还在吵', id);
    expect(first.body).toEqual({ seq: 2, repeat: false });
    expect((await resident.say('楼下麻将馆半夜还在吵', id.toUpperCase())).body).toEqual({ seq: 2, repeat: true });
    expect(await resident.lines()).toMatchObject([{ seq: 2, from: 'resident', text: '楼下麻将馆半夜还在吵', clientId: id }]);
  });

  test('has an id of its own resident: somebody else with the same one loses nothing', async () => {
    const one = chatClient(url);
    const other = chatClient(url);
    await one.open();
    await other.open();
    const id = randomUUID();
    await one.say('我的事', id);
    expect((await other.say('别人的事', id)).body.repeat).toBe(false);
    expect(fake.inbounds.map(({ updateId }) => updateId).join()).not.toContain(one.address());
    expect((await other.lines()).map(({ text }) => text)).toEqual(['别人的事']);
  });

  test.each([
    [
      { type: 'text', text: '  路灯坏了\u0007\r\n两天了 ' },
      { type: 'text', text: '路灯坏了\n两天了' },
    ],
    [
      { type: 'tap', tap: 's:ABCD2345:topic:noise' },
      { type: 'tap', tap: { on: 'step', intake: 'ABCD2345', step: 'topic', value: 'noise' } },
    ],
    [
      { type: 'command', name: 'human' },
      { type: 'command', name: 'human' },
    ],
    [
      { type: 'start', payload: 'abc' },
      { type: 'start', payload: 'abc' },
    ],
    [
      { type: 'place', latitude: 31.2, longitude: 121.5 },
      { type: 'place', latitude: 31.2, longitude: 121.5, datum: 'wgs84' },
    ],
  ])('%j reaches the desk', async (message, input) => {
    const resident = chatClient(url);
    await resident.open();
    expect((await resident.send({ id: randomUUID(), ...message } as never)).status).toBe(200);
    expect(fake.inbounds.at(-1)?.input).toEqual(input);
  });

  test.each([
    ['no words', { type: 'text', text: ' \u0000 ' }, 400],
    ['half a character', { type: 'text', text: '\ud83d' }, 400],
    ['too many words', { type: 'text', text: '字'.repeat(4001) }, 400],
    ['a tap that is none', { type: 'tap', tap: 'q:1:2' }, 400],
    ['a kind nobody knows', { type: 'dance' }, 400],
    ['a place off the earth', { type: 'place', latitude: 91, longitude: 0 }, 400],
    ['an id that is none', { id: '7', type: 'text', text: '在吗' }, 400],
    ['more than a body may hold', { type: 'text', text: 'x'.repeat(70_000) }, 413],
  ])('with %s is refused and leaves nothing', async (_, message, status) => {
    const resident = chatClient(url);
    await resident.open();
    const refused = await resident.send({ id: randomUUID(), ...message } as never);
    expect(refused.status).toBe(status);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(fake.inbounds).toHaveLength(1);
  });

  test('in broken JSON, or in another type, is refused as a problem', async () => {
    const resident = chatClient(url);
    await resident.open();
    const post = async (body: string, type: string) =>
      (await fetch(`${url}/chat/messages`, { method: 'POST', body, headers: { 'content-type': type, cookie: resident.cookie() ?? '' } }))
        .status;
    expect(await post('{"id":', 'application/json')).toBe(400);
    expect(await post('<a/>', 'text/xml')).toBe(415);
  });

  test('to a desk that cannot now gets 503 and when to try again; the same id is taken later', async () => {
    const resident = chatClient(url);
    await resident.open();
    const id = randomUUID();
    fake.setSick(true);
    const refused = await resident.say('在吗', id);
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
    fake.setSick(false);
    expect((await resident.say('在吗', id)).body).toEqual({ seq: 2, repeat: false });
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ])('from %s is refused', async (_, headers) => {
    const resident = chatClient(url);
    await resident.open();
    for (const [method, path] of [
      ['POST', '/chat/messages'],
      ['POST', '/chat/session'],
      ['DELETE', '/chat/session'],
      ['POST', '/chat/media'],
    ] as const) {
      const refused = await resident.ask(
        method,
        path,
        method === 'POST' ? { id: randomUUID(), type: 'text', text: '在吗' } : undefined,
        headers,
      );
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'csrf']);
    }
    expect(fake.inbounds).toHaveLength(1);
  });

  test('tells the desk who shares an address, and not the address', async () => {
    await close();
    await begin({}, { trustProxy: true });
    const from = async (ip: string) => {
      await chatClient(url).ask('POST', '/chat/session', { locale: 'zh-CN' }, { 'x-forwarded-for': ip });
      return fake.inbounds.at(-1)?.peer;
    };
    expect(await from('203.0.113.7')).toBe(await from('203.0.113.7'));
    expect(await from('203.0.113.7')).toBe(await from('::ffff:203.0.113.7'));
    expect(await from('203.0.113.7')).not.toBe(await from('203.0.113.8'));
    expect(await from('2001:db8:1:2::9')).toBe(await from('2001:0db8:1:2:aaaa:bbbb:1:1'));
    expect(await from('2001:db8:1:2::9')).not.toBe(await from('2001:db8:1:3::9'));
    expect(await from('203.0.113.7')).not.toContain('203');
  });
});

describe('photos', () => {
  const photo = (bytes: number) => ({ bytes: new Uint8Array(bytes).fill(7) });

  test('arrive with their caption as one message, each on record before it is answered', async () => {
    const resident = chatClient(url);
    await resident.open();
    const id = randomUUID();
    const answer = await resident.upload([photo(3000), { ...photo(20), name: '墙\ud800.jpg' }], { id, caption: '西墙裂了' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ seq: 2, repeat: false, media: [{ kind: 'photo', state: 'stored', bytes: 3000 }, { bytes: 20 }] });
    const { input } = fake.inbounds[1] ?? {};
    expect(input).toMatchObject({ type: 'media', caption: '西墙裂了' });
    expect((await resident.upload([photo(3000)], { id })).body.repeat).toBe(true);
    const media = answer.body.media[0];
    const shown = await resident.ask('GET', `/chat/media/${media.id}`);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.byteLength(shown.text)).toBe(3000);
    const stranger = chatClient(url);
    await stranger.open();
    expect((await stranger.ask('GET', `/chat/media/${media.id}`)).status).toBe(404);
  });

  test('that are too big become stubs, and take nothing else down', async () => {
    const resident = chatClient(url);
    await resident.open();
    const answer = await resident.upload([photo(10 * 1024 * 1024 + 5), photo(10)], { caption: '看这里' });
    expect(answer.body.media).toMatchObject([{ state: 'stub', why: 'too-big' }, { state: 'stored' }]);
    expect(fake.inbounds[1]?.input).toMatchObject({ type: 'media', caption: '看这里' });
  });

  test.each([
    ['ten at once', Array.from({ length: 10 }, () => photo(5)), {}, 413],
    ['none', [], { caption: '忘了照片' }, 400],
    ['an id that is none', [photo(5)], { id: 'x' }, 400],
  ])('%s are refused', async (_, files, fields, status) => {
    const resident = chatClient(url);
    await resident.open();
    expect((await resident.upload(files, fields as Record<string, string>)).status).toBe(status);
    expect(fake.inbounds).toHaveLength(1);
  });
});

describe('an open page', () => {
  test('is shown what is said within the blink of an eye, on every tab, in order', async () => {
    const resident = chatClient(url);
    await resident.open();
    const [one, other] = [await resident.listen(), await resident.listen('?after=1')];
    expect(one.headers.get('content-type')).toContain('text/event-stream');
    const answer = fake.outbound(resident.address(), 'web', {
      text: '今晚八点去看',
      by: { kind: 'officer', signature: '王警官 青柳派出所' },
    });
    expect(await channel.send(answer)).toEqual({ is: 'sent', confirmed: false });
    await resident.say('好的');
    for (const tab of [one, other]) await tab.next(({ data }) => (data as { text?: string }).text === '好的');
    expect(one.lines().map(({ text }) => text)).toEqual(['今晚八点去看', '好的']);
    expect(other.lines().map(({ text }) => text)).toEqual(['今晚八点去看', '好的']);
    expect(one.events.filter(({ event }) => event === 'line').map(({ id }) => id)).toEqual(['2', '3']);
    expect(one.lines()[0]).toMatchObject({ from: 'officer', signature: '王警官 青柳派出所', clientId: null, secret: null, expects: null });
    await Promise.all([one.close(), other.close()]);
  });

  test('goes on where it was after the line broke', async () => {
    const resident = chatClient(url);
    await resident.open();
    await resident.say('一');
    await resident.say('二');
    const again = await resident.listen('?after=1', { 'last-event-id': '2' });
    await again.next(({ data }) => (data as { text?: string }).text === '二');
    expect(again.lines().map(({ text }) => text)).toEqual(['二']);
    await again.close();
  });

  test('is shown an answer that its thread held back, and does not lose its place over it', async () => {
    const resident = chatClient(url);
    await resident.open();
    const late = fake.outbound(resident.address(), 'web', { text: '三天了，解决了吗？', by: bot });
    const [held] = fake.threadOf(resident.address()).splice(-1);
    await resident.say('在吗');
    const page = await resident.listen();
    await page.next(({ data }) => (data as { text?: string }).text === '在吗');
    await channel.send(late);
    const shown = await page.next(({ data }) => (data as { id?: string }).id === held?.id);
    expect(shown.id).toBeUndefined();
    await page.close();
  });

  test('never sees another conversation', async () => {
    const [one, other] = [chatClient(url), chatClient(url)];
    await one.open();
    await other.open();
    const page = await one.listen();
    await channel.send(fake.outbound(other.address(), 'web', { text: '不是给你的', by: bot }));
    await one.say('我的');
    await page.next(({ data }) => (data as { text?: string }).text === '我的');
    expect(page.lines().map(({ text }) => text)).not.toContain('不是给你的');
    await page.close();
  });

  test('reads a long story in full', async () => {
    const resident = chatClient(url);
    await resident.open();
    for (let at = 0; at < 450; at += 1) fake.outbound(resident.address(), 'web', { text: `第${at}句`, by: bot });
    const page = await resident.listen();
    await page.next(({ data }) => (data as { text?: string }).text === '第449句');
    expect(page.lines().map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, at) => at + 2));
    await page.close();
    const pulled = await resident.ask('GET', '/chat/messages?after=400');
    expect([pulled.body.items.length, pulled.body.more]).toEqual([51, false]);
    expect((await resident.ask('GET', '/chat/messages')).body).toMatchObject({ more: true });
  });

  test('that does not read what it is sent is cut off, and the others are not held up', async () => {
    const [slow, quick] = [chatClient(url), chatClient(url)];
    await slow.open();
    await quick.open();
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /chat/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${slow.cookie()}\r\n\r\n`);
    await once(socket, 'readable');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.pause();
    for (let at = 0; at < 1200; at += 1) fake.outbound(slow.address(), 'web', { text: '长'.repeat(4000), by: bot });
    await channel.send(fake.outbound(slow.address(), 'web', { text: '完', by: bot }));
    const page = await quick.listen();
    await quick.say('在吗');
    await page.next(({ data }) => (data as { text?: string }).text === '在吗');
    await page.close();
    socket.on('error', () => undefined).resume();
    await closed;
    const again = await slow.ask('GET', '/chat/messages?after=1200');
    expect(again.body.items.at(-1).text).toBe('完');
  });

  test('does not keep the desk from closing', async () => {
    const resident = chatClient(url);
    await resident.open();
    const page = await resident.listen();
    await close();
    await page.whenEnded();
    expect(page.ended()).toBe(true);
  });

  test('thirteen of one conversation are one too many', async () => {
    const resident = chatClient(url);
    await resident.open();
    const pages = await Promise.all(Array.from({ length: 12 }, () => resident.listen()));
    expect((await resident.ask('GET', '/chat/stream')).status).toBe(429);
    await Promise.all(pages.map((page) => page.close()));
  });
});

describe('an answer', () => {
  test('waits until the page has it, and only its own page can say so', async () => {
    const [resident, stranger] = [chatClient(url), chatClient(url)];
    await resident.open();
    await stranger.open();
    const answer = fake.outbound(resident.address(), 'web', { text: '查询码 ••••', by: bot }, 'K7QX-2M9P');
    expect(await channel.send(answer)).toEqual({ is: 'sent', confirmed: false });
    expect((await resident.lines(1)).at(-1)).toMatchObject({ id: answer.id, secret: 'K7QX-2M9P' });
    expect((await stranger.ask('POST', '/chat/received', { ids: [answer.id] })).body).toEqual({ received: 0 });
    expect(fake.settlements).toEqual([]);
    const own = await resident.lines();
    expect((await resident.ask('POST', '/chat/received', { ids: own.map(({ id }) => id) })).body).toEqual({ received: 1 });
    expect(fake.settlements).toEqual([{ outbound: answer.id, outcome: { is: 'sent', confirmed: true } }]);
  });
});

describe('a look-up', () => {
  test('says found or not in the same time, and counts against who asks', async () => {
    const resident = chatClient(url);
    await resident.open();
    fake.answerWith(({ input }) => (input.type === 'lookup' ? { found: input.code === 'K7QX2M9P' } : {}));
    const timed = async (code: string) => {
      const begun = performance.now();
      const { body } = await resident.ask('POST', '/chat/lookup', { reference: ' abcd-2345', code });
      return { body, ms: performance.now() - begun };
    };
    const [right, wrong] = [await timed('K7QX2M9P'), await timed('11111111')];
    expect(right.body).toEqual({ found: true, limited: false });
    expect(wrong.body).toEqual({ found: false, limited: false });
    expect(Math.min(right.ms, wrong.ms)).toBeGreaterThanOrEqual(395);
    expect(fake.inbounds.at(-1)).toMatchObject({ input: { type: 'lookup', reference: 'ABCD2345', code: '11111111' } });
    expect(fake.inbounds.at(-1)?.peer).toMatch(/^[\w-]{22}$/);
  });
});
