import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChatClient, chatClient } from '../channels/chat-client.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;
let rated: SignedIn;
let colleague: SignedIn;
let lead: SignedIn;
let inspector: SignedIn;

beforeAll(async () => {
  desk = await startForTest();
  await desk.addOfficer('lihua', 'officer', 'community', '李华');
  await desk.addOfficer('wangmin', 'officer', 'community', '王敏');
  await desk.addOfficer('chief', 'lead', 'station', '陈所');
  await desk.addOfficer('ducha', 'inspector', 'inspection', '督察');
  [rated, colleague] = [await desk.signIn('lihua'), await desk.signIn('wangmin')];
  [lead, inspector] = [await desk.signIn('chief'), await desk.signIn('ducha')];
});
afterAll(() => desk.end());

const SHOWN = /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/;

async function lastLines(resident: ChatClient, more = 4) {
  return (await resident.lines()).slice(-more);
}

/** Presses a button of the last lines by its label. */
async function press(resident: ChatClient, label: string): Promise<void> {
  const button = (await lastLines(resident))
    .toReversed()
    .flatMap(({ buttons }) => buttons.flat())
    .find((one) => one.label === label);
  if (!button) throw new Error(`no button ${label} in ${JSON.stringify((await lastLines(resident)).map(({ text }) => text))}`);
  await resident.send({ id: crypto.randomUUID(), type: 'tap', tap: button.tap });
}

const referenceIn = async (resident: ChatClient): Promise<string> => {
  const shown = (await lastLines(resident)).map(({ text }) => SHOWN.exec(text)?.[0]).find((one) => one !== undefined);
  if (shown === undefined) throw new Error(`no reference in ${JSON.stringify((await lastLines(resident)).map(({ text }) => text))}`);
  return shown.replace('-', '');
};

async function write(who: SignedIn, noun: string, reference: string, body: object) {
  const { body: found } = await who.ask('GET', `/cases/${reference}`);
  return who.ask(noun === 'notes' ? 'POST' : 'PUT', `/cases/${reference}/${noun}`, body, {
    ...(noun !== 'notes' && { 'if-match': `"${found.version}"` }),
    'idempotency-key': crypto.randomUUID(),
  });
}

/** A resident whose case was answered by who is rated, and who has rated it: low, for these reasons. */
async function ratedLow(...reasons: string[]): Promise<ChatClient> {
  const resident = chatClient(desk.url);
  await resident.open();
  await resident.send({ id: crypto.randomUUID(), type: 'start', payload: 'report' });
  for (const text of ['楼下烧烤店夜里两点还在放音响', 'problem', 'other', 'skip', 'skip', 'hidden', 'file']) await resident.say(text);
  const reference = await referenceIn(resident);
  await write(rated, 'answer', reference, { outcome: 'resolved', text: '说好了，十点以后不放。' });
  for (const label of ['解决了', '给这次评一评', '★ 很不满意', ...reasons, '好了', '跳过', '就这样评']) await press(resident, label);
  return resident;
}

test('no officer sees whose resident was asked to rate, in the case or in the list of what has not arrived', async () => {
  await ratedLow('办得慢');
  const asked = ['ask', 'again', 'met'].map((which) => desk.words.t(`desk:invite.${which}`, 'zh-CN'));
  for (const who of [rated, lead, inspector]) {
    const { items } = (await who.ask('GET', '/cases?limit=100')).body;
    const seen = [(await who.ask('GET', '/deliveries')).text];
    for (const { reference } of items) seen.push((await who.ask('GET', `/cases/${reference}`)).text);
    expect(items.length).toBeGreaterThan(who === inspector ? -1 : 0);
    for (const text of seen) for (const words of asked) expect(text).not.toContain(words);
  }
});

