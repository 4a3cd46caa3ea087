import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { calendarOf, coveredUntil, dateAt, dayOf, isStaffed, usualHours } from '../../src/domain/calendar.ts';
import type { WeeklyHours } from '../../src/domain/catalogue.ts';
import { dueAt, isTarget } from '../../src/domain/due.ts';
import { targetsOf } from '../../src/domain/targets.ts';

const station = (zone = 'Asia/Shanghai', hours: WeeklyHours = usualHours) => calendarOf({ stationName: '', zone, hours, bodyAbove: '' });
const shanghai = station();
const at = (local: string, zone = 'Asia/Shanghai'): number => DateTime.fromISO(local, { zone }).toMillis();
const local = (instant: number, zone = 'Asia/Shanghai'): string => DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
const due = (from: string, target: string) => local(dueAt(at(from), target, shanghai, 'finish').at);

describe('working hours', () => {
  test.each([
    ['2026-03-09T10:00', 'PT4H', '2026-03-09T16:00', 'over the midday break'],
    ['2026-03-09T10:00', 'PT2H', '2026-03-09T12:00', 'to the very end of the morning'],
    ['2026-03-09T16:30', 'PT4H', '2026-03-10T11:30', 'overnight'],
    ['2026-03-09T13:00', 'PT2H', '2026-03-09T16:00', 'begun in the break'],
    ['2026-03-09T03:00', 'PT2H', '2026-03-09T10:30', 'begun before opening'],
    ['2026-03-13T17:30', 'PT30M', '2026-03-16T09:00', 'begun as the week closes'],
    ['2026-03-14T11:00', 'PT4H', '2026-03-16T14:30', 'begun on a Saturday'],
  ])('%s and %s is %s: %s', (from, target, expected) => {
    expect(due(from, target)).toBe(expected);
  });
});

describe('working days', () => {
  test.each([
    ['2026-03-09T10:00', 'P1D', '2026-03-10T17:30', 'the day it came in is not counted'],
    ['2026-03-09T06:00', 'P1D', '2026-03-10T17:30', 'not even before opening'],
    ['2026-03-13T10:00', 'P1D', '2026-03-16T17:30', 'over a weekend'],
    ['2026-03-14T10:00', 'P1D', '2026-03-16T17:30', 'come in on a Saturday'],
    ['2026-03-09T10:00', 'P5D', '2026-03-16T17:30', 'a week later'],
  ])('%s and %s is %s: %s', (from, target, expected) => {
    expect(due(from, target)).toBe(expected);
  });

  test('National Day 2026: seven days off are passed over and the make-up Saturday counts', () => {
    const { at: dueTime, why } = dueAt(at('2026-09-30T10:00'), 'P3D', shanghai, 'finish');
    expect(local(dueTime)).toBe('2026-10-10T17:30');
    expect(why).toEqual({
      promise: 'finish',
      target: 'P3D',
      from: at('2026-09-30T10:00'),
      skipped: ['01', '02', '03', '04', '05', '06', '07'].map((day) => ({ date: `2026-10-${day}`, why: 'holiday' })),
      makeUp: ['2026-10-10'],
      provisional: false,
    });
  });

  test('Spring Festival 2026: nine days off, and both make-up Saturdays are worked by Monday’s hours', () => {
    expect(due('2026-02-13T16:30', 'PT4H')).toBe('2026-02-14T11:30');
    expect(due('2026-02-14T17:00', 'PT4H')).toBe('2026-02-24T12:00');
    expect(due('2026-02-13T10:00', 'P5D')).toBe('2026-02-27T17:30');
    expect(due('2026-02-24T10:00', 'P5D')).toBe('2026-03-02T17:30');
    expect(dueAt(at('2026-02-24T10:00'), 'P5D', shanghai, 'finish').why).toMatchObject({
      skipped: [{ date: '2026-03-01', why: 'weekend' }],
      makeUp: ['2026-02-28'],
    });
    expect(dayOf(shanghai, '2026-02-14').worked).toHaveLength(2);
    expect(dayOf(shanghai, '2026-02-16')).toMatchObject({ worked: [], off: 'holiday' });
  });

  test('begun on a make-up day, that day is not among those counted', () => {
    expect(dueAt(at('2026-10-10T10:00'), 'P1D', shanghai, 'finish').why.makeUp).toEqual([]);
    expect(dueAt(at('2026-10-10T10:00'), 'PT2H', shanghai, 'finish').why.makeUp).toEqual(['2026-10-10']);
  });
});

