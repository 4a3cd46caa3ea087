import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Workbench, workbench } from './bench.ts';

const HOUR = 3_600_000;
const by = { kind: 'officer', signature: '李警官 青柳派出所' } as const;
const SEND = 'message/custom/send';

let bench: Workbench;
beforeEach(async () => {
  bench = await workbench();
});
afterEach(() => bench.end());
const written = async () => {
  const resident = bench.account.user();
  resident.say('在吗');
  await bench.account.settled();
  return resident;
};
const outcomes = async (openid: string, times: number) => {
  const all = [];
  for (let n = 1; n <= times; n += 1) all.push((await bench.tell(openid, { text: `第 ${n} 条`, by }).sending).is);
  return all;
};

test('an answer is raw UTF-8, signed, with its choices as numbers', async () => {
  const resident = await written();
  const buttons = [
    [
      { label: '解决了', tap: 'c:ABCD2345:solved' },
      { label: '还没解决', tap: 'c:ABCD2345:unsolved' },
    ],
  ];
  expect(await bench.tell(resident.openid, { text: '店家答应十点关音响😀', by, buttons }).sending).toEqual({ is: 'sent', confirmed: true });
  expect(resident.last()?.text).toBe('店家答应十点关音响😀\n—— 李警官 青柳派出所\n1. 解决了\n2. 还没解决\n回数字就行。');
  expect(bench.account.calls.filter(({ path }) => path === SEND).map(({ escaped }) => escaped)).toEqual([false]);
});

test('a long answer comes in messages of at most 2,048 bytes, no character torn, each part noted', async () => {
  const resident = await written();
  const text = '昨天晚上我们去现场看过了，店家答应十点以后不放音响。'.repeat(60);
  const { outbound, sending } = bench.tell(resident.openid, { text, by });
  expect(await sending).toMatchObject({ is: 'sent' });
  const told = resident.messages().filter(({ via }) => via === 'custom');
  for (const one of told) expect(Buffer.byteLength(one.text)).toBeLessThanOrEqual(2048);
  expect(told.map((one) => one.text).join('')).toContain(text);
  expect(bench.fake.settlements.map(({ outbound: of, part }) => [of, part])).toEqual(told.map((_, part) => [outbound.id, part]));
});

describe('the window', () => {
  test('five answers after a message, the sixth is held; the next message opens it again', async () => {
    const resident = await written();
    expect(await outcomes(resident.openid, 6)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'held']);
    expect(bench.account.calls.filter(({ errcode }) => errcode === 45047)).toEqual([]);
    resident.say('还在吗');
    await bench.account.settled();
    expect(await outcomes(resident.openid, 1)).toEqual(['sent']);
  });

  test('open at 47:59, shut at 48:01', async () => {
    const resident = await written();
    bench.fake.pass(48 * HOUR - 60_000);
    expect(await outcomes(resident.openid, 1)).toEqual(['sent']);
    bench.fake.pass(2 * 60_000);
    expect(await bench.tell(resident.openid, { text: '晚了', by }).sending).toEqual({ is: 'held', reason: 'window-shut' });
  });

  test('after a tap three within a minute', async () => {
    const resident = bench.account.user();
    resident.click('h:mine');
    await bench.account.settled();
    expect(await outcomes(resident.openid, 4)).toEqual(['sent', 'sent', 'sent', 'held']);
  });

  test('of whom nothing is known since the start WeChat decides', async () => {
    const resident = bench.account.user();
    expect(await bench.tell(resident.openid, { text: '在吗', by }).sending).toEqual({ is: 'held', reason: 'window-shut' });
    expect(bench.account.calls.map(({ errcode }) => errcode)).toContain(45015);
  });
});

