import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../src/domain/decision.ts';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, deciding, file, inbound, type MakeAdapter, officer, render, START, scopeFor, unitId } from './store-fixtures.ts';

/** What every store keeps of accounts, sign-ins, the catalogue and the record of them. */
export function accounts(make: MakeAdapter): void {
  describe('accounts and catalogue', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const change = (over: object) => ({
      username: 'wang',
      role: 'officer' as const,
      unit: unitId(store.catalogue(), 'community'),
      publicName: '王警官',
      passwordHash: 'hash',
      ...over,
    });

    test('an empty database is a station that can work at once', () => {
      const { units, topics, settings, rootStation, inspectorExists, version } = store.catalogue();
      expect(units.map(({ code, kind, inspects }) => [code, kind, inspects])).toEqual([
        ['bureau', 'bureau', false],
        ['community', 'team', false],
        ['household', 'team', false],
        ['inspection', 'team', true],
        ['patrol', 'team', false],
        ['station', 'station', false],
      ]);
      expect(topics).toHaveLength(16);
      expect(topics.every(({ labels }) => labels['zh-CN'] && labels.en)).toBe(true);
      expect(topics.filter(({ domesticViolence }) => domesticViolence).map(({ code }) => code)).toEqual(['domestic-violence']);
      expect(topics.find(({ code }) => code === 'noise')?.words['zh-CN']).toContain('广场舞');
      expect(settings).toMatchObject({ zone: 'Asia/Shanghai', stationName: '' });
      expect(settings.hours[1]).toEqual([
        [510, 720],
        [840, 1050],
      ]);
      expect([rootStation, inspectorExists, version]).toEqual([unitId(store.catalogue(), 'station'), false, 1]);
    });

    test('what is configured is kept, raises the version and is written down', async () => {
      await store.saveSettings('command-line', { stationName: '梧桐派出所' });
      const id = await store.saveUnit('command-line', {
        code: 'north',
        kind: 'team',
        parent: unitId(store.catalogue(), 'station'),
        inspects: false,
        labels: { 'zh-CN': '北区', en: 'North' },
      });
      store = await adapter.open();
      expect(store.catalogue()).toMatchObject({ version: 3, settings: { stationName: '梧桐派出所' } });
      expect(store.catalogue().units.find((unit) => unit.id === id)?.labels.en).toBe('North');
      const { items } = await store.audit('all', 'accounts', undefined, 10);
      expect(items.map(({ verb, subject }) => [verb, subject])).toEqual([
        ['unit-added', 'north'],
        ['settings-changed', 'stationName'],
      ]);
    });

    test("a unit can't take another's code or lie below itself", async () => {
      const unit = (over: object) => store.saveUnit('command-line', { code: 'x', kind: 'team', inspects: false, labels: {}, ...over });
      await expect(unit({ code: 'patrol' })).rejects.toMatchObject({ code: 'already-done' });
      const station = unitId(store.catalogue(), 'station');
      await expect(
        unit({ id: station, code: 'station', kind: 'station', parent: unitId(store.catalogue(), 'patrol') }),
      ).rejects.toMatchObject({
        code: 'invalid',
      });
    });

    test('an account is made, changed under its version, and its username is its own', async () => {
      const made = await store.saveOfficer('command-line', change({ oneTimeUntil: START + 5 }));
      expect(made).toEqual({
        id: made.id,
        username: 'wang',
        role: 'officer',
        unit: made.unit,
        publicName: '王警官',
        oneTimeUntil: START + 5,
        version: 1,
      });
      await expect(store.saveOfficer(made.id, change({}))).rejects.toMatchObject({ code: 'username-taken' });
      const changed = await store.saveOfficer(made.id, change({ id: made.id, badge: '012345', oneTimeUntil: null, seen: 1 }));
      expect(changed).toMatchObject({ version: 2, badge: '012345' });
      expect(changed).not.toHaveProperty('oneTimeUntil');
      await expect(store.saveOfficer(made.id, change({ id: made.id, seen: 1 }))).rejects.toMatchObject({
        code: 'stale',
        detail: { version: 2 },
      });
      expect(await store.officers()).toEqual([changed]);
      expect(await store.findSignIn('wang')).toEqual({ officer: changed, passwordHash: 'hash' });
      expect(await store.findSignIn('li')).toBeUndefined();
    });

    describe('a key that comes again', () => {
      const once = { route: 'POST /officers', key: 'k1', bodyHash: 'a' };
      const DAY = 86_400_000;

      test('saves one account: the repeat gives it as it is by now, and changes nothing', async () => {
        const made = await store.saveOfficer('command-line', change({}), once);
        expect(made).not.toHaveProperty('repeat');
        const changed = await store.saveOfficer('command-line', change({ id: made.id, publicName: '王明' }));
        store = await adapter.open();
        const again = await store.saveOfficer('command-line', change({ passwordHash: 'other' }), once);
        expect(again).toEqual({ ...changed, repeat: true });
        expect((await store.findSignIn('wang'))?.passwordHash).toBe('hash');
        expect(await store.officers()).toHaveLength(1);
        await expect(store.saveOfficer('command-line', change({ username: 'li' }), { ...once, bodyHash: 'b' })).rejects.toMatchObject({
          code: 'key-reused',
        });
        await expect(store.saveOfficer(made.id, change({}), once)).rejects.toMatchObject({ code: 'username-taken' });
        adapter.clock.now += 7 * DAY;
        await expect(store.saveOfficer('command-line', change({}), once)).rejects.toMatchObject({ code: 'username-taken' });
      });

      test('adds one unit; where nothing was added the key is still free', async () => {
        const parent = unitId(store.catalogue(), 'station');
        const add = (code: string, key: typeof once) =>
          store.saveUnit('command-line', { code, kind: 'team', parent, inspects: false, labels: { 'zh-CN': '新队' } }, key);
        await expect(add('patrol', once)).rejects.toMatchObject({ code: 'already-done' });
        const id = await add('night', once);
        const { version } = store.catalogue();
        expect(await add('night', once)).toBe(id);
        expect(store.catalogue().version).toBe(version);
        await expect(add('night', { ...once, bodyHash: 'b' })).rejects.toMatchObject({ code: 'key-reused' });
        await expect(add('night', { ...once, key: 'k2' })).rejects.toMatchObject({ code: 'already-done' });
      });
    });

    test('a session ends with its time, by its holder, and where its account is not the same any more', async () => {
      const made = await store.saveOfficer('command-line', change({}));
      const begin = (token: string) => store.openSession(token, made.id, START + 1_000);
      await begin('t1');
      expect(await store.findSession('t1')).toEqual({ officer: made, expiresAt: START + 1_000, onDuty: false });
      await store.markDuty('t1', true, START + 500);
      expect((await store.findSession('t1'))?.onDuty).toBe(true);
      await store.endSession('t1');
      expect(await store.findSession('t1')).toBeUndefined();
      await begin('t2');
      await store.saveOfficer(made.id, change({ id: made.id, publicName: '王明' }));
      expect(await store.findSession('t2')).toBeDefined();
      await store.saveOfficer(made.id, change({ id: made.id, passwordHash: 'other' }));
      expect(await store.findSession('t2')).toBeUndefined();
      await begin('t3');
      await store.saveOfficer(made.id, change({ id: made.id, passwordHash: 'other', disabled: true }));
      expect(await store.findSession('t3')).toBeUndefined();
      await store.saveOfficer(made.id, change({ id: made.id, passwordHash: 'other', disabled: false }));
      await begin('t4');
      adapter.clock.now = START + 1_000;
      expect(await store.findSession('t4')).toBeUndefined();
    });

    test('tries at signing in are counted before they are judged, over a restart, and a success begins anew', async () => {
      await store.saveOfficer('command-line', change({}));
      const trying = (peer: string) => store.allowSignIn('wang', peer);
      for (let tried = 0; tried < 4; tried += 1) expect(await trying(`peer-${tried}`)).toBe(true);
      await store.allowSignIn('wang', 'peer-1', true);
      for (let tried = 0; tried < 5; tried += 1) expect(await trying(`peer-${tried}`)).toBe(true);
      expect(await trying('fresh')).toBe(false);
      store = await adapter.open();
      expect(await trying('fresh')).toBe(false);
      expect(await store.allowSignIn('somebody-else', 'fresh')).toBe(true);
      adapter.clock.now += 15 * 60_000;
      expect(await trying('fresh')).toBe(true);
      for (let tried = 0; tried < 40; tried += 1) await store.allowSignIn(`made-up-${tried}`, 'one-peer');
      expect(await store.allowSignIn('wang', 'one-peer')).toBe(false);
    });

    test('a whole station may sign in from one address within minutes', async () => {
      for (let nth = 0; nth < 60; nth += 1) {
        expect(await store.allowSignIn(`officer-${nth}`, 'the-station')).toBe(true);
        await store.allowSignIn(`officer-${nth}`, 'the-station', true);
      }
    });

    test('sign-ins, good and bad, stand in the record of the station; what was typed does not', async () => {
      const made = await store.saveOfficer('command-line', change({}));
      await store.allowSignIn('wang', 'p', false);
      await store.allowSignIn('hunter2', 'p', false);
      await store.openSession('t', made.id, START + 1_000);
      const { items } = await store.audit('all', 'accounts', undefined, 20);
      expect(items.map(({ verb, subject }) => [verb, subject])).toEqual(
        expect.arrayContaining([
          ['signed-in', 'wang'],
          ['sign-in-failed', 'wang'],
          ['sign-in-failed', 'unknown'],
          ['account-added', 'wang'],
        ]),
      );
      expect(JSON.stringify(items)).not.toContain('hunter2');
      const station = unitId(store.catalogue(), 'station');
      expect((await store.audit([station], 'all', undefined, 20)).items.map(({ verb }) => verb).sort()).toEqual([
        'sign-in-failed',
        'signed-in',
      ]);
    });

    test("acts on inspectors' accounts are named apart", async () => {
      const inspection = unitId(store.catalogue(), 'inspection');
      const made = await store.saveOfficer('command-line', change({ role: 'inspector', unit: inspection }));
      expect(store.catalogue().inspectorExists).toBe(true);
      await store.saveOfficer(made.id, change({ id: made.id, role: 'inspector', unit: inspection, passwordHash: 'new' }));
      await store.saveOfficer(made.id, change({ id: made.id, role: 'inspector', unit: inspection, passwordHash: 'new', disabled: true }));
      expect(store.catalogue().inspectorExists).toBe(false);
      await store.saveOfficer(made.id, change({ id: made.id, disabled: false }));
      const { items } = await store.audit('all', 'accounts', undefined, 20);
      expect(items.map(({ verb }) => verb)).toEqual([
        'inspector-enabled',
        'inspector-disabled',
        'inspector-password-changed',
        'inspector-added',
      ]);
    });

    test('the record is paged newest first, and leaves out cases the reader may not see', async () => {
      const lead = await officer(store, 'lead', 'station');
      for (let nth = 0; nth < 5; nth += 1) {
        adapter.clock.now += 1;
        await file(store, `第 ${nth} 件`, nth % 2 === 0 ? {} : { kind: 'complaint', about: 'officer', sealed: true });
      }
      const { rootStation } = store.catalogue();
      const paged: number[] = [];
      let after: string | undefined;
      do {
        const page = await store.audit([rootStation], 'all', after, 2);
        paged.push(...page.items.map(({ seq }) => seq));
        after = page.next;
      } while (after !== undefined);
      expect(paged).toEqual([5, 4, 3, 2, 1]);
      const seen = await store.audit([rootStation], 'all', undefined, 2, scopeFor(store, lead));
      expect(seen.items.map(({ seq }) => seq)).toEqual([5, 3]);
      expect((await store.audit([rootStation], 'all', seen.next, 2, scopeFor(store, lead))).items.map(({ seq }) => seq)).toEqual([1]);
    });

    test('an acknowledged emergency stands in the record of those it was routed to, and of nobody else', async () => {
      const lead = await officer(store, 'lead', 'station');
      const inspector = await officer(store, 'inspector', 'inspection');
      const station = store.catalogue().rootStation;
      const raised = async (toInspection: boolean): Promise<string> => {
        const id = `0192a000-0000-7000-8000-00000000000${toInspection ? 1 : 2}`;
        const raise: Change = { do: 'raiseEmergency', id, level: 'now', station, toInspection, rule: 'r', ruleDate: '2026-01-01' };
        await store.takeTurn(inbound('他在砸门'), deciding([raise]), render);
        return id;
      };
      const [hidden, shown] = [await raised(true), await raised(false)];
      expect(await store.acknowledgeEmergency(scopeFor(store, lead), lead.id, hidden)).toBe(false);
      for (const id of [hidden, shown]) expect(await store.acknowledgeEmergency(scopeFor(store, inspector), inspector.id, id)).toBe(true);
      const acknowledged = async (by: Officer) =>
        (await store.audit([station], 'all', undefined, 50, scopeFor(store, by))).items
          .filter(({ verb }) => verb === 'emergency-acknowledged')
          .map(({ subject }) => subject);
      expect(await acknowledged(lead)).toEqual([shown]);
      expect(await acknowledged(inspector)).toEqual([shown, hidden]);
    });

    test('the record is whole', async () => {
      await file(store, '路灯坏了');
      const states = await store.verifyAudit();
      expect(states).toHaveLength(2);
      expect(states.every(({ state }) => state.is === 'whole')).toBe(true);
    });
  });
}
