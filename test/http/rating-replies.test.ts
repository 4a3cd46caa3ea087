import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { fiveMonths } from '../rated.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let officer: SignedIn;
let lead: SignedIn;
let inspector: SignedIn;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('wangmin', 'officer', 'community', '王敏');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  await desk.addOfficer('ducha', 'inspector', 'inspection', '督察');
  [officer, lead, inspector] = [await desk.signIn('wangmin'), await desk.signIn('chief'), await desk.signIn('ducha')];
  await fiveMonths(desk);
});
afterAll(() => desk.end());

const own = async () => (await officer.ask('GET', '/ratings/own')).body.items;
const replies = async () => (await inspector.ask('GET', '/ratings/replies')).body.items;

test('an officer answers ratings that were told together, inspection decides once, and both stand for the officer to read', async () => {
  const [batch] = await own();
  expect(batch).toMatchObject({ n: expect.any(Number), reply: null });
  const path = `/ratings/own/${batch.from}/reply`;
  expect((await officer.ask('PUT', path, { text: ' ' })).body).toMatchObject({ status: 400, code: 'invalid' });
  expect((await officer.ask('PUT', path, { text: '分太低了', appeal: 'too-low' })).body).toMatchObject({ status: 400, code: 'invalid' });
  expect((await officer.ask('PUT', '/ratings/own/2019-01/reply', { text: '没有' })).status).toBe(404);
  expect((await officer.ask('PUT', path, { text: '那两个月只有我一个人在窗口。' })).status).toBe(204);
  expect((await officer.ask('PUT', path, { text: '那两个月有人连着评了好几次。', appeal: 'twice' })).status).toBe(204);

  const [reply, ...others] = await replies();
  expect(others).toEqual([]);
  expect(reply).toMatchObject({ by: { username: 'wangmin' }, from: batch.from, to: batch.to, appeal: 'twice', decision: null });
  expect((await lead.ask('GET', '/ratings/replies')).status).toBe(403);

  const decision = { upheld: true, text: '有两份是同一个人评的，已剔除。' };
  expect((await inspector.ask('PUT', `/ratings/replies/${reply.id}/decision`, decision)).status).toBe(204);
  const twice = await inspector.ask('PUT', `/ratings/replies/${reply.id}/decision`, { upheld: false, text: '再想想' });
  expect(twice.body).toMatchObject({ status: 409, code: 'already-done' });
  expect((await officer.ask('PUT', path, { text: '还有一句' })).body).toMatchObject({ status: 409, code: 'already-done' });
  expect((await own())[0].reply).toEqual({ text: '那两个月有人连着评了好几次。', appeal: 'twice', decision });
  const verbs = (await inspector.ask('GET', '/audit')).body.items.map(({ verb }: { verb: string }) => verb);
  expect(verbs).toEqual(expect.arrayContaining(['rating-replied', 'appeal-upheld']));
});

test('where nothing was asked for there is nothing to decide, and no word lies readable in the database', async () => {
  await fiveMonths(desk);
  const { default: Database } = await import('better-sqlite3');
  const connection = new Database(`${desk.dataDir}/tiexin.db`);
  const [row] = connection.prepare('select * from rating_replies').all() as { id: string; text: Buffer }[];
  expect(row?.text.includes('连着评')).toBe(false);
  connection.prepare('update rating_replies set decision = null, appeal = null').run();
  connection.close();
  const decided = await inspector.ask('PUT', `/ratings/replies/${row?.id}/decision`, { upheld: true, text: '好' });
  expect(decided.body).toMatchObject({ status: 409, code: 'not-allowed-now' });
});
