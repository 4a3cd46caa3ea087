import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let officer: SignedIn;
let other: SignedIn;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('wangmin', 'officer', 'community', '王敏');
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  [officer, other] = [await desk.signIn('wangmin'), await desk.signIn('lihua')];
});
afterAll(() => desk.end());

const write = (who: SignedIn, path: string, body: object, key = crypto.randomUUID()) =>
  who.ask('POST', path, body, { 'idempotency-key': key });

test('a visit is written down once, stands in the case, and in the list of whoever may see the case', async () => {
  const opened = await write(officer, '/cases', { kind: 'problem', details: '路灯坏了两天', source: 'counter' });
  const { reference } = opened.body;
  const path = `/cases/${reference}/contacts`;
  expect((await write(officer, path, { how: 'by-pigeon' })).body).toMatchObject({ status: 400, code: 'invalid' });
  const key = crypto.randomUUID();
  for (let times = 0; times < 2; times += 1) expect((await write(officer, path, { how: 'visit' }, key)).status).toBe(201);
  const { body } = await other.ask('GET', `/cases/${reference}`);
  expect(body.events.filter(({ verb }: { verb: string }) => verb === 'met')).toMatchObject([{ by: '王敏', data: { how: 'visit' } }]);
  await write(other, path, { how: 'phone' });
  const first = (await officer.ask('GET', '/contacts?limit=1')).body;
  expect(first.items).toMatchObject([{ reference, how: 'phone', by: { username: 'lihua' } }]);
  const rest = (await officer.ask('GET', `/contacts?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).body;
  expect(rest.items).toMatchObject([{ reference, how: 'visit', by: { username: 'wangmin' } }]);
  expect(rest.nextCursor).toBeUndefined();
  expect(Object.keys(rest.items[0]).sort()).toEqual(['at', 'by', 'how', 'id', 'reference', 'unit']);
});

test('one about a team’s service is not in the list of that team', async () => {
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  const lead = await desk.signIn('chief');
  const opened = await write(lead, '/cases', {
    kind: 'complaint',
    about: 'service',
    unit: 'community',
    details: '窗口没人',
    source: 'phone',
  });
  const { reference } = opened.body;
  expect((await write(lead, `/cases/${reference}/contacts`, { how: 'counter' })).status).toBe(201);
  const shownTo = async (who: SignedIn) =>
    (await who.ask('GET', '/contacts')).body.items.map((item: { reference: string }) => item.reference);
  expect(await shownTo(lead)).toContain(reference);
  expect(await shownTo(officer)).not.toContain(reference);
});