describe('an errcode', () => {
  const meeting = async (errcode: number, times = Number.POSITIVE_INFINITY) => {
    const resident = await written();
    bench.account.faults = ({ path, nth }) => (path === SEND && nth <= times ? errcode : undefined);
    const outcome = await bench.tell(resident.openid, { text: '在', by }).sending;
    return { resident, outcome };
  };

  test.each([40001, 40014, 42001, 41001])('%i: another token, once, and the message goes', async (errcode) => {
    const { resident, outcome } = await meeting(errcode, 1);
    expect(outcome).toMatchObject({ is: 'sent' });
    expect(resident.last()?.text).toContain('在');
  });

  test('a token that stays refused is not asked for again and again', async () => {
    const { outcome } = await meeting(40001);
    expect(outcome).toMatchObject({ is: 'later', reason: 'token' });
    expect(bench.account.calls.filter(({ path }) => path === SEND)).toHaveLength(2);
    expect(bench.account.calls.filter(({ path }) => path === 'stable_token').length).toBeLessThanOrEqual(3);
  });

  test.each([
    [45015, { is: 'held', reason: 'window-shut' }],
    [45047, { is: 'held', reason: 'window-shut' }],
    [48001, { is: 'held', reason: 'no-right' }],
    [40003, { is: 'blocked', reason: 'not-following' }],
    [43004, { is: 'blocked', reason: 'not-following' }],
    [43019, { is: 'blocked', reason: 'not-following' }],
    [45009, { is: 'later', reason: 'told-to-wait' }],
    [45011, { is: 'later', reason: 'told-to-wait' }],
    [40164, { is: 'later', reason: 'operator' }],
    [45002, { is: 'refused', reason: 'text too long' }],
    [99999, { is: 'refused', reason: 'errcode 99999' }],
  ])('%i is what it means', async (errcode, outcome) => {
    expect((await meeting(errcode)).outcome).toMatchObject(outcome);
    expect(bench.notes.some((note) => note.includes(String(errcode)))).toBe(true);
  });

  test('-1: busy, and goes soon', async () => {
    const { resident, outcome } = await meeting(-1, 1);
    expect(outcome).toEqual({ is: 'later', at: bench.fake.desk.now() + 2_000, reason: 'busy' });
    expect((await bench.tell(resident.openid, { text: '在' }).sending).is).toBe('sent');
  });

  test('48001 is said once, not with every message', async () => {
    const { resident } = await meeting(48001);
    await outcomes(resident.openid, 3);
    expect(bench.notes.filter((note) => note.includes('48001'))).toHaveLength(1);
  });
});

test('one token for all that is sent at once', async () => {
  const residents = await Promise.all(Array.from({ length: 20 }, written));
  const before = bench.account.calls.filter(({ path }) => path === 'stable_token').length;
  bench.account.revokeTokens();
  const all = await Promise.all(residents.map(({ openid }) => bench.tell(openid, { text: '在' }).sending));
  expect(all.map(({ is }) => is)).toEqual(residents.map(() => 'sent'));
  expect(bench.account.calls.filter(({ path }) => path === 'stable_token').length - before).toBeLessThanOrEqual(2);
});

test.each([
  [{ is: 'reset', accepted: true }, 'unknown'],
  [{ is: 'reset', accepted: false }, 'unknown'],
  [{ is: 'garbage' }, 'unknown'],
  [{ is: '500' }, 'unknown'],
] as const)('%o: nobody knows whether it went', async (fault, is) => {
  const resident = await written();
  bench.account.faults = ({ path }) => (path === SEND ? fault : undefined);
  expect((await bench.tell(resident.openid, { text: '在' }).sending).is).toBe(is);
});

describe('files', () => {
  const fileOf = async (send: (resident: ReturnType<Workbench['account']['user']>) => unknown) => {
    send(bench.account.user());
    await bench.account.settled();
    const input = bench.fake.inbounds.at(-1)?.input;
    if (input?.type !== 'media' || !input.items[0]) throw new Error('no file came');
    return input.items[0];
  };

  test('come within their three days, videos from where they lie', async () => {
    const bytes = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
    const photo = await fileOf((resident) => resident.image(bytes));
    expect(Buffer.from((await bench.channel.fetch(photo)) as Uint8Array)).toEqual(bytes);
    const film = await fileOf((resident) => resident.video(Buffer.from('film')));
    expect(Buffer.from((await bench.channel.fetch(film)) as Uint8Array).toString()).toBe('film');
  });

  test('are gone afterwards', async () => {
    const photo = await fileOf((resident) => resident.image());
    bench.fake.pass(73 * HOUR);
    expect(await bench.channel.fetch(photo)).toEqual({ lost: 'gone' });
  });
});

test('the menu has the doors, and a tap on it is a tap', async () => {
  await bench.account.until(() => bench.account.menu !== undefined);
  const resident = bench.account.user();
  expect(resident.menu()).toEqual(['说件事', '求助', '我的事', '评一评', '找人', 'English', '中文']);
  resident.press('我的事');
  await bench.account.settled();
  expect(bench.fake.inbounds.at(-1)?.input).toEqual({ type: 'tap', tap: { on: 'home', door: 'mine' } });
});

test('answers in sealed cases show only that they are there: one notice for all that waits, until the resident writes', async () => {
  const resident = await written();
  const veiled = (text: string) => bench.tell(resident.openid, { text, by }, { veiled: true }).sending;
  expect([await veiled('督察的话'), await veiled('还有一句')]).toEqual([
    { is: 'sent', confirmed: false },
    { is: 'sent', confirmed: false },
  ]);
  expect(resident.messages().filter(({ via }) => via === 'custom')).toMatchObject([
    { text: '有一条给您的答复。回一个“看”字，就显示内容。' },
  ]);
  expect(JSON.stringify(bench.account.calls)).not.toContain('督察');
  resident.say('看');
  await bench.account.settled();
  await veiled('第三句');
  expect(resident.messages().filter(({ via }) => via === 'custom')).toHaveLength(2);
});
