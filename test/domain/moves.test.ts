import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CaseFile, type CaseStatus, caseStatuses } from '../../src/domain/case.ts';
import { caseActs, judge, type MoveName, moves, REOPEN_DAYS, type Standing } from '../../src/domain/moves.ts';
import { file } from './station-for-test.ts';

const everyone: readonly Standing[] = ['owner', 'officer', 'lead', 'inspector', 'reader', 'resident', 'clock'];
const names = [...new Set(moves.map(({ act, as }) => (as === undefined ? act : `${act}:${as}`)))];
const parts = (name: string): { act: MoveName; as?: string } => {
  const [act, as] = name.split(':');
  return { act: act as MoveName, ...(as !== undefined && { as }) };
};

/** One line an act and way: from which statuses, to which, by whom. */
function linesOf(name: string): string[] {
  const kind = name === 'mediate' ? 'dispute' : 'problem';
  const ways = new Map<string, CaseStatus[]>();
  for (const status of caseStatuses) {
    const verdicts = everyone.map((by) => ({ by, verdict: judge(file({ status, kind }), { ...parts(name), by: [by] }) }));
    const able = verdicts.flatMap(({ by, verdict }) => ('move' in verdict ? [{ by, to: verdict.to }] : []));
    if (able.length === 0) continue;
    const to = [...new Set(able.map((one) => (one.to === status ? 'the same' : one.to)))].join(' or ');
    const way = `→ ${to} | ${able.map(({ by }) => by).join(', ')}`;
    ways.set(way, [...(ways.get(way) ?? []), status]);
  }
  return [...ways].map(([way, from]) => `${name} | ${from.length === caseStatuses.length ? 'any' : from.join(', ')} ${way}`);
}

test('the table a person can read is the table that is applied', () => {
  const written = readFileSync(new URL('./moves.txt', import.meta.url), 'utf8');
  const read = written.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(names.flatMap(linesOf)).toEqual(read.map((line) => line.replace(/ +/g, ' ')));
});

describe('beside the table', () => {
  const may = (name: string, by: readonly Standing[], more: Partial<CaseFile>, now?: number) =>
    judge(file(more), { ...parts(name), by, ...(now !== undefined && { now }) });

  test('an owner hands back once', () => {
    expect(may('hand-back', ['owner'], { status: 'in-progress' })).toHaveProperty('move');
    expect(may('hand-back', ['owner'], { status: 'in-progress', handedBack: 1 })).toEqual({ not: 'not-allowed-now' });
  });

  test('a closed case comes back within thirty days, not a moment later', () => {
    const closed = { status: 'closed', closedAt: 1_000 } as const;
    const end = 1_000 + REOPEN_DAYS * 86_400_000;
    for (const [name, by] of [
      ['say-unsolved', 'resident'],
      ['reopen', 'owner'],
    ] as const) {
      expect(may(name, [by], closed, end)).toHaveProperty('move');
      expect(may(name, [by], closed, end + 1)).toEqual({ not: 'not-allowed-now' });
    }
  });

  test('the third time a lead reads first', () => {
    const twice = { status: 'closed', closedAt: 0, reopened: 2 } as const;
    expect(may('reopen', ['owner'], twice, 1)).toMatchObject({ not: 'not-your-step', only: ['lead', 'inspector'] });
    expect(may('reopen', ['lead'], twice, 1)).toHaveProperty('move');
  });

  test('a complaint is not closed on the word of who answered it, whatever their role', () => {
    const answered = { status: 'answered', kind: 'complaint' } as const;
    expect(may('close:confirmed', ['owner'], answered)).toMatchObject({ not: 'not-your-step' });
    expect(may('close:confirmed', ['owner', 'lead'], answered)).toMatchObject({ not: 'not-your-step' });
    expect(may('close:confirmed', ['lead'], answered)).toHaveProperty('move');
    expect(may('close:confirmed', ['owner'], { status: 'answered' })).toHaveProperty('move');
  });

  test('nothing unseals: a sealed case is not passed on again, nor mediated', () => {
    expect(may('pass-to-inspection', ['reader'], { sealed: true })).toEqual({ not: 'not-allowed-now' });
    expect(may('mediate', ['owner'], { sealed: true, status: 'in-progress', kind: 'dispute' })).toEqual({ not: 'not-allowed-now' });
  });

  test('mediation is for disputes, and never for domestic violence', () => {
    expect(may('mediate', ['owner'], { status: 'in-progress', kind: 'problem' })).toEqual({ not: 'not-allowed-now' });
    expect(may('mediate', ['owner'], { status: 'in-progress', kind: 'dispute', domesticViolence: true })).toEqual({
      not: 'not-allowed-now',
    });
  });

  test('every act of officers has a row, and every end of a case can be reached', () => {
    expect(caseActs.filter((act) => !moves.some((move) => move.act === act))).toEqual([]);
    const reached = new Set(moves.map(({ to }) => to));
    expect(caseStatuses.filter((status) => !reached.has(status))).toEqual([]);
  });
});
