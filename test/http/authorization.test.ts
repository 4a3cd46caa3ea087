import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webChannel } from '../../src/channels/web/web.ts';
import { type DeskForTest, PASSWORD, startForTest } from '../desk-for-test.ts';
import { type Line, type ReaderName, readers, readTable } from './authorization-table.ts';
import { addOtherBureau, type Filed, type FiledCase, file } from './cases-for-test.ts';
import { type Listening, listen } from './stream-for-test.ts';

const table = readTable();
const UNITS = { officer: 'community', lead: 'community', inspector: 'inspection', administrator: 'bureau' } as const;
const NEVER_MADE = { reference: '00000000', id: '0192a000-0000-7000-8000-000000000000' };

let desk: DeskForTest;
const streams = new Map<ReaderName, Listening>();
const headersOf = new Map<ReaderName, Record<string, string>>();
const hiddenFrom = new Map<ReaderName, FiledCase[]>(readers.map((reader) => [reader, []]));

beforeAll(async () => {
  desk = await startForTest();
  await addOtherBureau(desk);
  headersOf.set('nobody', { origin: desk.url });
  for (const reader of readers) {
    if (reader === 'nobody') continue;
    headersOf.set(reader, await signedIn(reader, reader));
    streams.set(reader, await listen(`${desk.url}/api/v1/stream`, headersOf.get(reader) ?? {}));
  }
});
afterAll(async () => {
  for (const stream of streams.values()) stream.close();
  await desk.end();
});

/** A new account in a reader's role, signed in: headers for its requests. */
async function signedIn(username: string, role: Exclude<ReaderName, 'nobody'>): Promise<Record<string, string>> {
  await desk.addOfficer(username, role, UNITS[role]);
  const { cookie, csrf } = await desk.signIn(username);
  return { cookie, origin: desk.url, 'x-csrf-token': csrf };
}

interface Answer {
  status: number;
  /** All but what differs between any two answers. */
  headers: Record<string, string>;
  text: string;
}

async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${desk.url}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { date: _date, 'x-request-id': _id, ...same } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers: same, text: await answer.text() };
}

/** Characters that stand next to each other in no other text. */
let used = 0;
function newWords(): string {
  const first = 0x4e00 + used * 4;
  used += 1;
  return String.fromCodePoint(first, first + 1, first + 2, first + 3);
}

function wanted(line: Line, reader: ReaderName): Filed {
  const own = reader === 'inspector' ? 'inspection' : 'community';
  const unit = line.whose === 'own' ? own : 'household';
  const team = line.whose === 'own' ? 'community' : 'household';
  const common = {
    words: newWords(),
    ...(line.as === 'answered' && { status: 'answered' as const }),
    photo: line.route.includes('attachments'),
    emergency: line.route.includes('emergencies'),
    undelivered: line.route.includes('deliveries'),
  };
  if (line.kind === 'sealed') return { ...common, kind: 'complaint', about: 'unit', unit };
  if (line.kind === 'service') return { ...common, kind: 'complaint', about: 'service', team };
  return { ...common, kind: 'problem', ...(line.whose === 'other' && { unit: 'station-2' }) };
}

/** A body that fits, where a route takes one: what is refused is refused for who asks. */
const bodies: Readonly<Record<string, (reader: ReaderName) => unknown>> = {
  'POST /api/v1/cases/{reference}/replies': () => ({ text: '我们明天上午来看。' }),
  'POST /api/v1/cases/{reference}/notes': () => ({ text: '先看现场。' }),
  'PUT /api/v1/cases/{reference}/acceptance': () => ({ accepted: true }),
  'PUT /api/v1/cases/{reference}/assignee': (reader) => ({ username: reader }),
  'PUT /api/v1/cases/{reference}/answer': () => ({ outcome: 'resolved', text: '灯已经换好了。' }),
  'PUT /api/v1/cases/{reference}/closure': () => ({ confirmation: 'confirmed', reason: '电话里说好了' }),
  'DELETE /api/v1/cases/{reference}/closure': () => ({ reason: '又坏了' }),
  'PUT /api/v1/cases/{reference}/withdrawal': () => ({ words: '不用办了' }),
  'PUT /api/v1/cases/{reference}/seal': () => ({ reason: '说的是民警' }),
  'POST /api/v1/cases': () => ({ kind: 'problem', details: '路灯坏了两天', source: 'counter' }),
  'PUT /api/v1/session/duty': () => ({ onDuty: false }),
  'POST /chat/session': () => ({ locale: 'zh-CN' }),
  'POST /chat/messages': () => ({ id: NEVER_MADE.id, type: 'text', text: '你好' }),
  'POST /chat/received': () => ({ ids: [NEVER_MADE.id] }),
  'POST /chat/lookup': () => ({ reference: NEVER_MADE.reference, code: NEVER_MADE.reference }),
  'PATCH /api/v1/setup': () => ({ bodyAbove: '市局督察支队' }),
};

