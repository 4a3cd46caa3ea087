import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startForTest } from '../desk-for-test.ts';
import { tiexin } from './run.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-cli-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const officer = (...args: string[]) => tiexin(dataDir, ['officer', ...args]);
const add = (username: string, role: string, unit: string, ...more: string[]) =>
  officer('add', '--username', username, '--role', role, '--unit', unit, ...more);

describe('officer add', () => {
  test('shows the one-time password once, and it signs in at a running desk, to be changed first', async () => {
    const desk = await startForTest({ dataDir });
    try {
      const added = await add('wang', 'officer', 'community', '--name', '王芳', '--badge', '031012');
      expect(added).toMatchObject({ code: 0, err: '' });
      const password = /One-time password: (\S+)/.exec(added.out)?.[1] ?? '';
      expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
      const { ask } = await desk.signIn('wang', password);
      expect((await ask('GET', '/session')).body).toMatchObject({
        officer: { username: 'wang', role: 'officer', unit: 'community', publicName: '王芳', badge: '031012', mustChangePassword: true },
      });
      expect((await ask('GET', '/cases')).body).toMatchObject({ code: 'must-change-password' });
      expect((await officer('list')).out).toContain('wang\tofficer\tcommunity\t王芳\t031012\twaiting for the first sign-in');
      expect((await officer('list')).out).not.toContain(password);
    } finally {
      await desk.stop();
    }
  });

  test('takes a password from standard input, which then needs no change, and says it nowhere', async () => {
    const args = ['officer', 'add', '--username', 'lin', '--role', 'lead', '--unit', 'station', '--password-stdin'];
    const added = await tiexin(dataDir, args, { input: 'Kx7-Lotus-Bridge\n' });
    expect(added.code).toBe(0);
    expect(added.out + added.err).not.toContain('Lotus');
    const desk = await startForTest({ dataDir });
    try {
      const { ask } = await desk.signIn('lin', 'Kx7-Lotus-Bridge');
      expect((await ask('GET', '/cases')).status).toBe(200);
    } finally {
      await desk.stop();
    }
  });

  test.each([
    [['Wang Fang', 'officer', 'community'], 'A username is'],
    [['wang', 'boss', 'community'], 'There is no role boss'],
    [['wang', 'officer', 'nowhere'], 'There is no unit nowhere. There are: '],
    [['wang', 'officer', 'inspection'], "can't sit in inspection"],
    [['wang', 'inspector', 'station'], "can't sit in station"],
    [['wang', 'administrator', 'inspection'], "can't sit in inspection"],
  ])('refuses %j in plain words and adds nobody', async ([username = '', role = '', unit = ''], says) => {
    const refused = await add(username, role, unit);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(says);
    expect((await officer('list')).out).toBe('There are no accounts yet.\n');
  });

  test('refuses a weak password and a name that is taken', async () => {
    const weak = (input: string) =>
      tiexin(dataDir, ['officer', 'add', '--username', 'wang', '--role', 'officer', '--unit', 'community', '--password-stdin'], { input });
    expect((await weak('short')).err).toContain('too short');
    expect((await weak('my name is wang')).err).toContain('must not hold the username');
    expect((await weak('password123')).err).toContain('too easy');
    await add('wang', 'officer', 'community');
    expect((await add('wang', 'lead', 'station')).err).toBe('There is an account wang already.\n');
  });

  test('adds the first inspector, and leaves every other to inspectors', async () => {
    expect((await add('du', 'inspector', 'inspection')).code).toBe(0);
    const second = await add('cha', 'inspector', 'inspection');
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining("Inspectors' accounts are inspectors' to manage") });
    expect((await officer('list')).out.trim().split('\n')).toHaveLength(1);
  });
});

