import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { file } from './cases-for-test.ts';

let desk: DeskForTest;
let headers: Record<string, string>;
let reference: string;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  const { cookie, csrf } = await desk.signIn('lihua');
  headers = { cookie, origin: desk.url, 'x-csrf-token': csrf, 'content-type': 'application/json' };
  ({ reference } = await file(desk, { kind: 'problem', words: '路灯坏了' }));
});
afterAll(() => desk.end());

async function send(method: string, path: string, body: string | undefined, more: Record<string, string> = {}) {
  const answer = await fetch(`${desk.url}${path}`, { method, headers: { ...headers, ...more }, ...(body !== undefined && { body }) });
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(text).not.toMatch(/ at \S+:\d+|node_modules|SQLITE|zod/i);
  return {
    status: answer.status,
    ...(JSON.parse(text) as { code: string; title: string; errors?: { pointer: string; message: string }[] }),
  };
}
const reply = (body: string, more: Record<string, string> = {}) =>
  send('POST', `/api/v1/cases/${reference}/replies`, body, { 'if-match': '"1"', ...more });

/** Nothing of what was refused was kept. */
async function stillAsFiled(): Promise<void> {
  const { version, messages, notes, status } = (await (await fetch(`${desk.url}/api/v1/cases/${reference}`, { headers })).json()) as {
    version: number;
    messages: unknown[];
    notes: unknown[];
    status: string;
  };
  expect([version, messages.length, notes.length, status]).toEqual([1, 1, 0, 'opened']);
}

describe('what can not be read', () => {
  test.each(['{', '{"text":', '[', 'text', '{"text":"a"}}', '\u0000', '{"__proto__":{"a":1},"text":"a"}', ''])(
    'the body %j is malformed',
    async (body) => {
      expect(await reply(body)).toMatchObject({ status: 400, code: 'malformed' });
      await stillAsFiled();
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'nonsense'])(
    'a body of type %s is of the wrong type',
    async (type) => {
      expect(await reply('text=a', { 'content-type': type })).toMatchObject({ status: 415, code: 'unsupported-media' });
    },
  );

  test('10 MB are too large, and 64 KB and a byte are too', async () => {
    expect(await reply(JSON.stringify({ text: 'x'.repeat(10_000_000) }))).toMatchObject({ status: 413, code: 'too-large' });
    expect(await reply(JSON.stringify({ text: 'x'.repeat(64 * 1024) }))).toMatchObject({ status: 413, code: 'too-large' });
    await stillAsFiled();
  });

  test('10 MB without a length are cut off too', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = rawRequest(`${desk.url}/api/v1/cases/${reference}/replies`, {
        method: 'POST',
        headers: { ...headers, 'if-match': '"1"', 'transfer-encoding': 'chunked' },
      });
      request.on('response', (answer) => resolve(answer.resume().statusCode));
      request.on('error', reject);
      request.write('{"text":"');
      for (let nth = 0; nth < 4; nth += 1) request.write('x'.repeat(32 * 1024));
    });
    expect(status).toBe(413);
  });

  test.each(['/%', '/%E0%A4%A', '/api/v1/cases/%ff'])('the address %s is malformed', async (path) => {
    const { status } = await send('GET', path, undefined);
    expect([400, 404]).toContain(status);
  });

  test('an address longer than anything is not found', async () => {
    expect((await send('GET', `/api/v1/cases/${'A'.repeat(5_000)}`, undefined)).status).toBe(404);
  });
});

describe('what is no request at all', () => {
  const say = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(desk.url);
      let heard = '';
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.on('data', (bytes) => {
        heard += bytes;
      });
      socket.on('close', () => resolve(heard));
      socket.on('error', reject);
    });

  test.each([
    ['nonsense\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    [`GET / HTTP/1.1\r\nHost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431 Request Header Fields Too Large'],
  ])('%# is answered as a problem and hung up on', async (text, line) => {
    const [head = '', body = ''] = (await say(text)).split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe(line);
    expect(JSON.parse(body)).toMatchObject({ code: 'malformed', title: '看不懂这次请求' });
    expect((await fetch(`${desk.url}/health/live`)).status).toBe(200);
  });
});

describe('what does not fit', () => {
  test.each([
    ['a number for words', { text: 7 }, '/text', '这里填的类型不对。'],
    ['nothing for words', {}, '/text', '这里要填。'],
    ['null for words', { text: null }, '/text', '这里填的类型不对。'],
    ['a list for words', { text: ['a'] }, '/text', '这里填的类型不对。'],
    ['only spaces', { text: '  \n ' }, '/text', '太短了，至少 1 个字符。'],
    ['too many words', { text: '长'.repeat(4001) }, '/text', '太长了，最多 4000 个字符。'],
    ['a list for a body', ['a'], '', '这里填的类型不对。'],
    ['words for a body', 'a', '', '这里填的类型不对。'],
  ])('%s is named where it stands', async (_what, body, pointer, message) => {
    expect(await reply(JSON.stringify(body))).toMatchObject({ status: 400, code: 'invalid', errors: [{ pointer, message }] });
    await stillAsFiled();
  });

  test.each(['"\\ud800"', '"a\\udfffb"', '"\\ud83d"', '"a\\u0000"'])('half a character (%s) is refused', async (text) => {
    expect(await reply(`{"text":${text}}`)).toMatchObject({
      status: 400,
      code: 'invalid',
      errors: [{ pointer: '/text', message: '里面有存不下来的字符。' }],
    });
    await stillAsFiled();
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'kind=nothing', 'due=never', 'sort=name', `q=${'x'.repeat(101)}`])(
    'the query %s is invalid',
    async (query) => {
      expect(await send('GET', `/api/v1/cases?${query}`, undefined)).toMatchObject({ status: 400, code: 'invalid' });
    },
  );

  test('it is said in the reader’s language', async () => {
    expect(await reply('{"text":7}', { 'accept-language': 'en-GB' })).toMatchObject({
      title: 'Something does not fit',
      errors: [{ message: 'This is of the wrong type.' }],
    });
  });
});

describe('what does not exist', () => {
  test.each([
    ['GET', '/api/v1/nothing'],
    ['PATCH', '/api/v1/cases'],
    ['GET', '/api/v1/cases/00000000'],
    ['GET', '/api/v1/cases/not-a-reference-at-all'],
    ['GET', "/api/v1/cases/' or 1=1 --"],
    ['GET', '/api/v1/cases/%00'],
    ['GET', '/api/v1/attachments/../../etc/passwd'],
    ['GET', '/api/v1/attachments/..%2f..%2fsecret.key'],
    ['GET', '/api/v1/attachments/0192a000-0000-7000-8000-000000000000'],
    ['PUT', '/api/v1/emergencies/nothing/acknowledgement'],
    ['GET', '/api/v2/cases'],
  ])('%s %s is not found', async (method, path) => {
    const { 'content-type': _type, ...bare } = headers;
    const answer = await fetch(`${desk.url}${path}`, { method, headers: bare });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual(
      path.includes('%00') ? [400, 'invalid'] : [404, 'not-found'],
    );
  });

  test('nothing like a search is executed', async () => {
    for (const q of ['"', "'", '*', 'a OR b', 'NEAR(', '(', '-', 'x" OR "y', '^', '😀', '%', '_', 'body:', '\\']) {
      const answer = await fetch(`${desk.url}/api/v1/cases?q=${encodeURIComponent(q)}`, { headers });
      expect([q, answer.status]).toEqual([q, 200]);
    }
  });
});
