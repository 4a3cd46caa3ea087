import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';

let desk: DeskForTest;
beforeAll(async () => {
  desk = await startForTest({ around: { now: () => Date.parse('2026-03-04T09:00:00+08:00') } });
});
afterAll(() => desk.end());

const get = async (path: string, headers: Record<string, string> = {}, url = desk.url) => {
  const answer = await fetch(`${url}${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
};

describe('health', () => {
  test('live says that the process runs', async () => {
    expect(await get('/health/live')).toEqual({ status: 200, text: '{"status":"live"}' });
  });

  test('ready is degraded until somebody could read a sealed complaint', async () => {
    const before = await get('/health/ready');
    expect(before.status).toBe(200);
    expect(JSON.parse(before.text)).toMatchObject({
      status: 'degraded',
      database: { writable: true },
      outbox: { ageSeconds: 0, deadLetters: 0 },
      channels: ['web'],
      inspectorPresent: false,
      calendarCoveredUntil: expect.stringMatching(/^\d{4}-12-31$/),
      wrong: ['inspector'],
    });
    await desk.addOfficer('ducha', 'inspector', 'inspection');
    expect(JSON.parse((await get('/health/ready')).text)).toMatchObject({ status: 'ready', inspectorPresent: true, wrong: [] });
  });

  test('ready never counts sealed complaints', async () => {
    expect((await get('/health/ready')).text).not.toMatch(/seal/i);
  });

  test('a calendar that ends soon is said', async () => {
    const late = await startForTest({ around: { now: () => Date.parse('2030-12-15T09:00:00+08:00') } });
    try {
      expect(JSON.parse((await get('/health/ready', {}, late.url)).text).wrong).toContain('calendar');
    } finally {
      await late.end();
    }
  });
});

describe('metrics', () => {
  test('are five gauges in Prometheus text', async () => {
    const { status, text } = await get('/metrics');
    expect(status).toBe(200);
    for (const name of ['outbox_age_seconds', 'deliveries_pending', 'dead_letters', 'promises_overdue', 'sealed_waiting_unread']) {
      expect(text).toContain(`# TYPE tiexin_${name} gauge`);
    }
    expect(text).toMatch(/^tiexin_dead_letters 0$/m);
  });

  test('are not for who comes through a proxy', async () => {
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(404);
    expect((await get('/metrics', { forwarded: 'for=203.0.113.9' })).status).toBe(404);
  });

  test('need the token where one is set', async () => {
    const guarded = await startForTest({ env: { METRICS_TOKEN: 'a-token-of-the-station' } });
    try {
      expect((await get('/metrics', {}, guarded.url)).status).toBe(404);
      expect((await get('/metrics', { authorization: 'Bearer wrong' }, guarded.url)).status).toBe(404);
      expect((await get('/metrics', { authorization: 'Bearer a-token-of-the-station' }, guarded.url)).status).toBe(200);
    } finally {
      await guarded.end();
    }
  });
});
