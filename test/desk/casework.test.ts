import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Acted } from '../../src/store/store.ts';
import { type CaseworkRoom, caseworkRoom, DAY, HOUR, MONDAY } from './casework-room.ts';

let room: CaseworkRoom;
beforeEach(async () => {
  room = await caseworkRoom();
});
afterEach(() => room.end());

const refusal = (acted: Acted) => (acted.done ? undefined : { refuse: acted.refuse, ...acted.detail });
const lastWords = async () => (await room.told()).at(-1)?.text ?? '';

describe('from opened to answered', () => {
  test('accepting makes a case one’s own, and the resident hears that it is in somebody’s hands', async () => {
    const reference = await room.filed();
    expect(await room.casework.accept(room.by(room.lin), reference)).toMatchObject({ done: true, version: 2 });
    const { file, events } = await room.shown(reference);
    expect(file).toMatchObject({ status: 'in-progress', owner: room.lin.id });
    expect(events.map(({ verb }) => verb)).toEqual(['opened', 'accepted']);
    expect(await lastWords()).toContain('有人管了');
  });

  test('accepting does not keep the promise of a first answer: only a person’s words do', async () => {
    const reference = await room.filed();
    await room.casework.accept(room.by(room.lin), reference);
    const owed = async () => (await room.shown(reference)).promises.find(({ kind }) => kind === 'first-answer');
    expect(await owed()).not.toHaveProperty('keptAt');
    room.clock.now += HOUR;
    await room.casework.reply(room.by(room.lin), reference, '今晚十点我去现场看。');
    expect(await owed()).toMatchObject({ keptAt: MONDAY + HOUR });
    expect((await room.shown(reference)).file).toMatchObject({ firstAnsweredAt: MONDAY + HOUR, dueWhy: { promise: 'finish' } });
  });

  test('a reply to a case nobody owns makes it the writer’s, and is signed with name and unit', async () => {
    const reference = await room.filed();
    const acted = await room.casework.reply(room.by(room.lin), reference, '今晚十点我去现场看。');
    expect(acted).toMatchObject({ done: true, made: expect.any(String) });
    const { file, messages } = await room.shown(reference);
    expect(file).toMatchObject({ status: 'in-progress', owner: room.lin.id });
    expect(messages.at(-1)).toMatchObject({
      from: 'officer',
      text: '今晚十点我去现场看。',
      signature: `社区警务队 ${room.lin.publicName}`,
    });
  });

  test('a reply to another’s case is not one’s step, and names the owner’s as whose it is', async () => {
    const reference = await room.filed();
    await room.casework.accept(room.by(room.lin), reference);
    const before = await room.told();
    expect(refusal(await room.casework.reply(room.by(room.zhao), reference, '我也说一句'))).toMatchObject({
      refuse: 'not-your-step',
      who: 'owner',
    });
    expect(await room.told()).toEqual(before);
    expect(await room.casework.reply(room.by(room.lead), reference, '我是所长，这事我盯着。')).toMatchObject({ done: true });
    expect((await room.shown(reference)).file.owner).toBe(room.lin.id);
  });

  test('a note stays inside: no version, no word to the resident', async () => {
    const reference = await room.filed();
    const told = await room.told();
    expect(await room.casework.note(room.by(room.lin), reference, '老板姓王')).toMatchObject({ done: true, version: 1 });
    expect((await room.shown(reference)).notes).toMatchObject([{ officer: room.lin.id, text: '老板姓王' }]);
    expect(await room.told()).toEqual(told);
  });

  test('not ours: the reason and where instead reach the resident, and nothing is owed any more', async () => {
    const reference = await room.filed();
    expect(refusal(await room.casework.refuse(room.by(room.lin), reference, ' '))).toEqual({ refuse: 'invalid' });
    await room.casework.refuse(room.by(room.lin), reference, '这是城管的事', '城管热线 12319');
    const { file, promises } = await room.shown(reference);
    expect(file.status).toBe('not-accepted');
    expect(file.dueAt).toBeUndefined();
    expect(promises.filter(({ keptAt }) => keptAt === undefined)).toEqual([]);
    expect(await lastWords()).toContain('这是城管的事');
    expect(await lastWords()).toContain('城管热线 12319');
  });

  test('an answer asks whether that solves it, and promises a reminder and an end', async () => {
    const reference = await room.filed();
    await room.casework.answer(room.by(room.lin), reference, 'resolved', '棋牌室十点关门，写了保证书。');
    const { file, promises } = await room.shown(reference);
    expect(file).toMatchObject({ status: 'answered', outcome: 'resolved', answeredAt: MONDAY, owner: room.lin.id });
    expect(file.dueAt).toBeUndefined();
    const open = promises.filter(({ keptAt }) => keptAt === undefined).map(({ kind, dueAt }) => [kind, (dueAt - MONDAY) / DAY]);
    expect(open).toEqual([
      ['unread', expect.any(Number)],
      ['reminder', 3],
      ['closing', 7],
      ['hear-from-us', 28],
    ]);
    const [said, asked] = (await room.told()).slice(-2);
    expect(said).toMatchObject({ by: { kind: 'officer' } });
    expect(asked?.buttons?.flat().map(({ tap }) => tap)).toEqual([
      `c:${reference}:solved`,
      `c:${reference}:unsure:0`,
      `c:${reference}:unsolved`,
    ]);
  });

  test('only a lead signs that it stays unresolved', async () => {
    const reference = await room.filed();
    await room.casework.accept(room.by(room.lin), reference);
    expect(refusal(await room.casework.answer(room.by(room.lin), reference, 'unresolved', '没有办法'))).toEqual({
      refuse: 'not-your-step',
      who: 'lead',
    });
    expect(await room.casework.answer(room.by(room.lead), reference, 'unresolved', '房东不露面，月底再找一次。')).toMatchObject({
      done: true,
    });
  });
});

