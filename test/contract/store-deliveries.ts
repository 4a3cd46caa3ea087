import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/domain/message.ts';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, acting, type Filed, file, type MakeAdapter, officer, replying, START, scopeFor, unitId } from './store-fixtures.ts';

const MINUTE = 60_000;

/** What every store says of words that have not reached their resident. */
export function deliveries(make: MakeAdapter): void {
  describe('deliveries', () => {
    let adapter: Adapter;
    let store: Store;
    let lead: Officer;
    let inspector: Officer;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
      lead = await officer(store, 'lead', 'station');
      inspector = await officer(store, 'inspector', 'inspection');
    });
    afterEach(() => adapter.dispose());

    const find = (by: Officer, after?: string, limit = 50) => store.findDeliveries(scopeFor(store, by), by.id, after, limit);
    const found = async (by: Officer) =>
      (await find(by)).items.map(({ reference, delivery }) => [reference, delivery.state, delivery.reason]);
    /** An officer's words in a case; what became of them. */
    async function reply(by: Officer, { file: head }: Filed, outcome?: SendOutcome): Promise<string> {
      const acted = await acting(store, by, head.reference, replying(by, '我们明天来'));
      if (!acted.done) throw new Error(acted.refuse);
      const [outbound] = acted.outbound;
      if (outbound && outcome) await store.settle([{ outbound: outbound.id, outcome }]);
      // What may not pass another is held with it.
      else if (outcome) expect(await store.claim(1, START + 60_000)).toMatchObject({ outbound: [] });
      return acted.made ?? '';
    }
    const neighbour = (nth: number) => ({ address: `resident-${nth}` });

    test('what waits, is held, blocked or failed is there with its reason, newest first; what the resident has is not', async () => {
      const cases: Filed[] = [];
      for (let nth = 0; nth < 5; nth += 1) cases.push(await file(store, `第 ${nth} 件`, {}, neighbour(nth)));
      const [waiting, held, blocked, failed, sent] = cases;
      const message = await reply(lead, waiting!, { is: 'sent', confirmed: false });
      await reply(lead, held!, { is: 'held', reason: 'window-closed' });
      await reply(lead, blocked!, { is: 'blocked', reason: 'blocked-by-them' });
      await reply(lead, failed!, { is: 'refused', reason: 'too-long' });
      await reply(lead, sent!, { is: 'sent', confirmed: true });
      expect(await found(lead)).toEqual([
        [failed!.file.reference, 'failed', 'too-long'],
        [blocked!.file.reference, 'blocked', 'blocked-by-them'],
        [held!.file.reference, 'held', 'window-closed'],
        [waiting!.file.reference, 'waiting', undefined],
      ]);
      expect((await find(lead)).items.at(-1)).toEqual({
        reference: waiting!.file.reference,
        sealed: false,
        message,
        from: 'officer',
        channel: 'web',
        delivery: { state: 'waiting', at: START, possiblyRepeated: false },
      });
      await store.settle([{ outbound: message, outcome: { is: 'sent', confirmed: true } }]);
      expect(await found(lead)).toHaveLength(3);
    });

    test('pending is worth a look after five minutes; what is meant for later, five minutes after its hour', async () => {
      const filed = await file(store, '路灯坏了');
      await reply(lead, filed);
      await file(store, '门口积水', {}, { ...neighbour(2), say: [{ key: 'report:filed', case: 'this', at: START + 60 * MINUTE }] });
      expect(await found(lead)).toEqual([]);
      adapter.clock.now = START + 5 * MINUTE;
      expect(await found(lead)).toEqual([[filed.file.reference, 'pending', undefined]]);
      adapter.clock.now = START + 64 * MINUTE;
      expect(await found(lead)).toHaveLength(1);
      adapter.clock.now = START + 65 * MINUTE;
      expect(await found(lead)).toHaveLength(2);
    });

    test('what belongs to no case, and what is for the resident’s eyes alone, is nobody’s to look after', async () => {
      const { outbound } = await store.takeTurn(
        { channel: 'web', bot: 'web', updateId: 'u', address: 'a', locale: 'zh-CN', input: { type: 'text', text: '你好' } },
        () => ({ changes: [], say: [{ key: 'desk:home' }] }),
        () => ({ text: '您好', by: { kind: 'bot' } }),
      );
      await store.settle(outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'held' } })));
      expect(await found(lead)).toEqual([]);
    });

    test('they are paged by key, each once', async () => {
      const filed = await file(store, '路灯坏了');
      const made: string[] = [];
      for (let nth = 0; nth < 7; nth += 1) made.unshift(await reply(lead, filed, { is: 'held' }));
      const paged: string[] = [];
      let after: string | undefined;
      do {
        const page = await find(lead, after, 3);
        paged.push(...page.items.map(({ message }) => message));
        after = page.next;
      } while (after !== undefined);
      expect(paged).toEqual(made);
    });

    test('nobody sees what they may not see the case of; who sees a sealed one leaves a mark, once for each case', async () => {
      const household = unitId(store.catalogue(), 'household');
      const ordinary = await file(store, '路灯坏了');
      const sealed = await file(
        store,
        '他推我',
        { kind: 'complaint', about: 'unit', sealed: true, subjects: { officers: [], units: [household] } },
        neighbour(2),
      );
      await reply(lead, ordinary, { is: 'held' });
      await reply(inspector, sealed, { is: 'held' });
      await reply(inspector, sealed, { is: 'held' });
      const marks = async () =>
        (await store.audit('all', 'all', undefined, 100)).items
          .filter(({ verb }) => verb === 'sealed-listed')
          .map(({ actor, subject }) => [actor, subject]);
      expect(await found(lead)).toEqual([[ordinary.file.reference, 'held', undefined]]);
      expect(await find(await officer(store, 'administrator', 'bureau'))).toEqual({ items: [] });
      expect(await marks()).toEqual([]);
      expect((await find(inspector)).items.map(({ reference, sealed }) => [reference, sealed])).toEqual([
        [sealed.file.reference, true],
        [sealed.file.reference, true],
        [ordinary.file.reference, false],
      ]);
      expect(await marks()).toEqual([[inspector.id, sealed.file.reference]]);
    });
  });
}
