import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, type Resident, startWechat } from './account.ts';
import { callerOf } from './plain-desk.ts';

const minute = 60_000;
const hour = 60 * minute;

let account: Account;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
let now = Date.UTC(2026, 0, 5, 2);
beforeEach(async () => {
  account = await startWechat({ clock: () => now });
  api = callerOf(account);
  resident = account.user();
});
afterEach(() => account.close());

const tell = async (times = 1) => {
  const codes: number[] = [];
  for (let time = 0; time < times; time += 1) codes.push(await api.tell(resident.openid));
  return codes;
};
// A token lives for two hours only.
const later = (ms: number) => {
  now += ms;
  api = callerOf(account);
};

describe('the window', () => {
  test('is closed to somebody who has not written', async () => {
    expect(await tell()).toEqual([45015]);
    expect(account.calls.at(-1)).toMatchObject({ path: 'message/custom/send', tookEffect: false, errcode: 45015, openid: resident.openid });
    expect(resident.texts()).toEqual([]);
  });

  test('takes five messages after one of theirs, and not the sixth', async () => {
    resident.say('你好');
    expect(await tell(6)).toEqual([0, 0, 0, 0, 0, 45047]);
    expect(resident.texts()).toEqual(Array(5).fill('您好'));
  });

  test('is open at 47:59 and closed at 48:01', async () => {
    resident.say('你好');
    later(48 * hour - minute);
    expect(await tell()).toEqual([0]);
    later(2 * minute);
    expect(await tell()).toEqual([45015]);
  });

  test.each([
    ['a menu click', () => resident.click('report')],
    ['a tap on a menu message, which comes as words', () => resident.tapMenu('yes', '是')],
    ['a scan', () => resident.scan('counter')],
  ])('takes three messages within a minute after %s', async (_, act) => {
    act();
    expect(await tell(4)).toEqual([0, 0, 0, 45047]);
    act();
    later(59_000);
    expect(await tell()).toEqual([0]);
    later(2_000);
    expect(await tell()).toEqual([45015]);
  });

  test('takes three messages within a minute after somebody came to follow, by a code or without', async () => {
    for (const scene of [undefined, 'counter']) {
      resident = account.user({ follows: false });
      resident.follow(scene);
      expect(await tell(4)).toEqual([0, 0, 0, 45047]);
    }
  });

  test('is not opened by a link on the menu or by where the phone is', async () => {
    resident.view('https://example.com/');
    resident.reportLocation();
    expect(await tell()).toEqual([45015]);
  });

  test('is not worsened by a lesser act, and grants do not add up', async () => {
    resident.say('你好');
    resident.click('report');
    expect(await tell(6)).toEqual([0, 0, 0, 0, 0, 45047]);
    resident.click('report');
    expect(await tell(4)).toEqual([0, 0, 0, 45047]);
    later(2 * minute);
    expect(await tell()).toEqual([45047]);
    resident.say('还在吗');
    expect(resident.allowance()).toBe(5);
    resident.click('report');
    later(2 * minute);
    expect(await tell(6)).toEqual([0, 0, 0, 0, 0, 45047]);
  });

  test('opens anew with each message', async () => {
    resident.say('一');
    await tell(5);
    later(47 * hour);
    resident.image();
    later(47 * hour);
    expect(await tell(6)).toEqual([0, 0, 0, 0, 0, 45047]);
  });

  test('counts only what was sent', async () => {
    resident.say('你好');
    expect(await api.tell(resident.openid, 'x'.repeat(2049))).toBe(45002);
    expect(await api.tell(resident.openid, '')).toBe(44004);
    expect(resident.allowance()).toBe(5);
  });

  test('is over for whoever unfollows, until they follow again', async () => {
    resident.say('你好');
    resident.unfollow();
    expect(await tell()).toEqual([43004]);
    resident.follow();
    expect(await tell(4)).toEqual([0, 0, 0, 45047]);
  });
});