describe('officer password and officer disable', () => {
  test('a new password ends every session and the old password', async () => {
    const desk = await startForTest({ dataDir });
    try {
      await desk.addOfficer('wang', 'officer', 'community');
      const before = await desk.signIn('wang');
      expect((await before.ask('GET', '/cases')).status).toBe(200);
      const changed = await officer('password', '--username', 'wang');
      const password = /One-time password: (\S+)/.exec(changed.out)?.[1] ?? '';
      expect((await before.ask('GET', '/cases')).status).toBe(401);
      await expect(desk.signIn('wang')).rejects.toThrow('wrong-sign-in');
      await desk.signIn('wang', password);
    } finally {
      await desk.stop();
    }
  });

  test('a disabled account is signed out and stays out', async () => {
    const desk = await startForTest({ dataDir });
    try {
      await desk.addOfficer('wang', 'officer', 'community');
      const before = await desk.signIn('wang');
      expect((await officer('disable', '--username', 'wang')).out).toBe('wang is disabled and signed out everywhere.\n');
      expect((await before.ask('GET', '/cases')).status).toBe(401);
      await expect(desk.signIn('wang')).rejects.toThrow('wrong-sign-in');
      expect((await officer('list')).out).toContain('\tdisabled');
    } finally {
      await desk.stop();
    }
  });

  test('the last inspector who forgot the password can be helped from the shell; while another stands, not', async () => {
    const desk = await startForTest({ dataDir });
    try {
      await desk.addOfficer('du', 'inspector', 'inspection');
      expect((await officer('password', '--username', 'du')).code).toBe(0);
      await desk.addOfficer('cha', 'inspector', 'inspection');
      expect((await officer('password', '--username', 'du')).err).toContain("inspectors' to manage");
      expect((await officer('disable', '--username', 'du')).err).toContain("inspectors' to manage");
    } finally {
      await desk.stop();
    }
  });

  test('what the shell does to an inspector is an entry of the record, and shown to inspectors at their next sign-in', async () => {
    await add('du', 'inspector', 'inspection');
    const desk = await startForTest({ dataDir });
    try {
      const { items } = await desk.store.audit('all', 'accounts', undefined, 50);
      expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ actor: 'command-line', subject: 'du' })]));
      const password = /One-time password: (\S+)/.exec((await officer('password', '--username', 'du')).out)?.[1] ?? '';
      const { ask } = await desk.signIn('du', password);
      const { inspectorChanges } = (await ask('GET', '/session')).body;
      expect(inspectorChanges.map(({ subject }: { subject: string }) => subject)).toContain('du');
    } finally {
      await desk.stop();
    }
  });

  test('an account that is not there is said so', async () => {
    expect(await officer('disable', '--username', 'nobody')).toMatchObject({ code: 1, err: 'There is no account nobody.\n' });
  });
});

describe('the command line itself', () => {
  test('speaks both languages, in help and in mistakes', async () => {
    const chinese = { env: { DEFAULT_LOCALE: 'zh-CN' } };
    expect((await tiexin(dataDir, ['--help'], chinese)).out).toMatch(
      /用法： tiexin[\s\S]*选项：[\s\S]*命令：[\s\S]*officer[\s\S]*doctor[\s\S]*audit[\s\S]*demo/,
    );
    expect((await tiexin(dataDir, ['officer', '--help'])).out).toMatch(
      /Usage: tiexin officer[\s\S]*add[\s\S]*list[\s\S]*disable[\s\S]*password/,
    );
    expect(await tiexin(dataDir, ['oficer'], chinese)).toEqual({ code: 2, out: '', err: '没有这个命令：oficer。加 --help 看有哪些。\n' });
    expect(await tiexin(dataDir, ['officer', 'add', '--role', 'lead'])).toMatchObject({
      code: 2,
      err: 'One option is missing: --username <username>\n',
    });
    expect((await tiexin(dataDir, ['officer', 'list', '--all'])).err).toBe(
      'There is no option --all. Add --help to see those there are.\n',
    );
  });

  test('a wrong environment is named, and nothing is opened', async () => {
    const wrong = await tiexin(dataDir, ['officer', 'list'], { env: { TIMEZONE: 'Asia/Peking', TIEXIN_KEY: 'c2hvcnQ=' } });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('TIMEZONE');
    expect(wrong.err).toContain('TIEXIN_KEY');
  });
});
