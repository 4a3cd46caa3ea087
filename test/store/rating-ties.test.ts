import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change, DecideTurn } from '../../src/domain/decision.ts';
import type { RatingGiven } from '../../src/domain/rating.ts';
import type { Store } from '../../src/store/store.ts';
import { acting, deciding, file, inbound, officer, render, START, scopeFor } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from './adapter.ts';

const DAY_MS = 86_400_000;

let adapter: Awaited<ReturnType<typeof sqliteAdapter>>;
let store: Store;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  adapter = await sqliteAdapter();
  store = await adapter.open();
});
afterEach(async () => {
  await adapter.dispose();
  vi.useRealTimers();
});

const EXPIRES = START + 7 * DAY_MS;
/** Past the midnight after the invitation's last day. */
const THE_DAY_AFTER = EXPIRES + DAY_MS;

async function tidyNow(): Promise<void> {
  vi.advanceTimersByTime(60_000);
  await store.settle([]);
}

const rows = (sql: string): unknown[] => adapter.connection().prepare(sql).all();
const count = (sql: string): unknown => adapter.connection().prepare(sql).pluck().get();
/** All that a table holds, readable or not. */
const everything = (): Record<string, unknown[]> =>
  Object.fromEntries(
    adapter
      .connection()
      .prepare<[], string>("select name from sqlite_master where type = 'table' and name not like 'search%' and name not like 'sqlite%'")
      .pluck()
      .all()
      .map((name) => [name, rows(`select * from "${name}"`)]),
  );

/** A closed case of this resident's, and the system's invitation. */
async function invited(nth: number): Promise<string> {
  const lead = await officer(store, 'lead', 'station');
  const { file: head } = await file(store, `第 ${nth} 盏路灯坏了`, {}, { address: `resident-${nth}` });
  const invitation = `invitation-${nth}`;
  const invite: Change = { do: 'invite', contact: `contact-${nth}`, invitation, case: head.id, source: 'invited', expiresAt: EXPIRES };
  await acting(store, lead, head.reference, () => ({ changes: [invite], say: [] }));
  return invitation;
}

/** Fills the form in two turns, and says something of their own beside it. */
async function rates(nth: number, invitation: string, rating: RatingGiven): Promise<readonly string[]> {
  const who = { address: `resident-${nth}` };
  const turns: string[] = [];
  const saying =
    (...changes: Change[]): DecideTurn =>
    (desk) => {
      turns.push(desk.message.id);
      const useInvitation = changes.map((change) => (change.do === 'useInvitation' ? { ...change, turns: [...turns] } : change));
      return { changes: useInvitation, say: [{ key: `asked-${turns.length}` }] };
    };
  const intake = { id: 'form', flow: 'rate', subject: invitation, answers: { level: 2 }, skipped: [], done: [], misses: 0 };
  const open = { ...intake, status: 'open' as const, startedAt: START, touchedAt: START, messages: [] };
  const memory = { intake: open, parked: [], loose: [], lastTexts: ['别的话', '他骂了我'], sealedCases: [], guestCases: [], greeted: true };
  await store.takeTurn(inbound('★★', who), saying({ do: 'remember', memory }), render);
  await store.takeTurn(inbound('他骂了我', who), saying({ do: 'useInvitation', invitation, rating, turns: [] }), render);
  await store.takeTurn(inbound('路灯又亮了', who), deciding([]), render);
  return turns;
}

const given = (level: 1 | 2 | 3 | 4 | 5, comment?: string): RatingGiven => ({
  level,
  reasonsVersion: 1,
  reasons: ['slow'],
  ...(comment !== undefined && { comment }),
});
const texts = async (nth: number): Promise<readonly string[]> =>
  (await store.readThread('web', 'web', `resident-${nth}`, 0, 100)).map(({ body }) => body.text);

test('until its day a rating can be changed, and what it was is kept, and no inspector sees it; then it stays as it is', async () => {
  const invitation = await invited(1);
  await rates(1, invitation, given(2, '他骂了我'));
  await rates(1, invitation, given(4, '后来道歉了'));
  const inspector = await officer(store, 'inspector', 'inspection');
  const found = async () => (await store.findRatings(scopeFor(store, inspector), undefined, 10)).items;
  expect(await found()).toEqual([]);
  expect(count('select earlier from ratings')).toBe(JSON.stringify([{ level: 2, reasonsVersion: 1, reasons: ['slow'] }]));
  adapter.clock.now = THE_DAY_AFTER;
  await tidyNow();
  await expect(rates(1, invitation, given(5))).rejects.toMatchObject({ code: 'already-done' });
  expect(await found()).toMatchObject([{ level: 4, comment: '后来道歉了' }]);
});

