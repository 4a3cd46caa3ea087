import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import {
  acting,
  deciding,
  file,
  inbound,
  nothing,
  officer,
  render,
  replying,
  START,
  saying,
  scopeFor,
} from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
beforeEach(async () => {
  adapter = await sqliteAdapter();
  store = await adapter.open();
});
afterEach(() => adapter.dispose());

/** Every byte in the data folder, the write-ahead log included. */
const bytes = (): Buffer => Buffer.concat(readdirSync(adapter.dataDir).map((name) => readFileSync(join(adapter.dataDir, name))));

function expectNowhere(...hidden: readonly (string | Uint8Array)[]): void {
  const all = bytes();
  expect(all.length).toBeGreaterThan(100_000);
  for (const word of hidden) {
    expect(all.includes(Buffer.from(word)), `found ${String(word)}`).toBe(false);
    if (typeof word === 'string') expect(all.includes(Buffer.from(word, 'utf16le')), `found ${word} in UTF-16`).toBe(false);
  }
}

/** The conversation's id wherever a row could hold it in clear, with what a sealed case shows. */
const tied = (conversation: string): boolean => bytes().includes(Buffer.from(conversation));

test('an address that is forgotten is in no byte, sealed neither, and an update nobody could read goes with it', async () => {
  const who = { address: 'openid-99887766' };
  await store.takeTurn(
    inbound({ type: 'unknown', what: 'card' }, { ...who, raw: '{"from":"openid-99887766"}' }),
    saying({ key: 'what' }),
    render,
  );
  await store.close();
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'), { readonly: true });
  const address = raw.prepare('select address from conversations').pluck().get() as Buffer;
  const update = raw.prepare('select sealed from raw_inbound').pluck().get() as Buffer;
  raw.close();
  expect(bytes().includes(address)).toBe(true);
  store = await adapter.open();
  const leaving = inbound({ type: 'reachability', to: 'left' }, who);
  await store.takeTurn(leaving, deciding([{ do: 'setConversation', reachable: false, forgetAddress: true }]), render);
  expectNowhere(address, update, 'openid-99887766');
});

test('after filing under seal the files hold no word, no address, no code, no key', async () => {
  const fileKey = new Uint8Array(32).map((_, at) => at + 100);
  await store.takeTurn(inbound('我要投诉周志远', { address: 'telegram-99887766' }), saying({ key: 'report:details.ask' }), render);
  const form = (await store.readThread('web', 'web', 'telegram-99887766', 0, 1))[0]!.id;
  await store.takeTurn(
    inbound(
      { type: 'media', items: [{ id: 'm1', kind: 'photo', state: 'stored', fileKey, shownName: '厚信封照片.jpg' }], caption: '这是为凭' },
      { address: 'telegram-99887766' },
    ),
    nothing,
    render,
  );
  const filed = await file(
    store,
    '他收了两千块钱',
    { kind: 'complaint', about: 'officer', sealed: true },
    {
      address: 'telegram-99887766',
      formTurns: [form],
      content: {
        summary: '钞票塞铁皮匣',
        named: '周志远',
        answers: [{ step: 'details', asked: '怎么回事？', locale: 'zh-CN', value: '', shown: '他收了两千块钱' }],
      },
      contact: { name: '陈桂芳', phone: '13900001111' },
      say: [{ key: 'report:filed', case: 'this', secret: 'Q7W8-E9R0' }],
    },
  );
  const inspector = await officer(store, 'inspector', 'inspection');
  await acting(store, inspector, filed.file.reference, (head) => ({
    changes: [
      { do: 'note', case: head!.id, officer: inspector.id, text: '先调探镜' },
      { do: 'event', case: head!.id, verb: 'noted', actor: { kind: 'officer', officer: inspector.id }, reason: '内部核查', quiet: true },
    ],
    say: [{ key: 'reply', case: head!.id, by: { officer: inspector.id, signature: '督察队', text: '我们已经在查' } }],
  }));
  expectNowhere('周志远', '两千块', '钞票', '厚信封', '为凭', '陈桂芳', '13900001111', '探镜', '内部核查', '已经在查', '怎么回事');
  expectNowhere('telegram-99887766', filed.code, 'Q7W8-E9R0', fileKey, Buffer.from(fileKey).toString('base64'));
});

test('an ordinary case keeps its words to itself too, in the search index as well', async () => {
  await file(store, '梧桐苑七栋铙钹齐鸣', {}, { address: 'telegram-99887766' });
  expectNowhere('梧桐苑', '铙钹', '钹齐', 'telegram-99887766');
});