describe('the follow-up of a low rating', () => {
  test('is for another than was rated: for them it does not exist', async () => {
    const resident = await ratedLow('态度不好');
    for (const label of ['要，在这里回我', '跳过', '交过去']) await press(resident, label);
    const reference = await referenceIn(resident);
    const hidden = await rated.ask('GET', `/cases/${reference}`);
    expect([hidden.status, hidden.text]).toEqual([404, (await rated.ask('GET', '/cases/00000000')).text]);
    expect((await rated.ask('GET', '/cases?kind=follow-up')).body).toMatchObject({ items: [], total: 0 });
    const { body } = await colleague.ask('GET', `/cases/${reference}`);
    expect(body).toMatchObject({ kind: 'follow-up', sealed: false, summary: '态度不好', finding: null });
    expect(JSON.stringify(body)).not.toMatch(/★|很不满意/);
    const given = await write(lead, 'assignee', reference, { username: 'lihua' });
    expect(given).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  test('is answered only once it was looked into, and who left a number is called first', async () => {
    const resident = await ratedLow('态度不好');
    await press(resident, '要，打电话给我');
    await resident.say('13800138000');
    for (const label of ['跳过', '跳过', '交过去']) await press(resident, label);
    const reference = await referenceIn(resident);
    expect(await write(colleague, 'assignee', reference, { username: 'wangmin' })).toMatchObject({ status: 200 });
    const answer = { outcome: 'resolved', text: '对不起，话说重了，已经跟他讲过。' };
    expect(await write(colleague, 'answer', reference, answer)).toMatchObject({ status: 409, body: { code: 'not-allowed-now' } });
    expect((await colleague.ask('GET', `/cases/${reference}`)).body.may).toContain('verify');
    expect(await write(colleague, 'finding', reference, { finding: 'maybe', text: '查了' })).toMatchObject({ status: 400 });
    expect(await write(colleague, 'finding', reference, { finding: 'confirmed', text: '听了录音' })).toMatchObject({ status: 200 });
    expect(await write(colleague, 'answer', reference, answer)).toMatchObject({ status: 409, body: { code: 'call-first' } });
    expect(await write(colleague, 'notes', reference, { text: '打过电话，道了歉' })).toMatchObject({ status: 201 });
    expect(await write(colleague, 'answer', reference, answer)).toMatchObject({ status: 200 });
    expect((await colleague.ask('GET', `/cases/${reference}`)).body).toMatchObject({ status: 'answered', finding: 'confirmed' });
    for (const label of ['解决了', '给这次评一评', '★★★★ 满意', '跳过', '跳过', '就这样评']) await press(resident, label);
    expect((await lastLines(resident, 1))[0]?.text).toMatch(/^谢谢，评分记下了/);
  });

  test('is planned for a working day: told to the resident, and owed from then on', async () => {
    const resident = await ratedLow('态度不好');
    for (const label of ['要，在这里回我', '跳过', '交过去']) await press(resident, label);
    const reference = await referenceIn(resident);
    await write(colleague, 'assignee', reference, { username: 'wangmin' });
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const plan = (until: string) => write(colleague, 'plan', reference, { until, text: '带他去别的所学一周。' });
    expect((await plan(inDays(7))).body).toMatchObject({ code: 'not-allowed-now' });
    await write(colleague, 'finding', reference, { finding: 'confirmed', text: '听了录音' });
    for (const wrong of ['2020-01-01', '2199-01-01', '2026-13-40', inDays(0)])
      expect((await plan(wrong)).body).toMatchObject({ status: 400, code: 'invalid', errors: [{ pointer: '/until' }] });
    const answers = await Promise.all([5, 6, 7, 8, 9, 10, 11, 12].map((days) => plan(inDays(days))));
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(taken).toBeGreaterThan(0);
    const { body } = await colleague.ask('GET', `/cases/${reference}`);
    expect(body.events.filter(({ verb }: { verb: string }) => verb === 'planned')).toHaveLength(taken);
    expect((await lastLines(resident, 2)).map(({ text }) => text)).toEqual([
      '带他去别的所学一周。',
      expect.stringMatching(/^说定 .+ 前办好/),
    ]);
  });

  test('about broken rules is for inspection alone', async () => {
    const resident = await ratedLow('违反规定');
    for (const label of ['要，在这里回我', '跳过', '交过去']) await press(resident, label);
    const reference = await referenceIn(resident);
    for (const who of [rated, colleague, lead]) expect((await who.ask('GET', `/cases/${reference}`)).status).toBe(404);
    expect((await inspector.ask('GET', `/cases/${reference}`)).body).toMatchObject({ kind: 'follow-up', sealed: true });
  });
});

test('ratings asked again after a follow-up are told apart from the first', async () => {
  const { default: Database } = await import('better-sqlite3');
  const connection = new Database(`${desk.dataDir}/tiexin.db`, { readonly: true });
  const counts = connection.prepare('select source, count(*) as n from ratings group by source order by source').all();
  connection.close();
  expect(counts).toEqual([
    { source: 'again', n: 1 },
    { source: 'invited', n: 5 },
  ]);
});
