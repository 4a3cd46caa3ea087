import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CaseworkRoom, caseworkRoom, DAY, HOUR } from './casework-room.ts';

let room: CaseworkRoom;
beforeEach(async () => {
  room = await caseworkRoom();
});
afterEach(() => room.end());

const answered = async (wanted: Parameters<CaseworkRoom['filed']>[0] = {}) => {
  const reference = await room.filed(wanted);
  await room.casework.answer(room.by(room.lin), reference, 'resolved', '棋牌室十点关门了。');
  return reference;
};
const status = async (reference: string) => (await room.shown(reference)).file.status;
const verbs = async (reference: string) => (await room.shown(reference)).events.map(({ verb }) => verb);
const owed = async (reference: string, of: string) =>
  (await room.shown(reference)).promises.filter(({ kind, keptAt }) => kind === of && keptAt === undefined);
const told = async () => (await room.told()).map(({ text }) => text);

describe('silence after an answer that was sent', () => {
  test('day 3: asked once more; day 7: closed as not confirmed, told, with one tap to contradict, and invited', async () => {
    const reference = await answered();
    await room.sent();
    await room.after(3 * DAY - 1);
    expect(await verbs(reference)).not.toContain('reminded');
    await room.after(1);
    expect(await verbs(reference)).toContain('reminded');
    expect((await told()).at(-1)).toContain('解决了吗');
    await room.sent();
    await room.after(4 * DAY - 1);
    expect(await status(reference)).toBe('answered');
    await room.after(1);
    expect((await room.shown(reference)).file).toMatchObject({ status: 'closed', confirmation: 'not-confirmed' });
    const closing = (await room.told()).find(({ text }) => text.includes('没有确认'));
    expect(closing?.buttons?.flat().map(({ tap }) => tap)).toEqual([`c:${reference}:unsolved`]);
    expect((await room.told()).some(({ buttons }) => buttons?.flat().some(({ tap }) => tap.startsWith('i:')))).toBe(true);
    expect(
      (await room.shown(reference)).promises.filter(({ kind, keptAt }) => keptAt === undefined && kind !== 'invitation-reminder'),
    ).toEqual([]);
  });

  test('the days count from when it was sent, not from when it was written', async () => {
    const reference = await answered();
    room.clock.now += 2 * DAY;
    await room.sent();
    await room.after(DAY);
    expect(await verbs(reference)).not.toContain('reminded');
    await room.after(2 * DAY);
    expect(await verbs(reference)).toContain('reminded');
  });

  test('a clock that stood still does not shorten the time between reminder and end', async () => {
    const reference = await answered();
    await room.sent();
    await room.after(20 * DAY);
    await room.sent();
    await room.after(2 * DAY);
    expect(await status(reference)).toBe('answered');
    await room.after(2 * DAY);
    expect(await status(reference)).toBe('closed');
  });

  test('what is dealt with is dealt with once', async () => {
    await answered();
    await room.sent();
    expect(await room.after(3 * DAY)).toBeGreaterThan(0);
    const after = await told();
    expect(await room.after(0)).toBe(0);
    expect(await told()).toEqual(after);
  });

  test('what the resident says stops the clock', async () => {
    const reference = await answered();
    await room.sent();
    await room.casework.reopen(room.by(room.lin), reference, '电话里说还在吵');
    await room.after(10 * DAY);
    expect(await status(reference)).toBe('in-progress');
    expect(await verbs(reference)).not.toContain('reminded');
  });
});