describe('whose it is', () => {
  test('a lead hands it out, takes it away and hands it to nobody', async () => {
    const reference = await room.filed();
    await room.casework.assign(room.by(room.lead), reference, 'zhao');
    expect((await room.shown(reference)).file).toMatchObject({ owner: room.zhao.id, status: 'in-progress' });
    await room.casework.assign(room.by(room.lead), reference, null, '他休假');
    const { file } = await room.shown(reference);
    expect(file.owner).toBeUndefined();
    expect(file.status).toBe('in-progress');
  });

  test('nobody is given what they could not work on', async () => {
    const reference = await room.filed();
    for (const name of ['inspector', 'administrator', 'nobody-here'])
      expect(refusal(await room.casework.assign(room.by(room.lead), reference, name))).toMatchObject({ refuse: 'invalid' });
    const about = await room.filed({ kind: 'complaint', about: 'service', team: room.unit('patrol') });
    expect(refusal(await room.casework.assign(room.by(room.lead), about, 'zhao'))).toMatchObject({ refuse: 'invalid' });
    expect(await room.casework.assign(room.by(room.lead), about, 'lin')).toMatchObject({ done: true });
  });

  test('an owner hands back once, with a reason; the second time it is not theirs to do', async () => {
    const reference = await room.filed();
    const owed = (await room.shown(reference)).file.dueAt;
    await room.casework.take(room.by(room.lin), reference);
    await room.casework.handBack(room.by(room.lin), reference, '这片归巡逻队');
    expect((await room.shown(reference)).file).toMatchObject({ status: 'opened', handedBack: 1, dueAt: owed });
    await room.casework.take(room.by(room.zhao), reference);
    expect(refusal(await room.casework.handBack(room.by(room.zhao), reference, '我也不行'))).toEqual({ refuse: 'not-allowed-now' });
  });

  test('what one saw must still be so', async () => {
    const reference = await room.filed();
    await room.casework.take(room.by(room.lin), reference);
    expect(await room.casework.reply(room.by(room.lin, { seen: 1 }), reference, '晚了一步')).toMatchObject({
      done: false,
      refuse: 'stale',
      changed: [{ verb: 'taken' }],
    });
  });
});

describe('the end', () => {
  const answered = async () => {
    const reference = await room.filed();
    await room.casework.answer(room.by(room.lin), reference, 'resolved', '好了');
    return reference;
  };

  test('on the resident’s word by phone it is closed; they are told, may contradict with one tap, and are invited to rate', async () => {
    const reference = await answered();
    await room.casework.close(room.by(room.lin), reference, 'confirmed', '电话里说好了');
    expect((await room.shown(reference)).file).toMatchObject({ status: 'closed', confirmation: 'confirmed' });
    const [closed, invited] = (await room.told()).slice(-2);
    expect(closed?.buttons?.flat().map(({ tap }) => tap)).toEqual([`c:${reference}:unsolved`]);
    expect(invited?.buttons?.flat()[0]?.tap).toMatch(/^i:/);
  });

  test('not reached is a lead’s word, and only where the answer did not get there', async () => {
    const reference = await answered();
    expect(refusal(await room.casework.close(room.by(room.lin), reference, 'not-reached', '打不通'))).toMatchObject({ who: 'lead' });
    await room.sent();
    expect(refusal(await room.casework.close(room.by(room.lead), reference, 'not-reached', '打不通'))).toEqual({
      refuse: 'not-allowed-now',
    });
    const other = await answered();
    await room.sent({ is: 'blocked' });
    expect(await room.casework.close(room.by(room.lead), other, 'not-reached', '两次电话都没人接')).toMatchObject({ done: true });
  });

  test('nobody at the desk says that silence is consent', async () => {
    const reference = await answered();
    expect(refusal(await room.casework.close(room.by(room.lead), reference, 'not-confirmed', '没回音'))).toEqual({
      refuse: 'not-allowed-now',
    });
  });

  test('reopened, it is owed a first answer and an end anew, and what was promised before stays on record', async () => {
    const reference = await answered();
    room.clock.now += 40 * HOUR;
    await room.casework.reopen(room.by(room.lin), reference, '又吵起来了');
    const { file, promises } = await room.shown(reference);
    expect(file).toMatchObject({ status: 'in-progress', reopened: 1, owner: room.lin.id });
    expect(file.outcome).toBeUndefined();
    const of = (kind: string) => promises.filter((promise) => promise.kind === kind).map(({ nth, keptAt }) => [nth, keptAt !== undefined]);
    expect(of('first-answer')).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(of('finish')).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(of('closing')).toEqual([[0, true]]);
  });

  test('after thirty days it does not come back', async () => {
    const reference = await answered();
    await room.casework.close(room.by(room.lin), reference, 'confirmed', '好了');
    room.clock.now += 30 * DAY + 1;
    expect(refusal(await room.casework.reopen(room.by(room.lead), reference, '又吵'))).toEqual({ refuse: 'not-allowed-now' });
  });

  test('taken back at the counter: in the resident’s words, nothing owed', async () => {
    const reference = await room.filed();
    await room.casework.withdraw(room.by(room.lin), reference, '自己谈好了，不用管了');
    const { file, promises, events } = await room.shown(reference);
    expect(file.status).toBe('withdrawn');
    expect(promises.every(({ keptAt }) => keptAt !== undefined)).toBe(true);
    expect(events.at(-1)).toMatchObject({ verb: 'withdrawn', reason: '自己谈好了，不用管了' });
  });
});

