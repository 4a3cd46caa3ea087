import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let root: SignedIn;
let inspector: SignedIn;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('root', 'administrator', 'bureau', '管理员');
  await desk.addOfficer('ducha', 'inspector', 'inspection', '督察');
  root = await desk.signIn('root');
  inspector = await desk.signIn('ducha');
});
afterAll(() => desk.end());

const newOfficer = (username: string, role: string, unit: string) => ({ username, role, unit, publicName: '小周' });

describe('an account', () => {
  test('is made with a one-time password that is told once and signs in', async () => {
    const made = await root.ask('POST', '/officers', { ...newOfficer('zhou', 'officer', 'community'), badge: '021345' });
    expect(made.status).toBe(201);
    expect(made.body.officer).toEqual({
      username: 'zhou',
      role: 'officer',
      unit: 'community',
      publicName: '小周',
      badge: '021345',
      disabled: false,
      mustChangePassword: true,
      version: 1,
    });
    expect(made.body.oneTimePassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect((await root.ask('GET', '/officers')).text).not.toContain(made.body.oneTimePassword);
    const zhou = await desk.signIn('zhou', made.body.oneTimePassword);
    expect((await zhou.ask('GET', '/cases')).body.code).toBe('must-change-password');
  });

  test('is made once by a key: the repeat shows it as it is by now, without its password, and says so', async () => {
    const key = { 'idempotency-key': 'new-officer-1' };
    const body = newOfficer('onlyonce', 'officer', 'community');
    const made = await root.ask('POST', '/officers', body, key);
    await root.ask('PATCH', '/officers/onlyonce', { publicName: '老周' });
    const again = await root.ask('POST', '/officers', body, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual({ officer: { ...made.body.officer, publicName: '老周', version: 2 }, passwordAlreadyTold: true });
    await desk.signIn('onlyonce', made.body.oneTimePassword);
    const listed = (await root.ask('GET', '/officers')).body.items as { username: string }[];
    expect(listed.filter(({ username }) => username === 'onlyonce')).toHaveLength(1);
    expect(await root.ask('POST', '/officers', newOfficer('another', 'officer', 'community'), key)).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    });
    expect((await inspector.ask('POST', '/officers', body, key)).status).toBe(403);
  });

  test('with a taken name is refused', async () => {
    await root.ask('POST', '/officers', newOfficer('twice', 'officer', 'community'));
    expect(await root.ask('POST', '/officers', newOfficer('twice', 'lead', 'station'))).toMatchObject({
      status: 409,
      body: { code: 'username-taken' },
    });
  });

  test.each([
    ['officer', 'inspection', 'unit'],
    ['officer', 'bureau', 'unit'],
    ['lead', 'inspection', 'unit'],
    ['administrator', 'inspection', 'unit'],
    ['officer', 'nowhere', 'unknown'],
  ])('of a %s can not sit in %s', async (role, unit) => {
    expect(await root.ask('POST', '/officers', newOfficer('misplaced', role, unit))).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ pointer: '/unit' }] },
    });
  });

  test('is moved, named, disabled and reset by an administrator', async () => {
    await desk.addOfficer('worker', 'officer', 'community');
    const patch = (body: unknown) => root.ask('PATCH', '/officers/worker', body);
    expect((await patch({ unit: 'patrol', publicName: '老吴', badge: '7' })).body.officer).toMatchObject({
      unit: 'patrol',
      publicName: '老吴',
      badge: '7',
      version: 2,
    });
    expect((await patch({ badge: null })).body.officer.badge).toBeNull();
    expect((await patch({ role: 'lead', unit: 'station' })).body.officer).toMatchObject({ role: 'lead', unit: 'station' });
    const reset = await patch({ oneTimePassword: true });
    expect(reset.body).toMatchObject({ officer: { mustChangePassword: true }, oneTimePassword: expect.any(String) });
    expect((await patch({ disabled: true })).body.officer.disabled).toBe(true);
    await expect(desk.signIn('worker', reset.body.oneTimePassword)).rejects.toThrow('401');
    expect((await patch({ disabled: false })).body.officer.disabled).toBe(false);
    await expect(desk.signIn('worker', reset.body.oneTimePassword)).resolves.toBeDefined();
  });

  test('is never its own keeper', async () => {
    for (const body of [{ disabled: true }, { role: 'officer', unit: 'community' }, { oneTimePassword: true }]) {
      expect(await root.ask('PATCH', '/officers/root', body)).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } });
    }
  });
});

