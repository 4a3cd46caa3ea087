import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { type FiledCase, file } from './cases-for-test.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let officer: SignedIn;
let lead: SignedIn;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  await desk.addOfficer('zhou', 'officer', 'household', '周敏');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  officer = await desk.signIn('lihua');
  lead = await desk.signIn('chief');
});
afterAll(() => desk.end());

const version = (seen: number) => ({ 'if-match': `"${seen}"` });
const problem = (words: string): Promise<FiledCase> => file(desk, { kind: 'problem', words });

describe('a case over HTTP', () => {
  test('is read, taken, answered to, and shows the truth about delivery', async () => {
    const { reference, alias } = await problem('三号楼路灯坏了两天');
    const read = await officer.ask('GET', `/cases/${reference}`);
    expect(read.status).toBe(200);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.headers.get('cache-control')).toBe('no-store');
    expect(read.body).toMatchObject({
      reference,
      kind: 'problem',
      status: 'opened',
      sealed: false,
      version: 1,
      summary: '三号楼路灯坏了两天',
      assignee: null,
      resident: { alias, channel: 'web', reachable: true, hasContact: true },
      due: { at: expect.stringMatching(/^\d{4}-.*Z$/), why: { promise: 'first-answer', target: 'PT4H' } },
    });
    expect(read.body.messages).toMatchObject([{ from: 'resident', text: '三号楼路灯坏了两天', delivery: null }]);
    expect(read.body.may).toEqual(expect.arrayContaining(['accept', 'take', 'reply', 'note', 'answer', 'pass-to-inspection']));

    const taken = await officer.ask('PUT', `/cases/${reference}/assignee`, { username: 'lihua' }, version(1));
    expect(taken).toMatchObject({ status: 200, body: { reference, version: 2 } });
    const replied = await officer.ask('POST', `/cases/${reference}/replies`, { text: '今天下午去看，六点前告诉您。' }, version(2));
    expect(replied.status).toBe(201);
    expect(replied.body).toMatchObject({
      version: 3,
      message: { from: 'officer', text: '今天下午去看，六点前告诉您。', signature: expect.stringContaining('李华') },
    });
    expect(['pending', 'sent', 'waiting']).toContain(replied.body.message.delivery.state);
    const after = await officer.ask('GET', `/cases/${reference}`);
    expect(after.body).toMatchObject({ status: 'in-progress', version: 3, assignee: { username: 'lihua', publicName: '李华' } });
    expect(after.body.events.map(({ verb, by }: { verb: string; by: string }) => `${verb} ${by}`)).toEqual([
      'opened resident',
      'taken 李华',
      'replied 李华',
    ]);
  });

  test('is found whatever way its reference is written', async () => {
    const { reference } = await problem('水管漏了');
    const written = `${reference.slice(0, 4)}-${reference.slice(4)}`.toLowerCase();
    expect((await officer.ask('GET', `/cases/${encodeURIComponent(` ${written}`)}`)).body.reference).toBe(reference);
  });

  test('is in the queue of its filters and of no others', async () => {
    const { reference } = await problem('楼道里堆满了纸箱');
    const listed = async (query: string) =>
      (await officer.ask('GET', `/cases?${query}&limit=200`)).body.items.some(
        (line: { reference: string }) => line.reference === reference,
      );
    for (const query of [
      'status=opened',
      'status=open',
      'kind=problem',
      'assignee=none',
      'unit=station',
      'q=%E7%BA%B8%E7%AE%B1',
      'sort=updated',
    ]) {
      expect([query, await listed(query)]).toEqual([query, true]);
    }
    for (const query of [
      'status=closed',
      'kind=help',
      'assignee=me',
      'assignee=chief',
      'assignee=nobody',
      'unit=patrol',
      'unit=none',
      'q=%E7%8B%97',
      'due=overdue',
    ]) {
      expect([query, await listed(query)]).toEqual([query, false]);
    }
  });

  test('pages the queue by an opaque cursor, each case once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await officer.ask('GET', `/cases?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      expect(page.status).toBe(200);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.body.items.map((line: { reference: string }) => line.reference));
      cursor = page.body.nextCursor;
    } while (cursor !== undefined);
    const { total } = (await officer.ask('GET', '/cases')).body;
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(total);
  });

  test('is opened at the counter on a resident’s behalf', async () => {
    const made = await officer.ask('POST', '/cases', {
      kind: 'problem',
      details: '门口的井盖松了',
      contact: { name: '王秀兰', phone: '13900001111' },
      source: 'counter',
    });
    expect(made.status).toBe(201);
    const read = await officer.ask('GET', `/cases/${made.body.reference}`);
    expect(read.body).toMatchObject({ summary: '门口的井盖松了', resident: { hasContact: true } });
    expect(JSON.stringify(read.body)).not.toContain('13900001111');
    expect((await lead.ask('GET', `/cases/${made.body.reference}/contact`)).body).toEqual({
      name: '王秀兰',
      phone: '13900001111',
      reach: null,
    });
  });
});

