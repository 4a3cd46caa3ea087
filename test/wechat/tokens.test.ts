import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Account, startWechat } from './account.ts';
import { callerOf } from './plain-desk.ts';

const minute = 60_000;

let account: Account;
let api: ReturnType<typeof callerOf>;
let now = Date.UTC(2026, 0, 5, 2);
beforeEach(async () => {
  account = await startWechat({ clock: () => now });
  api = callerOf(account);
});
afterEach(() => account.close());

const good = async (token: string) =>
  (await (await fetch(`${account.url}/cgi-bin/getcallbackip?access_token=${token}`)).json()).errcode ?? 0;
const ordinary = async (query: object = {}) => {
  const asked = new URLSearchParams({ grant_type: 'client_credential', appid: account.appId, secret: account.appSecret, ...query });
  return (await fetch(`${account.url}/cgi-bin/token?${asked}`)).json();
};

describe('a stable token', () => {
  test('is the same until five minutes before its end, and then both are good', async () => {
    const first = await api.stable();
    expect(first).toEqual({ access_token: expect.stringMatching(/^\d+_/), expires_in: 7200 });
    now += 114 * minute;
    expect(await api.stable()).toEqual({ access_token: first.access_token, expires_in: 360 });
    now += minute;
    const second = await api.stable();
    expect(second).toMatchObject({ expires_in: 7200 });
    expect(second.access_token).not.toBe(first.access_token);
    expect([await good(first.access_token), await good(second.access_token)]).toEqual([0, 0]);
    now += 5 * minute;
    expect([await good(first.access_token), await good(second.access_token)]).toEqual([42001, 0]);
  });

  test('that is forced makes the one before worthless, not twice within half a minute, and twenty times a day', async () => {
    const first = await api.stable();
    const forced = await api.stable({ force_refresh: true });
    expect([await good(first.access_token), await good(forced.access_token)]).toEqual([40001, 0]);
    expect((await api.stable({ force_refresh: true })).access_token).toBe(forced.access_token);
    for (let time = 2; time <= 20; time += 1) {
      now += 30_000;
      expect(await api.stable({ force_refresh: true })).toMatchObject({ expires_in: 7200 });
    }
    now += 30_000;
    expect(await api.stable({ force_refresh: true })).toMatchObject({ errcode: 45009 });
    now += 24 * 60 * minute;
    expect(await api.stable({ force_refresh: true })).toMatchObject({ expires_in: 7200 });
  });

  test.each([
    [{ grant_type: 'password' }, 40002],
    [{ appid: '' }, 41002],
    [{ secret: '' }, 41004],
    [{ appid: 'wxother' }, 40013],
    [{ secret: 'guess' }, 40125],
  ])('asked for with %j is refused with %i', async (more, errcode) => {
    expect(await api.stable(more)).toMatchObject({ errcode, errmsg: expect.stringMatching(/rid: [\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/) });
  });

  test('is given only to machines on the list', async () => {
    account.ipListed = false;
    expect(await api.stable()).toMatchObject({ errcode: 40164 });
    account.ipListed = true;
    expect(await api.stable()).toMatchObject({ expires_in: 7200 });
  });
});

describe('an ordinary token', () => {
  test('is another each time; the one before is good for five minutes, and stable ones know nothing of it', async () => {
    const stable = await api.stable();
    const [first, second] = [await ordinary(), await ordinary()];
    expect([await good(first.access_token), await good(second.access_token)]).toEqual([0, 0]);
    now += 5 * minute;
    expect([await good(first.access_token), await good(second.access_token), await good(stable.access_token)]).toEqual([42001, 0, 0]);
  });
});

describe('a call', () => {
  test('without a token, with none, with one of nobody, with a revoked or an old one is told which', async () => {
    expect(await good('')).toBe(41001);
    expect(await good('nonsense')).toBe(40014);
    expect(await good(`90_${'x'.repeat(100)}`)).toBe(40001);
    const { access_token: token } = await api.stable();
    account.revokeTokens();
    expect(await good(token)).toBe(40001);
    const { access_token: next } = await api.stable();
    now += 120 * minute;
    expect(await good(next)).toBe(42001);
  });
});
