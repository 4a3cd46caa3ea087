import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { file } from './cases-for-test.ts';

let desk: DeskForTest;
beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('guanli', 'administrator', 'bureau', '管理员');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
});
afterAll(() => desk.end());

test('the share who are asked is the administrator’s to set, stands in public, and a lot that fell stays', async () => {
  const administrator = await desk.signIn('guanli');
  expect((await administrator.ask('GET', '/setup')).body).toMatchObject({ ratingShare: 100 });
  for (const wrong of [0, 9, 101, 33.3, '50'])
    expect((await administrator.ask('PATCH', '/setup', { ratingShare: wrong })).body).toMatchObject({ status: 400, code: 'invalid' });
  expect((await administrator.ask('PATCH', '/setup', { ratingShare: 10 })).body).toMatchObject({ ratingShare: 10 });
  const page = await (await fetch(`${desk.url}/satisfaction?lang=en`)).text();
  expect(page).toContain(desk.words.t('satisfaction:leadShare', 'en', { share: 10 }).replaceAll("'", '&#39;'));

  const lead = await desk.signIn('chief');
  const write = async (method: string, noun: string, reference: string, body: object) => {
    const { body: found } = await lead.ask('GET', `/cases/${reference}`);
    const answer = await lead.ask(method, `/cases/${reference}/${noun}`, body, {
      'if-match': `"${found.version}"`,
      'idempotency-key': crypto.randomUUID(),
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  };
  const closed = 12;
  for (let nth = 0; nth < closed; nth += 1) {
    const { reference } = await file(desk, { kind: 'problem', words: `路灯坏了，第 ${nth} 盏，好几天了` });
    await write('PUT', 'answer', reference, { outcome: 'resolved', text: '换好了。' });
    for (const again of [false, true]) {
      if (again) await write('DELETE', 'closure', reference, { reason: '又坏了' });
      if (again) await write('PUT', 'answer', reference, { outcome: 'resolved', text: '又换好了。' });
      await write('PUT', 'closure', reference, { confirmation: 'confirmed', reason: '电话里说好了' });
    }
  }
  const connection = new Database(join(desk.dataDir, 'tiexin.db'), { readonly: true });
  const contacts = connection.prepare('select case_id, asked from contacts').all() as { case_id: string; asked: string | null }[];
  connection.close();
  // Once a case, however often it was closed.
  expect([contacts.length, new Set(contacts.map((one) => one.case_id)).size]).toEqual([closed, closed]);
  expect(contacts.some(({ asked }) => asked === null)).toBe(true);
});
