import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, type Resident, startWechat } from './account.ts';
import { callerOf } from './plain-desk.ts';

let account: Account;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
beforeEach(async () => {
  account = await startWechat();
  api = callerOf(account);
  resident = account.user();
  resident.say('你好');
  await api.token();
});
afterEach(() => account.close());

const raw = async (signal = AbortSignal.timeout(5_000)) => {
  const body = JSON.stringify({ touser: resident.openid, msgtype: 'text', text: { content: '您好' } });
  return fetch(await api.address('message/custom/send'), { method: 'POST', body, signal });
};

describe('a fault', () => {
  test.each([-1, 40001, 42001, 45009, 45011, 45015, 45047, 48001, 61004])('of %i is answered, and nothing is done', async (errcode) => {
    account.faults = ({ path, nth }) => (path === 'message/custom/send' && nth === 1 ? errcode : undefined);
    expect([await api.tell(resident.openid), await api.tell(resident.openid)]).toEqual([errcode, 0]);
    expect(account.calls.slice(-2)).toMatchObject([{ fault: errcode, tookEffect: false, errcode }, { tookEffect: true }]);
    expect(resident.texts()).toEqual(['您好']);
  });

  test('knows which call to which resident it is', async () => {
    const other = account.user();
    other.say('你好');
    account.faults = ({ openid, nthToUser }) => (openid === other.openid && nthToUser === 2 ? -1 : undefined);
    const codes = [];
    for (const { openid } of [resident, other, resident, other, other]) codes.push(await api.tell(openid));
    expect(codes).toEqual([0, 0, 0, -1, 0]);
  });

  test.each([
    [true, ['您好']],
    [false, []],
  ])('that never answers, cuts, or answers 500 or a page leaves what was accepted (%s) done', async (accepted, seen) => {
    account.faults = () => ({ is: 'timeout', accepted });
    await expect(raw(AbortSignal.timeout(200))).rejects.toThrow('timeout');
    expect(resident.texts()).toEqual(seen);
    account.faults = () => ({ is: 'reset', accepted });
    await expect(raw()).rejects.toThrow('fetch failed');
    account.faults = () => ({ is: '500', accepted });
    expect((await raw()).status).toBe(500);
    account.faults = () => ({ is: 'garbage', accepted });
    const page = await raw();
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Welcome to nginx!')]);
    expect(account.calls.slice(-4)).toMatchObject(['none', 'reset', 500, 200].map((answered) => ({ answered, tookEffect: accepted })));
    expect(resident.texts()).toHaveLength(accepted ? 4 : 0);
    expect(account.calls.slice(-4).every(({ errcode }) => errcode === undefined)).toBe(true);
  });

  test('that would not have been accepted anyway is not', async () => {
    account.faults = () => ({ is: 'reset', accepted: true });
    resident.unfollow();
    await expect(raw()).rejects.toThrow('fetch failed');
    expect(account.calls.at(-1)).toMatchObject({ answered: 'reset', tookEffect: false });
  });

  test('that is slow keeps the caller waiting', async () => {
    account.faults = () => ({ is: 'slow', ms: 60 });
    const began = performance.now();
    expect(await api.tell(resident.openid)).toBe(0);
    expect(performance.now() - began).toBeGreaterThan(50);
  });
});

test('connections can be cut, and the next call finds its way', async () => {
  account.faults = () => ({ is: 'timeout', accepted: false });
  const waiting = expect(raw()).rejects.toThrow('fetch failed');
  await account.until(() => account.calls.at(-1)?.answered === 'none');
  account.cutConnections();
  await waiting;
  account.faults = undefined;
  expect(await api.tell(resident.openid)).toBe(0);
});

test('waiting for what does not come says what came instead', async () => {
  await api.tell(resident.openid);
  await expect(account.until(() => account.calls.length > 99, 20)).rejects.toThrow(`message/custom/send ${resident.openid} → 200 0`);
});
