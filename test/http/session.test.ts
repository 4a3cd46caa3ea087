import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashed, oneTimeUntil } from '../../src/desk/password.ts';
import { signIn as signInWeighed } from '../../src/http/auth/sign-in.ts';
import { type DeskForTest, PASSWORD, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
let now = Date.parse('2026-03-04T09:00:00+08:00');
const HOUR = 60 * 60 * 1000;

beforeAll(async () => {
  desk = await startForTest({ around: { now: () => now } });
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
});
afterAll(() => desk.end());

const signIn = (username: string, password: string, headers: Record<string, string> = {}) =>
  fetch(`${desk.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ username, password }),
  });

/** A new account whose one-time password must be changed first. */
async function withOneTime(username: string): Promise<void> {
  const unit = desk.store.catalogue().units.find(({ code }) => code === 'community')?.id ?? '';
  const passwordHash = await hashed('once-only-word');
  await desk.store.saveOfficer('command-line', {
    username,
    role: 'officer',
    unit,
    publicName: username,
    passwordHash,
    oneTimeUntil: oneTimeUntil(now),
  });
}

describe('signing in', () => {
  test('gives a cookie that no script reads and no other site sends', async () => {
    const answer = await signIn('lihua', PASSWORD);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^tiexin=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await answer.json()).toMatchObject({
      officer: { username: 'lihua', role: 'officer', unit: 'community', publicName: '李华', mustChangePassword: false },
      onDuty: false,
      inspectorChanges: [],
    });
  });

  test('takes the name in any case, with spaces around it', async () => {
    expect((await signIn(' LiHua ', PASSWORD)).status).toBe(200);
  });

  test('answers a wrong password and a name nobody has alike', async () => {
    const [wrong, nobody] = [await signIn('lihua', 'not it at all'), await signIn('nobody-here', 'not it at all')];
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toBe(await nobody.text());
    expect(nobody.status).toBe(401);
  });

  test('weighs as much for a name nobody has as for one somebody has: one hash, of the same cost', async () => {
    const weighed: string[] = [];
    for (const username of ['lihua', 'nobody-1']) {
      const trying = signInWeighed(desk.store, now, { username, password: 'not it at all', peer: 'here' }, async (hash) => {
        weighed.push(hash);
        return false;
      });
      await expect(trying).rejects.toMatchObject({ code: 'wrong-sign-in' });
    }
    const cost = '$argon2id$v=19$m=19456,t=2,p=1$';
    expect(weighed).toEqual([expect.stringContaining(cost), expect.stringContaining(cost)]);
    expect(new Set(weighed).size).toBe(2);
    await signIn('lihua', PASSWORD);
  });

  test('is stopped for a while after too many wrong tries, also across a restart', async () => {
    await desk.addOfficer('tried', 'officer', 'community');
    const statuses: number[] = [];
    for (let nth = 0; nth < 12; nth += 1) statuses.push((await signIn('tried', 'wrong wrong wrong')).status);
    expect(statuses.at(0)).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    const { dataDir } = desk;
    await desk.stop();
    desk = await startForTest({ dataDir, around: { now: () => now } });
    const limited = await signIn('tried', PASSWORD);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    now += HOUR;
    expect((await signIn('tried', PASSWORD)).status).toBe(200);
  });
});

describe('a session', () => {
  test('ends when it is signed out, for whoever still has the cookie', async () => {
    const officer = await desk.signIn('lihua');
    expect((await officer.ask('GET', '/session')).status).toBe(200);
    expect((await officer.ask('DELETE', '/session')).status).toBe(204);
    expect(await officer.ask('GET', '/session')).toMatchObject({ status: 401, body: { code: 'signed-out' } });
  });

  test('ends 12 hours after it began', async () => {
    const officer = await desk.signIn('lihua');
    now += 12 * HOUR - 1;
    expect((await officer.ask('GET', '/session')).status).toBe(200);
    now += 1;
    expect((await officer.ask('GET', '/session')).status).toBe(401);
  });

  test('ends when its account is disabled, moved or given another role', async () => {
    await desk.addOfficer('root', 'administrator', 'bureau');
    const root = await desk.signIn('root');
    for (const [nth, patch] of [{ disabled: true }, { unit: 'household' }, { role: 'lead' }].entries()) {
      await desk.addOfficer(`moved-${nth}`, 'officer', 'community');
      const officer = await desk.signIn(`moved-${nth}`);
      expect((await root.ask('PATCH', `/officers/moved-${nth}`, patch)).status).toBe(200);
      expect((await officer.ask('GET', '/session')).status).toBe(401);
    }
  });

  test('is closed to a cookie that is not one', async () => {
    for (const cookie of ['tiexin=', 'tiexin=abc', `tiexin=${'a'.repeat(43)}`, 'other=x', 'tiexin=%ff%00']) {
      const answer = await fetch(`${desk.url}/api/v1/session`, { headers: { cookie } });
      expect(answer.status).toBe(401);
    }
  });
});

describe('a write', () => {
  const write = async (headers: Record<string, string>) => {
    const officer = await desk.signIn('lihua');
    return officer.ask('PUT', '/session/duty', { onDuty: true }, { 'x-csrf-token': officer.csrf, ...headers });
  };

  test('needs the token of its session', async () => {
    const other = await desk.signIn('lihua');
    expect((await write({})).status).toBe(200);
    expect(await write({ 'x-csrf-token': '' })).toMatchObject({ status: 403, body: { code: 'csrf' } });
    expect((await write({ 'x-csrf-token': other.csrf })).status).toBe(403);
  });

  test('from another site is not done', async () => {
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ origin: 'null' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await signIn('lihua', PASSWORD, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('without a session is 401 before anything else is looked at', async () => {
    const answer = await fetch(`${desk.url}/api/v1/cases`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(401);
  });
});

describe('a one-time password', () => {
  test('opens nothing but the door to a password of one’s own', async () => {
    await withOneTime('new-one');
    const officer = await desk.signIn('new-one', 'once-only-word');
    expect((await officer.ask('GET', '/session')).body.officer.mustChangePassword).toBe(true);
    for (const path of ['/cases', '/officers', '/stream', '/units']) {
      expect(await officer.ask('GET', path)).toMatchObject({ status: 403, body: { code: 'must-change-password' } });
    }
    const change = (current: string, next: string) => officer.ask('PUT', '/session/password', { current, next });
    expect(await change('not it at all', '青柳桥边的第七盏灯亮着')).toMatchObject({ status: 401, body: { code: 'wrong-sign-in' } });
    expect(await change('once-only-word', 'new-one-2026')).toMatchObject({ status: 400, body: { code: 'weak-password' } });
    expect(await change('once-only-word', 'once-only-word')).toMatchObject({ status: 400, body: { code: 'weak-password' } });
    const changed = await change('once-only-word', '青柳桥边的第七盏灯亮着');
    expect(changed).toMatchObject({ status: 200, body: { officer: { mustChangePassword: false } } });

    expect((await officer.ask('GET', '/session')).status).toBe(401);
    const cookie = (changed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await fetch(`${desk.url}/api/v1/cases`, { headers: { cookie } })).status).toBe(200);
    expect((await signIn('new-one', 'once-only-word')).status).toBe(401);
    expect((await signIn('new-one', '青柳桥边的第七盏灯亮着')).status).toBe(200);
  });

  test('is wrong after 24 hours', async () => {
    await withOneTime('too-late');
    now += 24 * HOUR;
    expect(await (await signIn('too-late', 'once-only-word')).json()).toMatchObject({ code: 'wrong-sign-in' });
  });
});

test('reached by https the cookie is Secure and pinned to the host, and browsers are told to stay with https', async () => {
  const port = await freePort();
  const env = { PORT: `${port}`, PUBLIC_URL: 'https://tiexin.example.cn', TRUSTED_PROXIES: '127.0.0.1' };
  const behind = await startForTest({ env });
  try {
    const url = `http://127.0.0.1:${port}`;
    await behind.addOfficer('lihua', 'officer', 'community');
    const answer = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://tiexin.example.cn', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ username: 'lihua', password: PASSWORD }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-tiexin=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
  } finally {
    await behind.end();
  }
});

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
