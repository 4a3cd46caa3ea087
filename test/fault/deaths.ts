import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskProcess } from './desk-process.ts';
import type { Point } from './points.ts';

export interface Death {
  run: number;
  /** The named point; absent: at random. */
  at?: Point;
}

/** How long a named point may take to be reached. */
const REACHED_WITHIN_MS = 120_000;
/** What goes at once is claimed by nobody: only what had to wait passes here, and pictures are few. */
const seldom: readonly Point[] = ['outbox.claimed', 'media.before-write', 'media.writing', 'media.after-write'];

/** Dies at each point in turn and every fourth time at random, with some progress between two deaths. */
export async function dieAgainAndAgain(
  desk: DeskProcess,
  {
    deaths: wanted,
    points,
    progress,
    expected,
    failure,
    left = () => false,
    died = () => undefined,
  }: {
    deaths: number;
    points: readonly Point[];
    /** How far everything is, and how far it will come: deaths are spread over it. */
    progress: () => number;
    expected: number;
    /** What has gone wrong meanwhile, which ends it. */
    failure: () => unknown;
    /** Whether nobody is there any more to make progress. */
    left?: () => boolean;
    /** Told at each death, as soon as it has happened. */
    died?: () => void;
  },
): Promise<Death[]> {
  const deaths: Death[] = [];
  let next = 0;
  while (deaths.length < wanted) {
    const from = progress();
    const room = (expected / wanted) * (0.3 + Math.random());
    while (progress() - from < room) {
      if (failure() !== undefined) throw failure();
      if (left()) throw new Error(`everybody has left after ${deaths.length} deaths`);
      await sleep(10);
    }
    const run = desk.run;
    const random = deaths.length % 4 === 3 && wanted - deaths.length > points.length - next;
    const at = random ? undefined : points[next % points.length];
    if (!random) next += 1;
    const passes = at && seldom.includes(at) ? 0 : Math.floor(Math.random() * 4);
    const killed = await desk.kill(at ? { at, passes } : 'now', REACHED_WITHIN_MS, died);
    if (!killed.died) throw new Error(`nothing reached ${at}`);
    deaths.push(at ? { run, at } : { run });
  }
  return deaths;
}