test('on its day all that leads from it to who gave it is gone, and what they said beside it stays', async () => {
  const invitation = await invited(1);
  const turns = [...(await rates(1, invitation, given(2))), ...(await rates(1, invitation, given(1, '他骂了我')))];
  const ofTurns = `select count(*) from messages where id in ('${turns.join("','")}') or in_reply_to in ('${turns.join("','")}')`;
  adapter.clock.now = EXPIRES - DAY_MS;
  await tidyNow();
  expect([count(ofTurns), count('select count(*) from rating_ties'), count("select count(*) from keys where of = 'tie'")]).toEqual([
    8, 1, 2,
  ]);
  const touched = rows('select touched_at from conversations');

  adapter.clock.now = THE_DAY_AFTER;
  await tidyNow();
  expect([count(ofTurns), count('select count(*) from rating_ties'), count("select count(*) from keys where of = 'tie'")]).toEqual([
    0, 0, 0,
  ]);
  expect(count('select count(*) from invitations')).toBe(0);
  expect(rows('select touched_at from conversations')).toEqual(touched);
  expect((await texts(1)).filter((text) => /★|骂|asked/.test(text))).toEqual([]);
  expect((await texts(1)).filter((text) => text === '路灯又亮了')).toHaveLength(2);
  let memory: unknown;
  await store.takeTurn(
    inbound('?', { address: 'resident-1' }),
    (desk) => {
      memory = desk.conversation.memory;
      return { changes: [], say: [] };
    },
    render,
  );
  expect(memory).toMatchObject({ lastTexts: ['别的话'], parked: [] });
  expect(memory).not.toHaveProperty('intake');
  expect(count('select count(*) from ratings')).toBe(1);
});

test('afterwards who rated and who did not look alike: nothing in the database but the rating itself tells that there was one', async () => {
  await rates(1, await invited(1), given(1, '他骂了我'));
  await invited(2);
  const who = { address: 'resident-2' };
  await store.takeTurn(inbound('路灯又亮了', who), deciding([]), render);
  adapter.clock.now = THE_DAY_AFTER;
  await tidyNow();
  const { ratings, contacts, invitations, rating_ties: ties, audit, ...others } = everything();
  expect([ratings?.length, contacts?.length, invitations?.length, ties?.length]).toEqual([1, 2, 0, 0]);
  const [rating] = ratings as { id: string; officer: string | null }[];
  // Neither the rating's name nor the contact's stands anywhere else.
  for (const [table, held] of Object.entries({ ...others, audit })) {
    expect([table, JSON.stringify(held).includes(rating!.id)]).toEqual([table, false]);
    expect([table, /contact-[12]|invitation-[12]/.test(JSON.stringify(held))]).toEqual([table, false]);
  }
  expect(count("select count(*) from keys where of = 'rating' and created_at is not null")).toBe(0);
});

test('words that raised an alarm stay with the alarm', async () => {
  const invitation = await invited(1);
  const who = { address: 'resident-1' };
  const station = store.catalogue().rootStation;
  await store.takeTurn(
    inbound('他现在拿刀砍人', who),
    (desk) => ({
      changes: [
        { do: 'raiseEmergency', id: 'alarm', level: 'now', station, toInspection: false, rule: 'r', ruleDate: '2026-01-01' },
        { do: 'useInvitation', invitation, rating: given(1), turns: [desk.message.id] },
      ],
      say: [],
    }),
    render,
  );
  adapter.clock.now = THE_DAY_AFTER;
  await tidyNow();
  expect(await texts(1)).toContain('他现在拿刀砍人');
  expect(count('select count(*) from rating_ties')).toBe(0);
});

test('on that day nothing tells who was reminded either: they had not rated by then', async () => {
  await invited(1);
  await invited(2);
  const lead = await officer(store, 'lead', 'station');
  const [reminded] = (await store.findCases(scopeFor(store, lead), lead.id, { sort: 'opened', limit: 2 })).items;
  const { id, reference } = reminded!.file;
  const owed: Change = { do: 'promise', case: id, kind: 'invitation-reminder', nth: 0, dueAt: START + 4 * DAY_MS };
  await acting(store, lead, reference, () => ({ changes: [owed], say: [] }));
  adapter.clock.now = START + 4 * DAY_MS;
  const say = [{ key: 'clock:invitation', case: id, private: true as const }];
  const { outbound } = await store.tick(adapter.clock.now, 10, () => ({ changes: [], say }), render);
  await store.settle(outbound.map((one) => ({ outbound: one.id, outcome: { is: 'sent', confirmed: true } })));
  const reminders = "select count(*) from messages where purpose = 'invitation-reminder'";
  expect(count(reminders)).toBe(1);
  const view = await store.readCase(scopeFor(store, lead), lead.id, reference);
  expect(JSON.stringify(view?.messages)).not.toContain('clock:invitation');
  adapter.clock.now = THE_DAY_AFTER;
  await tidyNow();
  expect(count(reminders)).toBe(0);
});
