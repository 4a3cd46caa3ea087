import { afterEach, describe, expect, test } from 'vitest';
import type { NoticeTemplate } from '../../../src/channels/wechat/notice.ts';
import type { Outbound } from '../../../src/domain/message.ts';
import { type Workbench, workbench } from './bench.ts';

const HOUR = 3_600_000;
const by = { kind: 'officer', signature: '李警官 青柳派出所' } as const;
const ASKED = 'message/template/send';
const TEMPLATE = 'ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY';
const notice: NoticeTemplate = { template: TEMPLATE, fields: ['thing1', 'thing3'] };
const WORDS = '有给您的消息，来信就看得到';
const CONTENT = '店家答应十点关音响';

let bench: Workbench;
afterEach(() => bench.end());
const opened = async (set: NoticeTemplate | undefined = notice) => {
  bench = await workbench(set && { notice: set });
  const content = '您有一条回复。{{thing1.DATA}}（{{thing3.DATA}}）';
  bench.account.addTemplate({ template_id: TEMPLATE, title: '回复提醒', content, subscription: false });
};
type Somebody = ReturnType<Workbench['account']['user']>;
const writes = async (resident: Somebody) => {
  resident.say('在吗');
  await bench.account.settled();
};
const answers = async (resident: Somebody, times: number, more: Partial<Outbound> = {}, who: Outbound['body']['by'] = by) => {
  const all = [];
  for (let n = 1; n <= times; n += 1) all.push((await bench.tell(resident.openid, { text: CONTENT, by: who }, more).sending).is);
  await bench.account.settled();
  return all;
};
/** The sixth answer, after five that went. */
const sixth = async (resident: Somebody) => {
  await writes(resident);
  expect(await answers(resident, 6)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'held']);
};
const asked = () => bench.account.calls.filter(({ path }) => path === ASKED);
const notices = (resident: Somebody) => resident.messages().filter(({ via }) => via === 'template');

test('the sixth answer is held, and one notice says that it waits, not what it says', async () => {
  await opened();
  const resident = bench.account.user();
  await sixth(resident);
  expect(notices(resident)).toMatchObject([{ text: `您有一条回复。${WORDS}（${WORDS}）` }]);
  expect(asked().map(({ payload }) => payload)).toEqual([
    { touser: resident.openid, template_id: TEMPLATE, data: { thing1: { value: WORDS }, thing3: { value: WORDS } } },
  ]);
  expect(await answers(resident, 1)).toEqual(['held']);
  expect(asked()).toHaveLength(1);
});

test('who writes is answered, and told again of what is held later', async () => {
  await opened();
  const resident = bench.account.user();
  await sixth(resident);
  await sixth(resident);
  expect(notices(resident)).toHaveLength(2);
  bench.fake.pass(49 * HOUR);
  expect(await answers(resident, 1)).toEqual(['held']);
  expect(notices(resident)).toHaveLength(2);
});

test.each([
  [45015, 'window-shut'],
  [45047, 'window-shut'],
  [48001, 'no-right'],
])('what WeChat itself shuts out is told of too: %i', async (errcode, reason) => {
  await opened();
  const resident = bench.account.user();
  bench.account.faults = ({ path }) => (path === 'message/custom/send' ? errcode : undefined);
  expect(await bench.tell(resident.openid, { text: CONTENT, by }).sending).toEqual({ is: 'held', reason });
  await bench.account.settled();
  expect(notices(resident)).toHaveLength(1);
});

test('what the desk itself says is told of too: an officer’s answer may stand behind it', async () => {
  await opened();
  const resident = bench.account.user();
  expect(await answers(resident, 1, {}, { kind: 'bot' })).toEqual(['held']);
  expect(notices(resident)).toHaveLength(1);
});

test('of an answer in a sealed case it says the same', async () => {
  await opened();
  const resident = bench.account.user();
  expect(await answers(resident, 1, { veiled: true })).toEqual(['held']);
  expect(notices(resident)).toMatchObject([{ text: `您有一条回复。${WORDS}（${WORDS}）` }]);
  expect(JSON.stringify(bench.account.calls)).not.toContain(CONTENT);
});

test('in both languages it fits into a field of 20 characters', async () => {
  await opened();
  const [chinese, english] = [bench.account.user(), bench.account.user()];
  await answers(chinese, 1);
  await answers(english, 1, { locale: 'en' });
  expect(notices(english)[0]?.text).toContain('A message is waiting');
  for (const locale of ['zh-CN', 'en']) expect([...bench.fake.desk.words('wechat:notice', locale)].length).toBeLessThanOrEqual(20);
});

describe('where it does not go, the answer is held all the same', () => {
  const seen = () => bench.notes.filter((note) => note.includes('a message waits'));
  const meeting = async (fault: number | { is: 'garbage' } | { is: 'reset'; accepted: boolean }, times = Number.POSITIVE_INFINITY) => {
    await opened();
    bench.account.faults = ({ path, nth }) => (path === ASKED && nth <= times ? fault : undefined);
  };

  test('a template that the account does not have: noted once, and not tried again', async () => {
    await opened({ ...notice, template: 'x'.repeat(43) });
    for (const resident of [bench.account.user(), bench.account.user()]) expect(await answers(resident, 1)).toEqual(['held']);
    expect(asked().map(({ errcode }) => errcode)).toEqual([40037]);
    expect(seen()).toEqual(['wechat: no resident is told any more that a message waits template id not valid 40037']);
  });

  test.each([48001, 47001, 99999])('%i: noted once, and not tried again', async (errcode) => {
    await meeting(errcode);
    for (const resident of [bench.account.user(), bench.account.user()]) expect(await answers(resident, 1)).toEqual(['held']);
    expect(asked()).toHaveLength(1);
    expect(seen()).toHaveLength(1);
  });

  test('several at once that WeChat refuses: noted once', async () => {
    await meeting(48001);
    await Promise.all(Array.from({ length: 5 }, () => answers(bench.account.user(), 1)));
    expect(seen()).toHaveLength(1);
  });

  test.each([-1, 45009, { is: 'garbage' }, { is: 'reset', accepted: false }] as const)(
    '%o passes: the next answer that is held tries it',
    async (fault) => {
      await meeting(fault, 1);
      const resident = bench.account.user();
      expect(await answers(resident, 1)).toEqual(['held']);
      expect([seen().length, notices(resident).length]).toEqual([1, 0]);
      expect(await answers(resident, 1)).toEqual(['held']);
      expect(seen()).toHaveLength(1);
      expect(notices(resident)).toHaveLength(1);
    },
  );

  test('who can’t be reached is not tried again, others are', async () => {
    await meeting(43004, 1);
    const resident = bench.account.user();
    for (const _ of [1, 2]) expect(await answers(resident, 1)).toEqual(['held']);
    expect([asked().length, seen()]).toEqual([1, []]);
    const other = bench.account.user();
    await answers(other, 1);
    expect(notices(other)).toHaveLength(1);
  });
});

test('where no template is set nothing is asked of WeChat', async () => {
  bench = await workbench();
  expect(await answers(bench.account.user(), 1)).toEqual(['held']);
  expect(asked()).toEqual([]);
});
