import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { file } from './cases-for-test.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let officer: SignedIn;
let lead: SignedIn;
let inspector: SignedIn;
beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  await desk.addOfficer('ducha', 'inspector', 'inspection', '督察');
  [officer, lead, inspector] = [await desk.signIn('lihua'), await desk.signIn('chief'), await desk.signIn('ducha')];
});
afterAll(() => desk.end());

async function write(who: SignedIn, noun: string, reference: string, body: object) {
  const { body: found } = await who.ask('GET', `/cases/${reference}`);
  return who.ask('PUT', `/cases/${reference}/${noun}`, body, {
    'if-match': `"${found.version}"`,
    'idempotency-key': crypto.randomUUID(),
  });
}
const invitedIn = (reference: string): boolean => {
  const connection = new Database(`${desk.dataDir}/tiexin.db`, { readonly: true });
  const asked = connection
    .prepare('select count(*) from contacts join cases on cases.id = contacts.case_id where reference = ? and asked is not null')
    .pluck()
    .get(reference);
  connection.close();
  return asked === 1;
};
const closed = async (reference: string) => {
  expect((await write(officer, 'answer', reference, { outcome: 'resolved', text: '送回家了，家长签了字。' })).status).toBe(200);
  expect((await write(lead, 'closure', reference, { confirmation: 'confirmed', reason: '家长说好了' })).status).toBe(200);
};

test('a child is not asked to rate: a lead says so, never the officer who would be rated, and it is counted in public', async () => {
  const { reference } = await file(desk, { kind: 'problem', words: '我十岁，放学找不到家了，在桥边等' });
  expect((await write(officer, 'assignee', reference, { username: 'lihua' })).status).toBe(200);
  expect((await write(officer, 'sparing', reference, { why: 'minor' })).body).toMatchObject({ status: 403, code: 'not-your-step' });
  expect((await write(lead, 'sparing', reference, { why: 'he-is-angry' })).body).toMatchObject({ status: 400, code: 'invalid' });
  expect((await write(lead, 'sparing', reference, { why: 'minor' })).status).toBe(200);
  expect((await lead.ask('GET', `/cases/${reference}`)).body).toMatchObject({ spared: 'minor' });
  await closed(reference);
  expect(invitedIn(reference)).toBe(false);

  const page = await (await fetch(`${desk.url}/satisfaction?lang=zh-CN`)).text();
  expect(page).toContain(`${desk.words.t('satisfaction:spared.why.minor', 'zh-CN')}，1 次`);
});

test('what was counted stays counted when its case goes under seal, and what is said under seal never is', async () => {
  const before = async () => (await desk.store.sparedCases()).map(({ why, count }) => [why, count]);
  const counted = await before();
  const { reference } = await file(desk, { kind: 'problem', words: '邻居晕倒了，救护车来过了，现在没事了' });
  expect((await write(lead, 'sparing', reference, { why: 'medical' })).status).toBe(200);
  const more = [...counted, ['medical', 1]].sort();
  expect((await before()).sort()).toEqual(more);
  expect((await write(lead, 'seal', reference, { reason: '说的是民警' })).status).toBe(200);
  expect((await before()).sort()).toEqual(more);

  const sealed = await file(desk, { kind: 'complaint', about: 'officer', words: '窗口的民警骂人' });
  expect((await write(inspector, 'sparing', sealed.reference, { why: 'arrest' })).status).toBe(200);
  expect((await before()).sort()).toEqual(more);
});

test('whoever owns the case can’t spare themselves a rating, a lead either; and others are asked', async () => {
  const { reference } = await file(desk, { kind: 'problem', words: '路灯坏了三天了，晚上看不见' });
  expect((await write(lead, 'assignee', reference, { username: 'chief' })).status).toBe(200);
  expect((await write(lead, 'sparing', reference, { why: 'minor' })).status).toBe(403);
  const other = await file(desk, { kind: 'problem', words: '井盖没了，孩子差点掉下去' });
  expect((await write(officer, 'assignee', other.reference, { username: 'lihua' })).status).toBe(200);
  await closed(other.reference);
  expect(invitedIn(other.reference)).toBe(true);
});