describe('what the calendar knows', () => {
  test('past the last announced year a date is provisional, in it it is not', () => {
    expect(coveredUntil >= '2026-12-31').toBe(true);
    const after = Number(coveredUntil.slice(0, 4)) + 1;
    expect(dueAt(at(`${after - 1}-12-22T10:00`), 'P2D', shanghai, 'finish').why.provisional).toBe(false);
    expect(dueAt(at(`${after - 1}-12-30T10:00`), 'P5D', shanghai, 'finish').why.provisional).toBe(true);
    expect(dueAt(at(`${after}-10-01T10:00`), 'PT2H', shanghai, 'finish').why.provisional).toBe(true);
  });

  test('a weekday without hours is closed, and make-up days then follow the first weekday that has some', () => {
    const tuesdayOn = station('Asia/Shanghai', { 2: [[600, 660]], 3: [[600, 660]], 6: [] });
    expect(dayOf(tuesdayOn, '2026-03-09')).toMatchObject({ worked: [], off: 'closed' });
    expect(dayOf(tuesdayOn, '2026-10-10')).toMatchObject({ makeUp: true, worked: [[at('2026-10-10T10:00'), at('2026-10-10T11:00')]] });
  });

  test('a station open on Saturdays keeps its own Saturday hours on a make-up Saturday', () => {
    const saturdays = station('Asia/Shanghai', { ...usualHours, 6: [[540, 600]] });
    expect(dayOf(saturdays, '2026-10-10')).toMatchObject({ makeUp: false, worked: [[at('2026-10-10T09:00'), at('2026-10-10T10:00')]] });
  });

  test('a station that set no hours at all works the usual ones', () => {
    expect(local(dueAt(at('2026-03-09T10:00'), 'PT4H', station('Asia/Shanghai', {}), 'finish').at)).toBe('2026-03-09T16:00');
  });

  test('staffed is exactly the working time', () => {
    expect(
      ['2026-03-09T08:29', '2026-03-09T08:30', '2026-03-09T12:00', '2026-03-14T10:00', '2026-10-10T10:00', '2026-10-01T10:00'].map((time) =>
        isStaffed(at(time), shanghai),
      ),
    ).toEqual([false, true, false, false, true, false]);
  });

  test('the date asked about is the station’s, whatever zone the server runs in', () => {
    expect(dateAt(shanghai, Date.UTC(2026, 8, 30, 16, 30))).toBe('2026-10-01');
    expect(isStaffed(Date.UTC(2026, 9, 1, 1, 0), shanghai)).toBe(false);
  });
});

describe('targets', () => {
  test('only whole working days or hours are targets', () => {
    expect(['PT4H', 'PT30M', 'PT1H30M', 'P5D'].map(isTarget)).toEqual([true, true, true, true]);
    expect(['', 'P', 'PT0H', 'P0D', 'P1DT2H', 'P1.5D', 'P1M', 'P1W', '-P1D', '4 hours', 'P99999D'].map(isTarget)).toEqual(
      Array(11).fill(false),
    );
    expect(() => dueAt(0, 'soon', shanghai, 'finish')).toThrow(RangeError);
  });

  test('a case about police has inspection’s targets, whatever its topic says', () => {
    const topic = {
      code: 't',
      version: 1,
      kinds: [],
      labels: {},
      words: {},
      domesticViolence: false,
      targets: { firstAnswer: 'PT1H', finish: 'x' },
    };
    expect(targetsOf({ kind: 'complaint', about: 'officer', sealed: true }, topic)).toEqual({ firstAnswer: 'P1D' });
    expect(targetsOf({ kind: 'help', sealed: true }, topic)).toEqual({ firstAnswer: 'P1D' });
    expect(targetsOf({ kind: 'problem', sealed: false }, topic)).toEqual({ firstAnswer: 'PT1H', finish: 'P5D' });
    expect(targetsOf({ kind: 'complaint', about: 'service', sealed: false })).toEqual({ firstAnswer: 'P1D', finish: 'P5D' });
  });
});

describe('for any moment, hours and zone', () => {
  const zones = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Urumqi', 'UTC');
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const spans = fc
    .uniqueArray(minute, { minLength: 2, maxLength: 4 })
    .map((minutes) => minutes.sort((a, b) => a - b))
    .map((cuts) => (cuts.length < 4 ? [[cuts[0]!, cuts[1]!] as const] : [[cuts[0]!, cuts[1]!] as const, [cuts[2]!, cuts[3]!] as const]));
  const weekly = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), spans, { minKeys: 1, noNullPrototype: true });
  const calendars = fc.tuple(zones, weekly).map(([zone, hours]) => station(zone, hours as WeeklyHours));
  const moments = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 5, 1) });
  const minutes = fc.integer({ min: 1, max: 600 });
  const days = fc.integer({ min: 1, max: 12 });
  const end = (from: number, target: string, calendar: ReturnType<typeof station>) => dueAt(from, target, calendar, 'finish').at;

  test('later begun is never earlier due', () => {
    fc.assert(
      fc.property(calendars, moments, fc.nat(3 * 86_400_000), minutes, days, (calendar, from, later, time, count) => {
        expect(end(from + later, `PT${time}M`, calendar)).toBeGreaterThanOrEqual(end(from, `PT${time}M`, calendar));
        expect(end(from + later, `P${count}D`, calendar)).toBeGreaterThanOrEqual(end(from, `P${count}D`, calendar));
      }),
    );
  });

  test('it is never due outside working time, and never at once', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, days, (calendar, from, time, count) => {
        for (const target of [`PT${time}M`, `P${count}D`]) {
          const instant = end(from, target, calendar);
          expect(instant).toBeGreaterThan(from);
          const { worked } = dayOf(calendar, dateAt(calendar, instant - 1));
          expect(worked.some(([opens, closes]) => instant > opens && instant <= closes)).toBe(true);
        }
      }),
    );
  });

  test('two spans one after the other are one long span', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, minutes, days, days, (calendar, from, first, second, some, more) => {
        expect(end(end(from, `PT${first}M`, calendar), `PT${second}M`, calendar)).toBe(end(from, `PT${first + second}M`, calendar));
        expect(end(end(from, `P${some}D`, calendar), `P${more}D`, calendar)).toBe(end(from, `P${some + more}D`, calendar));
      }),
    );
  });
});

test('opening hours keep their wall clock on the days clocks change', () => {
  const berlin = station('Europe/Berlin', { ...usualHours, 7: [[510, 720]] });
  for (const sunday of ['2026-03-29', '2026-10-25']) {
    expect(dayOf(berlin, sunday).worked).toEqual([[at(`${sunday}T08:30`, 'Europe/Berlin'), at(`${sunday}T12:00`, 'Europe/Berlin')]]);
  }
});
