import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, acting, file, type MakeAdapter, officer, replying, scopeFor } from './store-fixtures.ts';

/** What every store gives out to say where a page ended. */
export function cursors(make: MakeAdapter): void {
  describe('cursors', () => {
    let adapter: Adapter;
    let store: Store;
    let inspector: Officer;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
      inspector = await officer(store, 'inspector', 'inspection');
      const lead = await officer(store, 'lead', 'station');
      for (let nth = 0; nth < 3; nth += 1) {
        const { file: head } = await file(store, `路灯坏了 ${nth}`, {}, { address: `resident-${nth}` });
        const acted = await acting(store, lead, head.reference, replying(lead, '明天来'));
        if (acted.done) await store.settle(acted.outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'held' } })));
      }
    });
    afterEach(() => adapter.dispose());

    type Page = Promise<{ next?: string }>;
    const lists: Record<string, (after?: string) => Page> = {
      due: (after) => queue('due', after),
      opened: (after) => queue('opened', after),
      updated: (after) => queue('updated', after),
      search: (after) => queue('due', after, '路灯'),
      audit: (after) => store.audit('all', 'all', after, 1),
      deliveries: (after) => store.findDeliveries(scopeFor(store, inspector), inspector.id, after, 1),
    };
    const queue = (sort: 'due' | 'opened' | 'updated', after?: string, words?: string): Page =>
      store.findCases(scopeFor(store, inspector), inspector.id, { sort, limit: 1, ...(after && { after }), ...(words && { words }) });
    const names = Object.keys(lists);

    test.each(names)(
      'of %s: as long as every other, never twice the same, good after a restart, and with no number to read',
      async (name) => {
        const first = (await lists[name]!()).next ?? '';
        const second = (await lists[name]!(first)).next ?? '';
        const again = (await lists[name]!()).next ?? '';
        expect(new Set([first, second, again]).size).toBe(3);
        expect([second.length, again.length]).toEqual([first.length, first.length]);
        expect(Buffer.from(first, 'base64url').toString('latin1')).not.toMatch(/[[\]",:]\s*\d+\s*[\],]/);
        store = await adapter.open();
        const { next: _next, ...after } = await lists[name]!(first);
        const { next: _other, ...same } = await lists[name]!(again);
        expect(after).toEqual(same);
      },
    );

    test.each(names)('of %s: changed anywhere, cut short, made up or of another list, it is invalid', async (name) => {
      const cursor = (await lists[name]!()).next ?? '';
      const refused = { code: 'invalid', detail: { wrong: [{ pointer: '?cursor' }] } };
      const flipped = [...cursor].map((letter, at) => cursor.slice(0, at) + (letter === 'A' ? 'B' : 'A') + cursor.slice(at + 1));
      const madeUp = [
        '',
        'nonsense',
        '{}',
        '[]',
        'WzFd',
        `${cursor}A`,
        `${cursor}=`,
        cursor.slice(0, -4),
        cursor.slice(1),
        'A'.repeat(cursor.length),
      ];
      for (const wrong of [...flipped, ...madeUp]) {
        if (wrong !== '') await expect(lists[name]!(wrong), wrong).rejects.toMatchObject(refused);
      }
      for (const other of names.filter((one) => one !== name)) await expect(lists[other]!(cursor), other).rejects.toMatchObject(refused);
    });

    test('of another desk is invalid, and marks of its feed lead nowhere', async () => {
      const cursor = (await lists.audit!()).next;
      const { mark } = await store.feed(0, 1);
      const elsewhere = await make();
      const other = await elsewhere.open({ anotherKey: true });
      await expect(other.audit('all', 'all', cursor, 1)).rejects.toMatchObject({ code: 'invalid' });
      expect(await other.feed(mark, 1)).not.toHaveProperty('from');
      await elsewhere.dispose();
    });

    describe('marks of the feed', () => {
      const HOUR = 3_600_000;

      test('lead back to their place for an hour, over a restart too', async () => {
        const { items } = await store.feed(0, 2);
        expect((await store.feed(items[1]!.mark, 10)).from).toBe(items[1]!.seq);
        store = await adapter.open();
        adapter.clock.now += HOUR - 1;
        const { from, items: rest } = await store.feed(items[1]!.mark, 10);
        expect([from, rest.map(({ seq }) => seq)]).toEqual([2, [3, 4, 5, 6]]);
        adapter.clock.now += 1;
        expect(await store.feed(items[1]!.mark, 10)).toMatchObject({ items: [], last: 6 });
        expect(await store.feed(items[1]!.mark, 10)).not.toHaveProperty('from');
      });

      test('of one place are never alike, and as long as every other: who asks again learns nothing of what happened between', async () => {
        const marks = await Promise.all(Array.from({ length: 8 }, async (_, nth) => (await store.feed(nth < 4 ? 6 : nth - 4, 1)).mark));
        expect(new Set(marks).size).toBe(8);
        expect(new Set(marks.map(({ length }) => length)).size).toBe(1);
      });

      test('made up or changed lead nowhere: the feed is begun at its end', async () => {
        const { mark } = await store.feed(0, 1);
        const cursor = (await lists.audit!()).next ?? '';
        for (const wrong of ['3', '999999999', '-1', 'nonsense', '', `${mark.slice(0, -1)}${mark.endsWith('A') ? 'B' : 'A'}`, cursor]) {
          const told = await store.feed(wrong, 10);
          expect(told).toMatchObject({ items: [], last: 6 });
          expect(told).not.toHaveProperty('from');
        }
      });
    });
  });
}
