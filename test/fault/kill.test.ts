import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { signIn } from '../desk-for-test.ts';
import { reckon } from './checker.ts';
import { dieAgainAndAgain } from './deaths.ts';
import { startDeskProcess } from './desk-process.ts';
import { Officer } from './officer.ts';
import { addOfficers, tiexin } from './operator.ts';
import { points } from './points.ts';
import { Resident } from './resident.ts';

/** TIEXIN_LONG=1: sixty deaths and five thousand acknowledgements; otherwise each point once. */
const long = process.env.TIEXIN_LONG === '1';
const DEATHS = long ? 60 : points.length + 3;
const ACKNOWLEDGED = long ? 5_000 : 300;
const RESIDENTS = 50;

test(
  `nothing acknowledged is lost or doubled, however often the server dies (${DEATHS} deaths)`,
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-kill-'));
    const accounts = await addOfficers(dataDir);
    const desk = await startDeskProcess(dataDir);
    let acknowledged = 0;
    const count = () => {
      acknowledged += 1;
    };
    const photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#7a8' } })
      .jpeg()
      .toBuffer();
    const sessions = await Promise.all(accounts.map(({ username, password }) => signIn(desk.url, username, password)));
    const officers = sessions.map((session) => new Officer(desk, session, count));
    const residents = Array.from({ length: RESIDENTS }, (_, number) => new Resident(desk, number, photo, count));
    const everyone = Promise.all([...residents.map((resident) => resident.stay()), ...officers.map((officer) => officer.work())]);
    // A failure of anyone ends the run at once, instead of at its time limit.
    let failure: unknown;
    everyone.catch((cause: unknown) => {
      failure = cause;
    });

    const deaths = await dieAgainAndAgain(desk, {
      deaths: DEATHS,
      points,
      progress: () => acknowledged,
      expected: ACKNOWLEDGED,
      failure: () => failure,
    });
    while (acknowledged < ACKNOWLEDGED && failure === undefined) await sleep(100);
    for (const resident of residents) resident.staying = false;
    for (const officer of officers) officer.working = false;
    await everyone;

    const conversations = residents.flatMap((resident) => resident.conversations);
    const replies = officers.flatMap((officer) => officer.replies);
    const found = await reckon(desk.url, { conversations, replies, readers: sessions });
    const begun = conversations.reduce((sum, kept) => sum + kept.begun, 0);
    const filed = conversations.reduce((sum, kept) => sum + kept.filed.length, 0);
    const lost = conversations.flatMap((kept) => kept.lost);
    expect(await desk.stop()).toBe(0);
    const audit = await tiexin(dataDir, 'audit', 'verify');

    const inFlight = deaths.filter(({ run }) => (desk.cutOffs.get(run) ?? 0) > 0).length;
    const named = new Set(deaths.flatMap(({ at }) => (at === undefined ? [] : [at])));
    console.log(
      [
        `deaths ${deaths.length}, with requests in flight ${inFlight}, at named points ${named.size}, at random ${deaths.filter(({ at }) => at === undefined).length}`,
        `acknowledged ${found.acknowledged} (messages ${found.acknowledged - replies.length}, replies ${replies.length}), cases ${found.cases}`,
        `missing ${found.missing.length}, doubled ${found.doubled.length}, possibly repeated ${found.possiblyRepeated}`,
        `acknowledged again after a death ${conversations.reduce((sum, kept) => sum + kept.repeats, 0)}`,
        `forms begun ${begun}, filed ${filed}, gone on after a death ${conversations.reduce((sum, kept) => sum + kept.acrossADeath, 0)}, lost ${lost.length}`,
        `audit: ${audit.trim().replaceAll('\n', '; ')}`,
      ].join('\n'),
    );

    expect({ missing: found.missing, doubled: found.doubled, lost }).toEqual({ missing: [], doubled: [], lost: [] });
    expect(filed).toBe(begun);
    expect(found.cases).toBe(filed);
    expect(deaths.length).toBe(DEATHS);
    expect([...named].sort()).toEqual([...points].sort());
    expect(inFlight).toBeGreaterThanOrEqual(Math.floor(DEATHS * 0.8));
    expect(found.acknowledged).toBeGreaterThanOrEqual(ACKNOWLEDGED);
    expect(audit).not.toMatch(/broken|missing|no outside head/);
    expect(audit).toMatch(/whole [1-9]/);
    await rm(dataDir, { recursive: true, force: true });
  },
  long ? 40 * 60_000 : 10 * 60_000,
);