describe('the order of checks', () => {
  test('a version is asked for only of those who can see the case', async () => {
    const { reference } = await problem('噪音太大');
    const text = { text: '收到，马上去。' };
    expect(await officer.ask('POST', `/cases/${reference}/replies`, text)).toMatchObject({
      status: 428,
      body: { code: 'if-match-needed' },
    });
    expect((await officer.ask('POST', `/cases/${reference}/replies`, text, { 'if-match': '1' })).status).toBe(428);
    expect((await officer.ask('POST', '/cases/00000000/replies', text)).status).toBe(404);
    expect((await officer.ask('POST', `/cases/${reference}/notes`, text)).status).toBe(201);
  });

  test('a stale version is told what changed, before whose step it is', async () => {
    const { reference } = await problem('有人乱停车');
    expect((await lead.ask('PUT', `/cases/${reference}/assignee`, { username: 'zhou' }, version(1))).status).toBe(200);
    const stale = await officer.ask('PUT', `/cases/${reference}/answer`, { outcome: 'resolved', text: '已经挪走了。' }, version(1));
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ code: 'stale', version: 2, changed: [{ verb: 'assigned', by: '陈所' }] });
    const notMine = await officer.ask('PUT', `/cases/${reference}/answer`, { outcome: 'resolved', text: '已经挪走了。' }, version(2));
    expect(notMine).toMatchObject({ status: 403, body: { code: 'not-your-step', who: expect.any(String) } });
    expect(notMine.body.detail).toContain(notMine.body.who);
  });

  test('a number from the future is stale too', async () => {
    const { reference } = await problem('垃圾没人收');
    expect((await officer.ask('POST', `/cases/${reference}/replies`, { text: '好的，马上。' }, version(99))).status).toBe(412);
  });
});

describe('a repeat with the same Idempotency-Key', () => {
  const reply = (reference: string, text: string, key: string, seen = 1) =>
    officer.ask('POST', `/cases/${reference}/replies`, { text }, { ...version(seen), 'idempotency-key': key });

  test('is done once and answered again', async () => {
    const { reference } = await problem('路面塌了一块');
    const [first, again] = [await reply(reference, '我们去看看。', 'key-1'), await reply(reference, '我们去看看。', 'key-1')];
    expect(first.status).toBe(201);
    expect(again.status).toBe(201);
    expect(again.body.message.id).toBe(first.body.message.id);
    expect((await officer.ask('GET', `/cases/${reference}`)).body.messages).toHaveLength(2);
  });

  test('ten at once write one message', async () => {
    const { reference } = await problem('树枝压着电线');
    const answers = await Promise.all(Array.from({ length: 10 }, () => reply(reference, '马上派人。', 'key-2')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.message.id)).size).toBe(1);
  });

  test('with other words is refused, and another officer’s key is another key', async () => {
    const { reference } = await problem('小区门禁坏了');
    expect((await reply(reference, '今天修。', 'key-3')).status).toBe(201);
    expect(await reply(reference, '明天修。', 'key-3', 2)).toMatchObject({ status: 422, body: { code: 'key-reused' } });
    const { body } = await officer.ask('GET', `/cases/${reference}`);
    const others = await lead.ask('POST', `/cases/${reference}/notes`, { text: '盯一下。' }, { 'idempotency-key': 'key-3' });
    expect([others.status, body.messages.length]).toEqual([201, 2]);
  });

  test('a key nobody could have meant is invalid', async () => {
    const { reference } = await problem('灯不亮');
    expect((await reply(reference, '好的。', 'x'.repeat(129))).status).toBe(400);
  });
});