test('under seal no row leads from the case to its conversation', async () => {
  await store.takeTurn(inbound('填表', { address: 'resident-two' }), saying({ key: 'ask' }), render);
  const [form] = await store.readThread('web', 'web', 'resident-two', 0, 1);
  const filed = await file(
    store,
    '他骂人',
    { kind: 'complaint', about: 'officer', sealed: true },
    { address: 'resident-two', formTurns: [form!.id] },
  );
  await store.close();
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'), { readonly: true });
  const rows = raw.prepare('select conversation, lane, case_id from messages').all();
  expect(rows).toHaveLength(3);
  expect(rows.every((row) => (row as { conversation: unknown }).conversation === null)).toBe(true);
  expect(raw.prepare('select conversation from cases').pluck().all()).toEqual([null]);
  const naming = raw
    .prepare<[], { name: string }>("select name from sqlite_master where type = 'table' and name not like 'search%'")
    .all()
    .filter(({ name }) =>
      raw
        .prepare(`select * from ${name}`)
        .all()
        .some((row) => Object.values(row as object).includes(filed.conversation)),
    );
  expect(naming.map(({ name }) => name)).toEqual(['conversations']);
  raw.close();
  store = await adapter.open();
});

test('under seal what answers a tap of the conversation does not name the tap', async () => {
  const who = { address: 'resident-three' };
  const filed = await file(store, '他骂人', { kind: 'complaint', about: 'officer', sealed: true }, who);
  const show = inbound({ type: 'tap', tap: { on: 'case', reference: filed.file.reference, act: 'show' } }, who);
  await store.takeTurn(show, saying({ key: 'status', case: filed.file.id }), render);
  expect((await store.takeTurn(show, nothing, render)).outbound.map(({ body }) => body.text)).toEqual(['status/zh-CN']);
  await store.close();
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'), { readonly: true });
  const joined = raw
    .prepare(
      'select m.id from messages m join messages i on i.id = m.in_reply_to where m.case_id is not null and i.conversation is not null',
    )
    .all();
  expect(joined).toEqual([]);
  expect(raw.prepare('select count(*) from messages where conversation is not null').pluck().get()).toBe(1);
  raw.close();
  store = await adapter.open();
});

test('a message that lies in a sealed case stays there, whatever another case asks for', async () => {
  const who = { address: 'resident-five' };
  const photo = { id: 'p1', kind: 'photo', state: 'stored' } as const;
  await store.takeTurn(inbound({ type: 'media', items: [photo], caption: '他收了信封' }, who), nothing, render);
  const [said] = await store.readThread('web', 'web', who.address, 0, 1);
  const sealed = await file(store, '他骂人', { kind: 'complaint', about: 'officer', sealed: true }, { ...who, messages: [said!.id] });
  const ordinary = await file(store, '路灯坏了', {}, { ...who, messages: [said!.id] });
  const read = async (by: Officer, reference: string) => (await store.readCase(scopeFor(store, by), by.id, reference))?.messages;
  const lead = await officer(store, 'lead', 'station');
  const inspector = await officer(store, 'inspector', 'inspection');
  expect((await read(inspector, sealed.file.reference))?.map(({ text, media }) => [text, media.length])).toEqual([['他收了信封', 1]]);
  expect((await read(lead, ordinary.file.reference)) ?? []).toEqual([]);
});

test('a case that goes under seal later takes what tied its answers to the conversation away', async () => {
  const who = { address: 'resident-four' };
  const filed = await file(store, '他骂人', { kind: 'problem', sealed: false }, who);
  const show = inbound({ type: 'tap', tap: { on: 'case', reference: filed.file.reference, act: 'show' } }, who);
  await store.takeTurn(show, saying({ key: 'status', case: filed.file.id }), render);
  const lead = await officer(store, 'lead', 'station');
  await acting(store, lead, filed.file.reference, (head) => ({ changes: [{ do: 'seal', case: head!.id }], say: [] }));
  await store.close();
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'), { readonly: true });
  const joined = raw
    .prepare(
      'select m.id from messages m join messages i on i.id = m.in_reply_to where m.case_id is not null and i.conversation is not null',
    )
    .all();
  expect(joined).toEqual([]);
  raw.close();
  store = await adapter.open();
});

