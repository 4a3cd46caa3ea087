import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { abouts, type CaseFile, caseKinds } from '../../src/domain/case.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { covers } from '../../src/domain/policy.ts';
import { type CaseScope, nothing } from '../../src/domain/scope.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, file, type MakeAdapter, officer, scopeFor, unitId } from './store-fixtures.ts';

const CASES = 120;

/** What a query finds and what `covers` says are one and the same. */
export function policy(make: MakeAdapter): void {
  describe('policy', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    async function secondStation(): Promise<void> {
      const parent = unitId(store.catalogue(), 'bureau');
      await store.saveUnit('command-line', { code: 'south', kind: 'station', parent, inspects: false, labels: {} });
      await store.saveUnit('command-line', {
        code: 'south-team',
        kind: 'team',
        parent: unitId(store.catalogue(), 'south'),
        inspects: false,
        labels: {},
      });
    }

    test('the queue, the case, search and acts agree with `covers` on random cases, for every role and for scopes of any shape', async () => {
      await secondStation();
      const { units } = store.catalogue();
      const ids = units.map(({ id }) => id);
      const stations = units.filter(({ kind }) => kind === 'station').map(({ id }) => id);
      const accounts: Officer[] = [];
      for (const [role, unit] of [
        ['officer', 'community'],
        ['officer', 'station'],
        ['officer', 'south-team'],
        ['lead', 'station'],
        ['lead', 'patrol'],
        ['inspector', 'inspection'],
        ['inspector', 'bureau'],
        ['administrator', 'station'],
      ] as const) {
        accounts.push(await officer(store, role, unit));
      }
      const someOf = <T>(of: readonly T[]) => fc.subarray([...of], { maxLength: 2 });
      const oneOf = <T>(of: readonly T[]) => fc.constantFrom(...of);
      const anyCase = fc.record({
        kind: oneOf(caseKinds),
        about: fc.option(oneOf(abouts), { nil: undefined }),
        sealed: fc.boolean(),
        station: oneOf(stations),
        unit: oneOf(ids),
        teamConcerned: fc.option(oneOf(ids), { nil: undefined }),
        subjects: fc.record({ officers: someOf(accounts.map(({ id }) => id)), units: someOf(ids) }, { noNullPrototype: true }),
      });
      const filed: CaseFile[] = [];
      for (const { about, teamConcerned, ...over } of fc.sample(anyCase, { numRuns: CASES, seed: 20260701 })) {
        const optional = { ...(about && { about }), ...(teamConcerned !== undefined && { teamConcerned }) };
        filed.push((await file(store, '楼下太吵', { ...over, ...optional }, { address: `resident-${filed.length % 7}` })).file);
      }
      const anyScope: fc.Arbitrary<CaseScope> = fc.record({
        stations: fc.subarray(stations),
        sealed: oneOf(['none', 'all'] as const),
        notTeams: someOf(ids),
        unknownTeam: oneOf(['hidden', 'shown'] as const),
        notNamingOfficer: oneOf(accounts.map(({ id }) => id)),
        notNamingUnits: someOf(ids),
      });
      const scopes = [
        ...accounts.map((account) => scopeFor(store, account)),
        nothing('nobody'),
        ...fc.sample(anyScope, { numRuns: 40, seed: 7 }),
      ];
      const reader = accounts[0]!.id;
      let covered = 0;
      for (const scope of scopes) {
        const visible = filed
          .filter((one) => covers(scope, one))
          .map(({ reference }) => reference)
          .sort();
        covered += visible.length;
        const page = await store.findCases(scope, reader, { sort: 'opened', limit: 200 });
        expect(page.items.map(({ file: { reference } }) => reference).sort()).toEqual(visible);
        expect(page.total).toBe(visible.length);
        const found = await store.findCases(scope, reader, { sort: 'due', limit: 200, words: '太吵' });
        const ordinary = filed.filter((one) => !one.sealed && covers(scope, one)).map(({ reference }) => reference);
        expect(found.items.map(({ file: { reference } }) => reference).sort()).toEqual(ordinary.sort());
        expect(found.total).toBe(ordinary.length);
        for (const one of filed.slice(0, 15)) {
          expect((await store.readCase(scope, reader, one.reference)) !== undefined).toBe(visible.includes(one.reference));
          const acted = await store.act(
            { actor: { kind: 'officer', officer: reader, scope }, reference: one.reference, decide: () => ({ refuse: 'not-allowed-now' }) },
            () => ({ text: '', by: { kind: 'bot' } }),
          );
          expect(acted).toEqual({ done: false, refuse: visible.includes(one.reference) ? 'not-allowed-now' : 'not-found' });
        }
      }
      expect(covered).toBeGreaterThan(200);
    });
  });
}
