import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { chatClient } from '../channels/chat-client.ts';
import { PASSWORD, startForTest } from '../desk-for-test.ts';
import { file } from './cases-for-test.ts';

test('a log line names the route, what came of it and how long, and nothing of anyone', async () => {
  let written = '';
  const into = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const desk = await startForTest({ around: { log: pino({ level: 'trace' }, into) } });
  try {
    await desk.addOfficer('lihua', 'officer', 'community', '李华');
    const officer = await desk.signIn('lihua');
    const { reference } = await file(desk, { kind: 'problem', words: '路灯坏了两天' });
    await officer.ask('GET', `/cases/${reference}`);
    await officer.ask('GET', `/cases?q=${encodeURIComponent('路灯')}`);
    await officer.ask('POST', `/cases/${reference}/replies`, { text: '今晚修好' }, { 'if-match': '"1"' });
    await officer.ask('POST', `/cases/${reference}/replies`, { text: 7, 手机: '13900001111' }, { 'if-match': '"1"' });
    await officer.ask('GET', '/cases/not-there?name=王秀兰');
    await desk.signIn('lihua', 'a wrong password').catch(() => undefined);
    const resident = chatClient(desk.url);
    await resident.open();
    await resident.say('我叫王秀兰');
    const lines = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        method: 'GET',
        route: '/api/v1/cases/:reference',
        status: 200,
        ms: expect.any(Number),
        reqId: expect.any(String),
        msg: 'answered',
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ method: 'POST', route: '/chat/messages', status: 200 }));
    const secrets = [
      '路灯',
      '今晚',
      '王秀兰',
      '13900001111',
      'q=',
      'name=',
      PASSWORD,
      'a wrong password',
      reference,
      officer.cookie.slice(7),
      officer.csrf,
    ];
    for (const secret of secrets) expect(written).not.toContain(secret);
    expect(written).not.toContain(encodeURIComponent('路灯'));
    expect(JSON.stringify(lines.filter(({ route }) => route !== undefined))).not.toContain('127.0.0.1');
  } finally {
    await desk.end();
  }
});

test('an unexpected error is logged by its shape, and answered without it', async () => {
  let written = '';
  const into = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  const desk = await startForTest({
    around: {
      log: pino({ level: 'trace' }, into),
      store: (store) => ({
        ...store,
        findCases: () => Promise.reject(new TypeError('王秀兰 的电话 13900001111', { cause: new RangeError('路灯坏了') })),
      }),
    },
  });
  try {
    await desk.addOfficer('lihua', 'officer', 'community', '李华');
    const officer = await desk.signIn('lihua');
    const answer = await officer.ask('GET', '/cases', undefined, { 'accept-language': 'en' });
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'internal', detail: 'The fault is ours and has been noted. Please try again later.' },
    });
    expect(answer.text).not.toMatch(/TypeError|王秀兰/);
    expect(written).toContain('"name":"TypeError"');
    expect(written).toContain('"name":"RangeError"');
    expect(written).toContain('logging.test.ts');
    expect(written).not.toMatch(/王秀兰|13900001111|路灯/);
  } finally {
    await desk.end();
  }
});
