import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { coveredUntil } from '../../domain/calendar.ts';
import { broken, type Finding, fine, localTime, soon } from './finding.ts';

const DAY_MS = 86_400_000;
/** A holiday notice comes in November: with less than this ahead, dates across the new year may still move. */
const CALENDAR_DAYS_AHEAD = 30;
/** Files written by a clock that is now behind: more than a slow clock explains. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** The machine's clock against what it wrote earlier, the calendar, and the port. */
export async function lookAround(config: Pick<Config, 'dataDir' | 'host' | 'port' | 'zone'>, now: number): Promise<Finding[]> {
  return [clock(config.dataDir, now, config.zone), calendar(now), await port(config)];
}

function clock(dataDir: string, now: number, zone: string): Finding {
  const written = ['tiexin.db', 'tiexin.db-wal', 'audit-heads'].map((name) => changedAt(join(dataDir, name)));
  const newest = Math.max(0, ...written);
  const local = localTime(now, zone);
  if (newest > now + CLOCK_SLACK_MS) return broken('clockBehind', { minutes: Math.round((newest - now) / 60_000), local });
  return fine('clock', { local, zone });
}

function changedAt(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function calendar(now: number): Finding {
  const daysAhead = Math.floor((Date.parse(`${coveredUntil}T00:00:00Z`) - now) / DAY_MS);
  return daysAhead < CALENDAR_DAYS_AHEAD ? soon('calendarEnds', { until: coveredUntil }) : fine('calendar', { until: coveredUntil });
}

async function port({ host, port: number }: Pick<Config, 'host' | 'port'>): Promise<Finding> {
  if (await isFree(host, number)) return soon('notRunning', { port: number });
  return (await answersAsDesk(host, number)) ? fine('running', { port: number }) : broken('portTaken', { port: number });
}

const isFree = (host: string, number: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(number, host, () => server.close(() => resolve(true)));
  });

async function answersAsDesk(host: string, number: number): Promise<boolean> {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  try {
    const url = `http://${reachable}:${number}/health/live`;
    const answer = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