describe('the table', () => {
  test('has a line for every route of the API and of the channels', async () => {
    const document = (await (await fetch(`${desk.url}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> };
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const ofChannels = await routesOf(webChannel());
    expect(described.length).toBeGreaterThan(25);
    expect(ofChannels.length).toBeGreaterThan(5);
    const lines = new Set(table.map(({ route }) => route));
    expect([...described, ...ofChannels].filter((route) => !lines.has(route))).toEqual([]);
  });
});

async function routesOf({ plugin }: ReturnType<typeof webChannel>): Promise<string[]> {
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url.replace(/:(\w+)/g, '{$1}')}`);
  });
  if (plugin) await app.register(plugin);
  await app.ready();
  return routes;
}

const named = (line: Line) => `${line.route}${line.as ? ` (${line.as})` : ''}${line.kind ? `: ${line.whose} ${line.kind}` : ''}`;

const isHidden = (expected: string): boolean => expected === '404' || expected.endsWith('-');

describe.each(table.filter(({ kind }) => kind !== undefined).map((line) => [named(line), line] as const))('%s', (_name, line) => {
  const filedFor = new Map<ReaderName, FiledCase>();

  beforeAll(async () => {
    const [hidden, shown] = [true, false].map((wants) => readers.filter((reader) => isHidden(line.expected[reader]) === wants));
    // One after the other: what is filed for one reader, another may see.
    for (const reader of hidden ?? []) {
      const before = await countOf(reader);
      const filed = await file(desk, wanted(line, reader));
      expect(await countOf(reader), `what ${reader} counts`).toEqual(before);
      hiddenFrom.get(reader)?.push(filed);
      filedFor.set(reader, filed);
    }
    await Promise.all((shown ?? []).map(async (reader) => filedFor.set(reader, await file(desk, wanted(line, reader)))));
  });

  test.concurrent.each(readers)('%s', async (reader) => {
    const expected = line.expected[reader];
    const filed = filedFor.get(reader);
    if (!filed) throw new Error('nothing was filed');
    if (/[+-]$/.test(expected)) return seesInList(line, reader, filed, expected);

    const made = line.route.replace('{reference}', filed.reference).replace('{id}', filed.photo ?? filed.emergency ?? '');
    const answer = await asReader(reader, line.route, made, true);
    expect(`${answer.status}`, answer.text.slice(0, 300)).toBe(expected);
    if (expected !== '404') return undefined;
    expect(answer).toEqual(await neverMade(reader, line.route, true));
    expect(await asReader(reader, line.route, made, false)).toEqual(await neverMade(reader, line.route, false));
    holdsNothingOf(filed, answer);
    return notFoundBySearch(reader, filed);
  });
});

/** Asks a route for one thing, with or without the version its reader saw. */
function asReader(reader: ReaderName, route: string, made: string, withVersion: boolean): Promise<Answer> {
  const [method = '', path = ''] = made.split(' ');
  return ask(method, path, { ...headersOf.get(reader), ...(withVersion && { 'if-match': '"1"' }) }, bodies[route]?.(reader));
}

/** What a route says of a thing that never was; asked once, since it is the same for every line. */
const neverMade = once((reader: ReaderName, route: string, withVersion: boolean) =>
  asReader(reader, route, route.replace('{reference}', NEVER_MADE.reference).replace('{id}', NEVER_MADE.id), withVersion),
);

function once<Asked extends readonly unknown[]>(work: (...asked: Asked) => Promise<Answer>): (...asked: Asked) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const answer = answers.get(key) ?? work(...asked);
    answers.set(key, answer);
    return answer;
  };
}

/** Counts of the queue, and how long its first page is. */
async function countOf(reader: ReaderName): Promise<unknown> {
  if (reader === 'nobody') return undefined;
  const { text } = await ask('GET', '/api/v1/cases?limit=1', headersOf.get(reader) ?? {});
  const { total } = JSON.parse(text) as { total: number };
  return total;
}

async function seesInList(line: Line, reader: ReaderName, filed: FiledCase, expected: string): Promise<void> {
  const shown = expected.endsWith('+');
  if (line.route.endsWith('/stream')) {
    if (shown) return streams.get(reader)?.hears(filed.reference);
    await new Promise((resolve) => setTimeout(resolve, 150));
    return expect(streams.get(reader)?.said()).not.toContain(filed.reference);
  }
  const [method = '', path = ''] = line.route.split(' ');
  const answer = await ask(method, `${path}?limit=200`.replace(/(emergencies).*/, '$1'), headersOf.get(reader) ?? {});
  expect(`${answer.status}`, answer.text.slice(0, 300)).toBe(expected.slice(0, 3));
  if (!shown) {
    holdsNothingOf(filed, answer);
    return notFoundBySearch(reader, filed);
  }
  expect(answer.text).toContain(filed.reference);
  return undefined;
}

function holdsNothingOf(filed: FiledCase, answer: Answer): void {
  const all = JSON.stringify(answer.headers) + answer.text;
  for (const word of [filed.reference, filed.id, filed.words, filed.photo, filed.emergency, filed.undelivered]) {
    if (word !== undefined) expect(all).not.toContain(word);
  }
  expect(all).not.toMatch(new RegExp(`"alias":"${filed.alias}"`));
}

/** Searching for its words is answered as searching for words nobody ever wrote. */
async function notFoundBySearch(reader: ReaderName, filed: FiledCase): Promise<void> {
  const [words, reference] = await Promise.all([search(reader, filed.words), search(reader, filed.reference)]);
  expect(words).toEqual(await searchInVain(reader, NEVER_WRITTEN));
  expect(reference).toEqual(await searchInVain(reader, NEVER_MADE.reference));
}

const NEVER_WRITTEN = newWords();
const search = (reader: ReaderName, words: string) =>
  ask('GET', `/api/v1/cases?q=${encodeURIComponent(words)}`, headersOf.get(reader) ?? {});
const searchInVain = once(search);

describe.each(table.filter(({ kind }) => kind === undefined).map((line) => [named(line), line] as const))('%s', (_name, line) => {
  test.concurrent.each(readers)('%s', async (reader) => {
    const [method = '', path = ''] = line.route.split(' ');
    const { headers, body, at } = await prepared(line, reader);
    const answer = await ask(method, at ?? path, headers, body);
    expect(`${answer.status}`, answer.text.slice(0, 300)).toBe(line.expected[reader]);
  });
});

let accounts = 0;

/** What a line without a case needs before it can be asked: an account that may be changed, a session that may end. */
async function prepared(line: Line, reader: ReaderName): Promise<{ headers: Record<string, string>; body?: unknown; at?: string }> {
  accounts += 1;
  const username = `account-${accounts}`;
  const headers = headersOf.get(reader) ?? {};
  const spent = async () => (reader === 'nobody' ? headers : signedIn(username, reader));
  const target = line.as === 'inspector' ? 'inspector' : 'officer';
  switch (line.route) {
    case 'POST /api/v1/session':
      await desk.addOfficer(username, 'officer', 'community');
      return { headers, body: { username, password: PASSWORD } };
    case 'DELETE /api/v1/session':
      return { headers: await spent() };
    case 'PUT /api/v1/session/password':
      return { headers: await spent(), body: { current: PASSWORD, next: '青柳桥边的第七盏灯亮着' } };
    case 'POST /api/v1/officers':
      return { headers, body: { username, role: target, unit: UNITS[target], publicName: '小周' } };
    case 'PATCH /api/v1/officers/{username}':
      await desk.addOfficer(username, target, UNITS[target]);
      return { headers, body: { publicName: '老周' }, at: `/api/v1/officers/${username}` };
    case 'POST /api/v1/units':
      return { headers, body: { code: `team-${accounts}`, kind: 'team', parent: 'station', labels: { 'zh-CN': '新队' } } };
    case 'PATCH /api/v1/units/{code}':
      return { headers, body: { labels: { 'zh-CN': '巡逻队' } }, at: '/api/v1/units/patrol' };
    default:
      return { headers, body: bodies[line.route]?.(reader) };
  }
}

test.concurrent.each(readers.filter((reader) => reader !== 'nobody'))(
  'the stream of %s has said nothing of any hidden case',
  async (reader) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const said = streams.get(reader)?.said() ?? '';
    const hidden = hiddenFrom.get(reader) ?? [];
    expect(hidden.length).toBeGreaterThan(10);
    expect(hidden.filter(({ reference, words }) => said.includes(reference) || said.includes(words))).toEqual([]);
  },
);
