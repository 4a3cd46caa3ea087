import { describe, expect, test } from 'vitest';
import type { CaseFile } from '../../src/domain/case.ts';
import { covers, mayDo, scopeOf, standingsOf } from '../../src/domain/policy.ts';
import { account, catalogue, file } from './station-for-test.ts';

const kinds: Record<string, Partial<CaseFile>> = {
  ordinary: {},
  'service of patrol': { kind: 'complaint', about: 'service', teamConcerned: 'patrol' },
  'service of household': { kind: 'complaint', about: 'service', teamConcerned: 'household' },
  'service of the station': { kind: 'complaint', about: 'service', teamConcerned: 'station' },
  'service, no team': { kind: 'complaint', about: 'service' },
  sealed: { kind: 'complaint', about: 'officer', sealed: true },
  'sealed by hand': { kind: 'problem', sealed: true },
  'other station': { station: 'station-2', unit: 'station-2' },
};

const readers = {
  'officer of patrol': account('officer', 'patrol'),
  'officer of household': account('officer', 'household'),
  'officer at the station': account('officer', 'station'),
  'lead of the station': account('lead', 'station'),
  'lead of patrol': account('lead', 'patrol'),
  'lead of station 2': account('lead', 'station-2'),
  inspector: account('inspector', 'inspection'),
  'inspector of bureau 2': account('inspector', 'inspection-2'),
  administrator: account('administrator', 'station'),
};

/** One column a kind of case, in the order above: `+` sees it. */
const expected = `
                         ordinary  patrol  household  station  no-team  sealed  by-hand  other-station
  officer of patrol         +        -        +          -        -        -       -          -
  officer of household      +        +        -          -        -        -       -          -
  officer at the station    +        +        +          -        -        -       -          -
  lead of the station       +        +        +          +        +        -       -          -
  lead of patrol            +        -        +          +        +        -       -          -
  lead of station 2         -        -        -          -        -        -       -          +
  inspector                 +        +        +          +        +        +       +          +
  inspector of bureau 2     -        -        -          -        -        -       -          -
  administrator             -        -        -          -        -        -       -          -
`;

test('who sees which case', () => {
  const rows = Object.entries(readers).map(([name, reader]) => {
    const scope = scopeOf(reader, catalogue);
    return [name, ...Object.values(kinds).map((kind) => (covers(scope, file(kind)) ? '+' : '-'))].join(' ');
  });
  const read = expected.trim().split('\n').slice(1);
  expect(rows).toEqual(read.map((row) => row.trim().replace(/\s+/g, ' ')));
});

describe('whoever is named', () => {
  test('sees nothing of it, in any role', () => {
    for (const reader of Object.values(readers)) {
      const named = file({ kind: 'complaint', about: 'officer', sealed: true, subjects: { officers: [reader.id], units: [] } });
      const ordinary = file({ subjects: { officers: [reader.id], units: [] } });
      expect([covers(scopeOf(reader, catalogue), named), covers(scopeOf(reader, catalogue), ordinary)]).toEqual([false, false]);
    }
  });

  test('a unit is kept from those in it and below it; for inspection then the level above reads', () => {
    const sees = (unit: string, named: string) =>
      covers(scopeOf(account('inspector', unit), catalogue), file({ sealed: true, subjects: { officers: [], units: [named] } }));
    expect([sees('inspection', 'patrol'), sees('inspection', 'station')]).toEqual([true, true]);
    expect([sees('inspection', 'inspection'), sees('bureau', 'inspection')]).toEqual([false, true]);
    expect([sees('inspection', 'bureau'), sees('bureau', 'bureau')]).toEqual([false, false]);
  });
});

describe('an account on the safe side', () => {
  test.each([
    ['disabled', { ...account('lead', 'station'), disabledAt: 1 }],
    ['of a unit that is not there', account('lead', 'gone')],
    ['an officer outside every station', account('officer', 'bureau')],
    ['a lead outside every station', account('lead', 'inspection')],
    ['an inspector inside a station', account('inspector', 'patrol')],
  ])('%s sees no case', (_what, reader) => {
    expect(scopeOf(reader, catalogue).stations).toEqual([]);
    expect(standingsOf(reader, file(), catalogue)).toEqual([]);
  });
});

describe('who acts on what', () => {
  const officer = account('officer', 'patrol');
  const lead = account('lead', 'station');
  const inspector = account('inspector', 'inspection');

  test('an officer acts on own and unowned cases, and is told of the owner where it is another’s', () => {
    expect(mayDo('reply', officer, file(), catalogue)).toEqual({ may: true });
    expect(mayDo('reply', officer, file({ owner: officer.id }), catalogue)).toEqual({ may: true });
    expect(mayDo('reply', officer, file({ owner: 'another', status: 'in-progress' }), catalogue)).toEqual({
      may: false,
      why: 'not-your-step',
      who: 'owner',
    });
    expect(mayDo('assign', officer, file(), catalogue)).toMatchObject({ why: 'not-your-step', who: 'lead' });
  });

  test('what came back unsolved and has no owner is a lead’s to hand out', () => {
    const back = file({ status: 'in-progress', reopened: 1 });
    expect(mayDo('take', officer, back, catalogue)).toMatchObject({ why: 'not-your-step', who: 'lead' });
    expect(mayDo('assign', lead, back, catalogue)).toEqual({ may: true });
  });

  test('an inspector reads ordinary cases, and acts on complaints', () => {
    expect(mayDo('reply', inspector, file(), catalogue)).toMatchObject({ why: 'not-your-step' });
    expect(mayDo('pass-to-inspection', inspector, file(), catalogue)).toEqual({ may: true });
    expect(mayDo('reply', inspector, file(kinds['service of patrol']), catalogue)).toEqual({ may: true });
    expect(mayDo('answer', inspector, file(kinds.sealed), catalogue, 0, 'unresolved')).toEqual({ may: true });
  });

  test('a complaint about the station itself is read by its lead and worked on by inspection', () => {
    const own = file(kinds['service of the station']);
    expect(standingsOf(lead, own, catalogue)).toEqual(['reader']);
    expect(mayDo('answer', lead, own, catalogue)).toMatchObject({ why: 'not-your-step', who: 'inspector' });
    expect(mayDo('answer', inspector, own, catalogue)).toEqual({ may: true });
  });

  test('what only the clock does is nobody’s step at the desk', () => {
    expect(mayDo('close', lead, file({ status: 'answered' }), catalogue, 0, 'not-confirmed')).toEqual({
      may: false,
      why: 'not-allowed-now',
    });
  });
});