describe('complaints about police', () => {
  test('passed to inspection: sealed, out of the sight of who passed it on, owed to inspection, and the resident is told', async () => {
    const reference = await room.filed();
    await room.casework.take(room.by(room.lin), reference);
    expect(await room.casework.passToInspection(room.by(room.lin), reference, '信里说的是民警')).toMatchObject({ done: true });
    expect(refusal(await room.casework.reply(room.by(room.lin), reference, '我再说一句'))).toEqual({ refuse: 'not-found' });
    expect(refusal(await room.casework.reply(room.by(room.lead), reference, '我来看看'))).toEqual({ refuse: 'not-found' });
    const { file } = await room.shown(reference);
    expect(file).toMatchObject({ sealed: true, status: 'opened', unit: room.unit('inspection') });
    expect(file.owner).toBeUndefined();
    expect(file.dueWhy).toMatchObject({ promise: 'first-answer', target: 'P1D' });
    expect(await lastWords()).toContain('督察');
  });

  test('an inspector signs with the unit alone', async () => {
    const reference = await room.filed({ kind: 'complaint', about: 'officer', named: '窗口的老王' });
    await room.casework.reply(room.by(room.inspector), reference, '周三前给您回话。');
    const { messages } = await room.shown(reference);
    expect(messages.at(-1)?.signature).not.toContain(room.inspector.publicName);
    expect(messages.at(-1)?.signature).not.toBe('');
  });

  test('a service complaint is closed on someone’s word only by another than who answered it', async () => {
    const reference = await room.filed({ kind: 'complaint', about: 'service', team: room.unit('patrol') });
    await room.casework.answer(room.by(room.lin), reference, 'explained', '窗口少开了一个，从明天起加开。');
    expect(refusal(await room.casework.close(room.by(room.lin), reference, 'confirmed', '电话里说行'))).toMatchObject({
      refuse: 'not-your-step',
    });
    expect(await room.casework.close(room.by(room.lead), reference, 'confirmed', '我打电话核过')).toMatchObject({ done: true });
  });
});

describe('taken down for a resident', () => {
  test('it is routed, sealed and promised as the bot would, and the code is handed over once', async () => {
    const once = { route: 'POST /cases', key: 'key-1', bodyHash: 'hash' };
    const taken = { kind: 'complaint', about: 'officer', details: '办证时骂人', named: '3号窗口', source: 'counter' } as const;
    const made = await room.casework.open(room.by(room.lin, { once }), taken);
    expect(made).toMatchObject({ done: true, repeat: false, code: expect.stringMatching(/^[0-9A-Z]{8}$/) });
    const again = await room.casework.open(room.by(room.lin, { once }), taken);
    expect(again).toMatchObject({ done: true, repeat: true, reference: made.done && made.reference });
    expect(again).not.toHaveProperty('code');
    const { file, named } = await room.shown(made.done ? made.reference : '');
    expect(file).toMatchObject({ sealed: true, kind: 'complaint', about: 'officer' });
    expect(named).toBe('3号窗口');
  });

  test('what it names must be there, and an administrator opens nothing', async () => {
    const taken = { kind: 'problem', details: '路灯坏了', source: 'phone' } as const;
    expect(refusal(await room.casework.open(room.by(room.lin), { ...taken, unit: 'nowhere' }))).toEqual({
      refuse: 'invalid',
      pointer: '/unit',
    });
    expect(refusal(await room.casework.open(room.by(room.lin), { ...taken, topic: 'nothing' }))).toEqual({
      refuse: 'invalid',
      pointer: '/topic',
    });
    expect(refusal(await room.casework.open(room.by(room.lin), { ...taken, about: 'service' }))).toEqual({
      refuse: 'invalid',
      pointer: '/about',
    });
    expect(refusal(await room.casework.open(room.by(room.administrator), taken))).toEqual({ refuse: 'not-your-role' });
  });
});