describe('an inspector’s account', () => {
  test('is made, moved and reset by inspectors only, and nobody becomes one otherwise', async () => {
    await desk.addOfficer('plain', 'officer', 'community');
    expect((await root.ask('POST', '/officers', newOfficer('second', 'inspector', 'inspection'))).status).toBe(403);
    expect((await root.ask('PATCH', '/officers/plain', { role: 'inspector', unit: 'inspection' })).status).toBe(403);
    expect((await root.ask('PATCH', '/officers/ducha', { oneTimePassword: true })).status).toBe(403);
    expect((await root.ask('PATCH', '/officers/ducha', { role: 'officer', unit: 'community' })).status).toBe(403);
    expect((await inspector.ask('PATCH', '/officers/plain', { publicName: 'x' })).status).toBe(403);
    expect((await inspector.ask('POST', '/officers', newOfficer('second', 'inspector', 'inspection'))).status).toBe(201);
    expect((await inspector.ask('PATCH', '/officers/second', { oneTimePassword: true })).status).toBe(200);
  });

  test('each act on it is shown to every inspector at next sign-in, and not again after that', async () => {
    const other = await desk.addOfficer('third', 'inspector', 'inspection');
    await desk.signIn('third');
    expect((await inspector.ask('PATCH', '/officers/third', { badge: '9' })).status).toBe(200);
    await desk.store.saveOfficer('command-line', { ...other, disabled: false, publicName: '三号' });
    const third = await desk.signIn('third');
    const { inspectorChanges } = (await third.ask('GET', '/session')).body;
    expect(inspectorChanges).toEqual([
      { at: expect.any(String), verb: 'inspector-changed', subject: 'third', by: 'command-line' },
      { at: expect.any(String), verb: 'inspector-changed', subject: 'third', by: 'ducha' },
    ]);
    const again = await desk.signIn('third');
    expect((await again.ask('GET', '/session')).body.inspectorChanges).toEqual([]);
    expect((await root.ask('GET', '/session')).body.inspectorChanges).toEqual([]);
  });
});

test('an officer sees whom a case can be handed to, and nobody of other stations', async () => {
  await desk.addOfficer('one', 'officer', 'community');
  await desk.addOfficer('two', 'lead', 'station');
  const officer = await desk.signIn('one');
  const names = (await officer.ask('GET', '/officers')).body.items.map(({ username }: { username: string }) => username);
  expect(names).toEqual(expect.arrayContaining(['one', 'two']));
  expect(names).not.toContain('ducha');
  expect(names).not.toContain('root');
});

describe('the first-run checklist', () => {
  test('says what stands, and takes name, hours and the body above', async () => {
    const before = await root.ask('GET', '/setup');
    expect(before.body).toMatchObject({ stationName: '青柳派出所', zone: 'Asia/Shanghai', inspectorExists: true });
    expect(before.body.hours['1']).toEqual([
      ['08:30', '12:00'],
      ['14:00', '17:30'],
    ]);
    expect(before.body.inspectorCommand).toContain('officer add --role inspector --unit inspection');
    const patched = await root.ask('PATCH', '/setup', { bodyAbove: '市局督察支队', hours: { 1: [['09:00', '18:00']] } });
    expect(patched.body).toMatchObject({ bodyAbove: '市局督察支队', stationName: '青柳派出所' });
    expect(patched.body.hours).toMatchObject({ 1: [['09:00', '18:00']], 2: [], 7: [] });
  });

  test.each([
    [{ hours: { 1: [['18:00', '09:00']] } }],
    [
      {
        hours: {
          1: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
    ],
    [{ hours: { 8: [] } }],
    [{ hours: { 1: [['9:00', '12:00']] } }],
    [{ hours: { 1: [['09:00', '24:00']] } }],
    [{ stationName: '' }],
  ])('does not take %j', async (body) => {
    expect(await root.ask('PATCH', '/setup', body)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });
});

test('units are added below others, and called by other names', async () => {
  const labels = { 'zh-CN': '禁毒队', en: 'Drugs' };
  expect((await root.ask('POST', '/units', { code: 'drugs', kind: 'team', parent: 'station', labels })).body).toMatchObject({
    code: 'drugs',
    parent: 'station',
    inspects: false,
  });
  const drugs = { code: 'drugs', kind: 'team', parent: 'station', labels };
  expect((await root.ask('POST', '/units', drugs)).status).toBe(409);
  const key = { 'idempotency-key': 'new-unit-1' };
  expect(await root.ask('POST', '/units', drugs, key)).toMatchObject({ status: 409, body: { code: 'already-done' } });
  const night = { ...drugs, code: 'night' };
  const added = await root.ask('POST', '/units', night, key);
  expect(added.status).toBe(201);
  expect(await root.ask('POST', '/units', night, key)).toMatchObject({ status: 201, text: added.text });
  expect((await root.ask('POST', '/units', { ...night, code: 'day' }, key)).status).toBe(422);
  expect((await root.ask('POST', '/units', { code: 'lost', kind: 'team', parent: 'nowhere', labels })).status).toBe(400);
  expect((await root.ask('POST', '/units', { code: 'lost', kind: 'station', parent: 'station', labels })).status).toBe(400);
  expect((await root.ask('PATCH', '/units/drugs', { labels: { 'zh-CN': '缉毒队' } })).body.labels).toEqual({
    'zh-CN': '缉毒队',
    en: 'Drugs',
  });
  expect((await root.ask('PATCH', '/units/nowhere', { labels })).status).toBe(404);
  const topics = (await root.ask('GET', '/topics', undefined, { 'accept-language': 'en' })).body.items;
  expect(topics.length).toBeGreaterThan(10);
  expect(topics.every(({ label }: { label: string }) => /^[\x20-\x7e’]+$/.test(label))).toBe(true);
});