describe('an answer that did not get there', () => {
  test.each(['blocked', 'refused', 'held'] as const)(
    '%s: the owner is to reach the resident another way, and silence closes nothing',
    async (is) => {
      const reference = await answered();
      await room.sent({ is });
      await room.after(3 * DAY);
      expect(await owed(reference, 'reach-another-way')).toHaveLength(1);
      expect((await room.shown(reference)).file.dueWhy).toMatchObject({ promise: 'reach-another-way' });
      await room.after(60 * DAY);
      expect(await status(reference)).toBe('answered');
      expect(await room.casework.close(room.by(room.lead), reference, 'not-reached', '上门两次没人')).toMatchObject({ done: true });
    },
  );

  test('a page nobody opens: the owner hears of it after two working days and is to try another way on day 7', async () => {
    const reference = await answered();
    await room.sent({ is: 'sent', confirmed: false });
    await room.after(2 * DAY + 10 * HOUR);
    expect(await verbs(reference)).toContain('undelivered');
    expect(await owed(reference, 'reach-another-way')).toEqual([]);
    await room.after(5 * DAY);
    expect(await owed(reference, 'reach-another-way')).toHaveLength(1);
    await room.after(30 * DAY);
    expect(await status(reference)).toBe('answered');
  });

  test('read at last, the silence begins then', async () => {
    const reference = await answered();
    await room.sent({ is: 'sent', confirmed: false });
    await room.after(20 * DAY);
    await room.read();
    await room.after(2 * DAY);
    expect(await verbs(reference)).not.toContain('reminded');
    await room.after(DAY);
    await room.after(DAY);
    expect(await verbs(reference)).toContain('reminded');
    await room.sent();
    await room.after(3 * DAY);
    expect(await status(reference)).toBe('answered');
    await room.after(2 * DAY);
    expect(await status(reference)).toBe('closed');
  });

  test('the reminder counts too: not sent, nothing closes', async () => {
    const reference = await answered();
    await room.sent();
    await room.after(3 * DAY);
    await room.sent({ is: 'refused' });
    await room.after(10 * DAY);
    expect(await status(reference)).toBe('answered');
    expect(await owed(reference, 'reach-another-way')).toHaveLength(1);
  });

  test('a call written down is a try: the task is done with', async () => {
    const reference = await answered();
    await room.sent({ is: 'blocked' });
    await room.after(3 * DAY);
    await room.casework.note(room.by(room.lin), reference, '下午三点打过，没人接');
    expect(await owed(reference, 'reach-another-way')).toEqual([]);
    expect((await room.shown(reference)).file.dueAt).toBeUndefined();
  });
});

describe('a complaint', () => {
  test('is not closed on silence before somebody tried to call', async () => {
    const reference = await answered({ kind: 'complaint', about: 'service', team: room.unit('patrol') });
    await room.sent();
    await room.after(3 * DAY);
    await room.sent();
    await room.after(4 * DAY);
    expect(await owed(reference, 'call')).toHaveLength(1);
    await room.after(5 * DAY);
    expect(await status(reference)).toBe('answered');
    await room.casework.note(room.by(room.lin), reference, '打过电话，没人接');
    await room.after(DAY);
    expect(await status(reference)).toBe('closed');
  });
});

describe('what people must do', () => {
  test('a first answer that comes late is late on record, whatever happens after', async () => {
    const reference = await room.filed();
    const [promise] = await owed(reference, 'first-answer');
    await room.after(3 * DAY);
    await room.casework.reply(room.by(room.lin), reference, '对不起，来晚了，今晚去看。');
    const kept = (await room.shown(reference)).promises.find(({ kind }) => kind === 'first-answer');
    expect(kept?.dueAt).toBe(promise?.dueAt);
    expect(kept?.keptAt).toBeGreaterThan(kept?.dueAt ?? Infinity);
  });

  test('four weeks without a person’s words, and it is due', async () => {
    const reference = await room.filed();
    await room.casework.answer(room.by(room.lin), reference, 'resolved', '好了');
    await room.casework.reopen(room.by(room.lead), reference, '还有一半');
    await room.casework.reply(room.by(room.lin), reference, '施工方月底前答复，我盯着。');
    await room.after(28 * DAY - HOUR);
    expect((await room.shown(reference)).file.dueWhy?.promise).not.toBe('hear-from-us');
    const waiting = await owed(reference, 'hear-from-us');
    expect(waiting).toHaveLength(1);
    await room.casework.reply(room.by(room.lin), reference, '施工方回话了，周五换玻璃。');
    expect((await owed(reference, 'hear-from-us'))[0]?.dueAt).toBeGreaterThan(waiting[0]?.dueAt ?? Infinity);
  });

  test('an invitation is reminded of once', async () => {
    const reference = await answered();
    await room.casework.close(room.by(room.lin), reference, 'confirmed', '电话里说好了');
    await room.after(4 * DAY);
    const reminders = async () => (await told()).filter((text) => text.includes('您还没有评')).length;
    expect(await reminders()).toBe(1);
    await room.after(10 * DAY);
    expect(await reminders()).toBe(1);
  });
});