test('under seal neither names, parts, albums nor files still to be pulled lead from the case to its conversation', async () => {
  const who = { address: 'resident-two' };
  const photo = (id: string, knownAs: string, caption: string) =>
    inbound(
      {
        type: 'media',
        items: [{ id, kind: 'photo', state: 'stub', why: 'not-fetched', fetchRef: `fetched-by-${id}` }],
        group: 'g',
        caption,
      },
      { ...who, knownAs },
    );
  let album = '';
  await store.takeTurn(
    photo('m1', 'resident-two/1', '厚信封'),
    (desk) => {
      album = desk.message.id;
      return { changes: [], say: [{ key: 'got-1', at: START + 1_500, replaces: 'album' }] };
    },
    render,
  );
  await store.takeTurn(photo('m2', 'resident-two/2', '铁皮匣'), saying({ key: 'got-2', at: START + 1_500, replaces: 'album' }), render);
  const filed = await file(
    store,
    '他骂人',
    { kind: 'complaint', about: 'officer', sealed: true },
    { ...who, formTurns: [album], say: [{ key: 'report:filed', case: 'this' }] },
  );
  await store.takeTurn(inbound({ type: 'edited', text: '第二个铁皮匣', messageId: 'resident-two/2' }, who), nothing, render);
  await store.takeTurn(
    { ...photo('m3', 'resident-two/5', '大厅里'), input: { type: 'media', items: [], group: 'h', caption: '大厅里' } },
    (desk) => ({ changes: [{ do: 'fileMessages', case: filed.file.id, messages: [desk.message.id] }], say: [] }),
    render,
  );
  const later = photo('m4', 'resident-two/6', '铁皮门');
  await store.takeTurn({ ...later, input: { ...later.input, group: 'h' } as typeof later.input }, saying({ key: 'kept' }), render);
  const [first] = (await store.claim(10, START + 60_000)).outbound;
  await store.settle([
    { outbound: first!.id, part: 0, outcome: { is: 'sent', knownAs: 'resident-two/3', confirmed: true } },
    { outbound: first!.id, outcome: { is: 'sent', knownAs: 'resident-two/4', confirmed: true } },
  ]);
  await store.settle([], [{ media: { id: 'm1', kind: 'photo', state: 'stub', why: 'gone' }, say: { key: 'file:gone' } }], render);
  const thread = await store.readThread('web', 'web', who.address, 0, 10);
  expect(thread[0]?.body).toMatchObject({ text: '厚信封\n第二个铁皮匣', media: [{ why: 'gone' }, { why: 'not-fetched' }] });
  await store.close();
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'), { readonly: true });
  // The edit itself, which holds no word, is all that the conversation keeps.
  const rows = raw.prepare('select conversation, lane, length(body) as length from messages where conversation is not null or lane = ?');
  expect(rows.all(filed.conversation)).toHaveLength(1);
  const named = (table: string) =>
    raw
      .prepare(`select * from ${table}`)
      .all()
      .some((row) => Object.values(row as object).includes(filed.conversation));
  expect(['attachments', 'outbound_parts', 'cases', 'case_ties'].filter(named)).toEqual([]);
  raw.close();
  expectNowhere('厚信封', '铁皮匣', '铁皮门', '大厅里', 'resident-two', 'fetched-by');
  store = await adapter.open();
});

test('after passing a case to inspection neither file nor log ties it to its conversation, nor holds a search row of it', async () => {
  const lead = await officer(store, 'lead', 'station');
  await officer(store, 'inspector', 'inspection');
  const filed = await file(
    store,
    '铁皮匣里有人收厚信封',
    {},
    { address: 'resident-two', say: [{ key: 'report:filed', case: 'this', secret: 'SECRET-CODE' }] },
  );
  await acting(store, lead, filed.file.reference, replying(lead, '我看看'));
  expect(tied(filed.conversation)).toBe(true);
  await acting(store, lead, filed.file.reference, (head) => ({
    changes: [
      { do: 'event', case: head!.id, verb: 'passed-to-inspection', actor: { kind: 'officer', officer: lead.id } },
      { do: 'seal', case: head!.id },
    ],
    say: [],
  }));
  expectNowhere('铁皮匣', '厚信封', '我看看', 'resident-two', 'SECRET-CODE');
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'), { readonly: true });
  expect(raw.prepare('select count(*) from messages where conversation is not null or lane = ?').pluck().get(filed.conversation)).toBe(0);
  expect(raw.prepare('select count(*) from search_docsize').pluck().get()).toBe(0);
  raw.close();
  // In clear the id stands in the conversation's own row and its keys, and nowhere beside a case or a message.
  const all = bytes();
  let at = -1;
  let times = 0;
  for (;;) {
    at = all.indexOf(Buffer.from(filed.conversation), at + 1);
    if (at < 0) break;
    times += 1;
  }
  expect(times).toBeLessThanOrEqual(2);
});

test('a blob moved to another row, or changed by one bit, does not open', async () => {
  await store.takeTurn(inbound('一'), nothing, render);
  await store.takeTurn(inbound('二'), nothing, render);
  await store.close();
  const { default: Database } = await import('better-sqlite3');
  const raw = new Database(join(adapter.dataDir, 'tiexin.db'));
  raw.exec('update messages set body = (select body from messages where seq = 2) where seq = 1');
  raw.close();
  store = await adapter.open();
  await expect(store.readThread('web', 'web', 'resident-one', 0, 10)).rejects.toThrow();
});

test('a database of another key is refused, not misread', async () => {
  await store.takeTurn(inbound('一'), nothing, render);
  await store.close();
  const { openSqliteStore } = await import('../../src/store/sqlite/open.ts');
  const other = openSqliteStore({ dataDir: adapter.dataDir, key: new Uint8Array(32).fill(8), zone: 'Asia/Shanghai', serve: true });
  await expect(other).rejects.toThrow('wrong-key');
  store = await adapter.open();
});
