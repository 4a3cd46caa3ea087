import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyMemory } from '../../src/domain/conversation.ts';
import type { DecideTurn } from '../../src/domain/decision.ts';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Adapter,
  acting,
  deciding,
  type Filed,
  file,
  inbound,
  type MakeAdapter,
  nothing,
  officer,
  render,
  replying,
  START,
  saying,
  scopeFor,
} from './store-fixtures.ts';

/** What every store does for residents who go and come back, and what it tells of how a message may go. */
export function reach(make: MakeAdapter): void {
  describe('reach', () => {
    let adapter: Adapter;
    let store: Store;
    let lead: Officer;
    let inspector: Officer;
    let ordinary: Filed;
    let sealed: Filed;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
      lead = await officer(store, 'lead', 'station');
      inspector = await officer(store, 'inspector', 'inspection');
      ordinary = await file(store, '路灯坏了');
      sealed = await file(store, '他骂人', { kind: 'complaint', about: 'officer', sealed: true });
    });
    afterEach(() => adapter.dispose());

    const leaving = () =>
      store.takeTurn(inbound({ type: 'reachability', to: 'left' }), deciding([{ do: 'setConversation', reachable: false }]), render);
    const back = () =>
      store.takeTurn(inbound({ type: 'reachability', to: 'back' }), deciding([{ do: 'setConversation', reachable: true }]), render);
    async function reply(by: Officer, { file: { reference } }: Filed, text: string) {
      const acted = await acting(store, by, reference, replying(by, text));
      if (!acted.done) throw new Error(acted.refuse);
      return acted.outbound;
    }
    const states = async (by: Officer, { file: { reference } }: Filed) =>
      (await store.readCase(scopeFor(store, by), by.id, reference))?.messages.flatMap(({ text, delivery }) =>
        delivery ? [[text, delivery.state, delivery.reason]] : [],
      );
    const claim = async () => (await store.claim(10, adapter.clock.now + 60_000)).outbound;
    /** Sends all there is, one after another, and tells what went. */
    async function sendAll(): Promise<string[]> {
      const went: string[] = [];
      for (let found = await claim(); found.length > 0; found = await claim()) {
        went.push(...found.map(({ body }) => body.text));
        await store.settle(found.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: true } })));
      }
      return went;
    }

    test('who leaves gets nothing more of what waited, in sealed cases neither', async () => {
      const [first] = await reply(lead, ordinary, '一');
      await reply(lead, ordinary, '二');
      await reply(inspector, sealed, '甲');
      await reply(inspector, sealed, '乙');
      await leaving();
      expect(await states(lead, ordinary)).toEqual([
        ['一', 'pending', undefined],
        ['二', 'blocked', 'unreachable'],
      ]);
      expect(await states(inspector, sealed)).toEqual([
        ['甲', 'blocked', 'unreachable'],
        ['乙', 'blocked', 'unreachable'],
      ]);
      await store.settle([{ outbound: first!.id, outcome: { is: 'sent', confirmed: true } }]);
      expect(await claim()).toEqual([]);
    });

    test('a send that meets a block holds back sealed cases too', async () => {
      const [first] = await reply(lead, ordinary, '一');
      await reply(inspector, sealed, '甲');
      await reply(inspector, sealed, '乙');
      await store.settle([{ outbound: first!.id, outcome: { is: 'blocked', reason: 'blocked-by-them' } }]);
      expect(await states(inspector, sealed)).toEqual([
        ['甲', 'blocked', 'unreachable'],
        ['乙', 'blocked', 'unreachable'],
      ]);
      expect(await claim()).toEqual([]);
    });

    test('one resident hears all in the order it was said, also across a seal', async () => {
      const [hidden] = await reply(inspector, sealed, '甲');
      expect(await reply(lead, ordinary, '一')).toEqual([]);
      expect(await reply(inspector, sealed, '乙')).toEqual([]);
      await store.settle([{ outbound: hidden!.id, outcome: { is: 'later', at: START + 30_000 } }]);
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 30_000;
      expect(await sendAll()).toEqual(['甲', '一', '乙']);
    });

    test('once they are back, what officers said goes in its old order, before the answer to the turn', async () => {
      const told: boolean[] = [];
      const [first] = await reply(lead, ordinary, '一');
      await reply(lead, ordinary, '二');
      await store.settle([{ outbound: first!.id, outcome: { is: 'blocked' } }]);
      await reply(lead, ordinary, '三');
      await reply(inspector, sealed, '甲');
      store.onCommit(({ outbox }) => void told.push(outbox));
      adapter.clock.now = START + 60_000;
      expect((await store.takeTurn(inbound('我回来了'), saying({ key: 'welcome' }), render)).outbound).toEqual([]);
      expect(told).toEqual([true]);
      expect(await states(lead, ordinary)).toEqual([
        ['一', 'pending', undefined],
        ['二', 'pending', undefined],
        ['三', 'pending', undefined],
      ]);
      expect(await states(inspector, sealed)).toEqual([['甲', 'pending', undefined]]);
      const went = await sendAll();
      expect(went.filter((text) => text !== '甲')).toEqual(['一', '二', '三', 'welcome/zh-CN']);
      expect(went).toContain('甲');
      expect(await states(lead, ordinary)).toEqual([
        ['一', 'sent', undefined],
        ['二', 'sent', undefined],
        ['三', 'sent', undefined],
      ]);
    });

    test('being let in again is enough, and the bot does not repeat itself', async () => {
      await leaving();
      await reply(lead, ordinary, '一');
      const { outbound } = await store.takeTurn(
        inbound({ type: 'reachability', to: 'blocked' }),
        () => ({ changes: [{ do: 'setConversation', reachable: false }], say: [{ key: 'unheard' }] }),
        render,
      );
      expect(outbound).toEqual([]);
      await back();
      expect(await sendAll()).toEqual(['一']);
      await back();
      expect(await sendAll()).toEqual([]);
    });

    test('what waits behind a notice is counted, and goes with its words once they are asked for: five at most, the oldest first', async () => {
      const noticed = async () => {
        for (let found = await claim(); found.length > 0; found = await claim()) {
          expect(found.every(({ veiled }) => veiled)).toBe(true);
          await store.settle(found.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: false } })));
        }
      };
      for (const text of ['甲', '乙', '丙', '丁', '戊', '己']) {
        const said = await reply(inspector, sealed, text);
        await store.settle(said.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: false } })));
      }
      await noticed();
      let waiting: number | undefined;
      const asking: DecideTurn = (desk) => {
        const [found] = desk.found;
        if (found?.what !== 'veiled') return { needs: [{ what: 'veiled' }] };
        waiting = found.waiting;
        return { changes: [{ do: 'unveil' }], say: [] };
      };
      await store.takeTurn(inbound('看', { address: 'resident-two' }), asking, render);
      expect([waiting, await claim()]).toEqual([0, []]);
      await store.takeTurn(inbound('看'), asking, render);
      expect(waiting).toBe(5);
      const [first] = await claim();
      expect(first).toMatchObject({ body: { text: '甲' }, veiled: false });
      await store.settle([{ outbound: first!.id, outcome: { is: 'sent', confirmed: true } }]);
      expect(await sendAll()).toEqual(['乙', '丙', '丁', '戊']);
      await store.takeTurn(inbound('看'), asking, render);
      expect([waiting, await sendAll()]).toEqual([1, ['己']]);
    });

    describe('what is held', () => {
      /** And with it what may go behind it. */
      const holding = async (outbound: readonly { id: string }[]) => {
        await store.settle(outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'held', reason: 'window-shut' } })));
        expect(await claim()).toEqual([]);
      };

      test('stays until its resident writes where that opens a window, and then goes in its old order before the answer', async () => {
        await holding(await reply(lead, ordinary, '一'));
        await holding(await reply(lead, ordinary, '二'));
        await holding(await reply(inspector, sealed, '甲'));
        expect(await states(lead, ordinary)).toEqual([
          ['一', 'held', 'window-shut'],
          ['二', 'held', 'window-shut'],
        ]);
        adapter.clock.now = START + 3_600_000;
        expect(await claim()).toEqual([]);
        await store.takeTurn(inbound('?'), saying({ key: 'quiet' }), render);
        expect(await claim()).toEqual([]);
        const told: boolean[] = [];
        store.onCommit(({ outbox }) => void told.push(outbox));
        const turn = await store.takeTurn(inbound('有回信吗', { opensWindow: true }), saying({ key: 'answer' }), render);
        expect(turn.outbound.map(({ body }) => body.text)).toEqual(['一', '二', '甲', 'quiet/zh-CN', 'answer/zh-CN']);
        expect(told).toEqual([true]);
        expect(await states(inspector, sealed)).toEqual([['甲', 'pending', undefined]]);
        expect(await claim()).toEqual([]);
        await store.settle(turn.outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: true } })));
        expect(await states(lead, ordinary)).toEqual([
          ['一', 'sent', undefined],
          ['二', 'sent', undefined],
        ]);
      });

      test('holds up what is said after it, under seal too: that is held with it', async () => {
        await holding(await reply(lead, ordinary, '一'));
        expect(await reply(lead, ordinary, '二')).toEqual([]);
        expect(await reply(inspector, sealed, '甲')).toEqual([]);
        expect(await claim()).toEqual([]);
        expect(await claim()).toEqual([]);
        expect(await states(lead, ordinary)).toEqual([
          ['一', 'held', 'window-shut'],
          ['二', 'held', 'window-shut'],
        ]);
        expect(await states(inspector, sealed)).toEqual([['甲', 'held', 'window-shut']]);
        const turn = await store.takeTurn(inbound('?', { opensWindow: true }), deciding([]), render);
        expect(turn.outbound.map(({ body }) => body.text)).toEqual(['一', '二', '甲']);
      });

      test('goes again at once where its resident wrote while it was on its way, before what was said after it', async () => {
        const first = await reply(lead, ordinary, '一');
        await reply(lead, ordinary, '二');
        const turn = await store.takeTurn(inbound('?', { opensWindow: true }), saying({ key: 'answer' }), render);
        expect(turn.outbound).toEqual([]);
        await store.settle([{ outbound: first[0]!.id, outcome: { is: 'held', reason: 'window-shut' } }]);
        expect(await sendAll()).toEqual(['一', '二', 'answer/zh-CN']);
        await holding(await reply(lead, ordinary, '三'));
        expect(await states(lead, ordinary)).toContainEqual(['三', 'held', 'window-shut']);
      });

      test('what waited and was handed back with an answer is handed back again where the message comes again', async () => {
        await holding(await reply(lead, ordinary, '一'));
        await holding(await reply(inspector, sealed, '甲'));
        const asked = inbound('有回信吗', { opensWindow: true });
        const first = await store.takeTurn(asked, saying({ key: 'answer' }), render);
        await store.settle(first.outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: true } })));
        const again = await store.takeTurn(asked, nothing, render);
        expect(again).toMatchObject({ repeat: true });
        expect(again.outbound.map(({ body }) => body.text)).toEqual(['一', '甲', 'answer/zh-CN']);
        await store.takeTurn(inbound('?'), nothing, render);
        const answered = (await store.takeTurn(asked, nothing, render)).outbound;
        expect(answered.map(({ body }) => body.text)).toEqual(['一', '甲', 'answer/zh-CN']);
      });

      test('is held again where the window is too small, and goes the next time', async () => {
        await holding(await reply(lead, ordinary, '一'));
        await holding(await reply(lead, ordinary, '二'));
        const writing = () => store.takeTurn(inbound('?', { opensWindow: true }), deciding([]), render);
        const [first, second] = (await writing()).outbound;
        await store.settle([{ outbound: first!.id, outcome: { is: 'sent', confirmed: true } }]);
        await holding([second!]);
        expect(await states(lead, ordinary)).toEqual([
          ['一', 'sent', undefined],
          ['二', 'held', 'window-shut'],
        ]);
        expect((await writing()).outbound.map(({ body }) => body.text)).toEqual(['二']);
      });

      test('goes to nobody else when another resident writes, and not to one who leaves', async () => {
        await holding(await reply(lead, ordinary, '一'));
        await store.takeTurn(inbound('?', { opensWindow: true, address: 'resident-two' }), deciding([]), render);
        await store.takeTurn(
          inbound({ type: 'reachability', to: 'left' }, { opensWindow: true }),
          deciding([{ do: 'setConversation', reachable: false }]),
          render,
        );
        expect(await claim()).toEqual([]);
        expect(await states(lead, ordinary)).toEqual([['一', 'held', 'window-shut']]);
      });
    });

    describe('who is forgotten', () => {
      const forgotten = () =>
        store.takeTurn(
          inbound({ type: 'reachability', to: 'left' }),
          deciding([{ do: 'setConversation', reachable: false, forgetAddress: true }]),
          render,
        );

      test('gets nothing: neither what waited, nor what was on its way, nor what is said later; officers see that they left', async () => {
        const [first] = await reply(lead, ordinary, '一');
        await reply(lead, ordinary, '二');
        await forgotten();
        await reply(lead, ordinary, '三');
        await reply(inspector, sealed, '甲');
        await store.settle([{ outbound: first!.id, outcome: { is: 'later', at: START } }]);
        expect(await claim()).toEqual([]);
        expect(await states(lead, ordinary)).toEqual([
          ['一', 'blocked', 'left'],
          ['二', 'blocked', 'left'],
          ['三', 'blocked', 'left'],
        ]);
        expect(await states(inspector, sealed)).toEqual([['甲', 'blocked', 'left']]);
      });

      test.each<[string, Parameters<typeof inbound>[0]]>([
        ['by writing', '我回来了'],
        ['by being let in again', { type: 'reachability', to: 'back' }],
      ])('is known again when they come back %s, and gets what officers said meanwhile', async (_how, input) => {
        await forgotten();
        await reply(lead, ordinary, '一');
        await store.takeTurn(inbound({ type: 'reachability', to: 'left' }), deciding([]), render);
        const { conversation } = await store.takeTurn(inbound(input), deciding([{ do: 'setConversation', reachable: true }]), render);
        expect(conversation).toBe(ordinary.conversation);
        store = await adapter.open();
        expect(await claim()).toMatchObject([{ address: 'resident-one', body: { text: '一' } }]);
      });
    });

    test('what was not delivered for another reason stays as it is', async () => {
      const [refused] = await reply(lead, ordinary, '一');
      await store.settle([{ outbound: refused!.id, outcome: { is: 'refused', reason: 'bad' } }]);
      await leaving();
      await back();
      expect(await states(lead, ordinary)).toEqual([['一', 'failed', 'bad']]);
    });

    test('what answers a resident is interactive; what comes by itself is not, as it is said and as it is claimed', async () => {
      const [answered] = (await store.takeTurn(inbound('?'), saying({ key: 'answer' }), render)).outbound;
      expect(answered).toMatchObject({ interactive: true, veiled: false, locale: 'zh-CN' });
      await store.settle([{ outbound: answered!.id, outcome: { is: 'later', at: START } }]);
      expect(await claim()).toMatchObject([{ interactive: true, veiled: false }]);
      await store.settle([{ outbound: answered!.id, outcome: { is: 'sent', confirmed: true } }]);
      const [unasked] = await reply(lead, ordinary, '一');
      expect(unasked).toMatchObject({ interactive: false, veiled: false });
    });

    test('under seal what comes unasked is veiled, unless its resident chose to see the words', async () => {
      const [veiled] = await reply(inspector, sealed, '甲');
      expect(veiled).toMatchObject({ interactive: false, veiled: true });
      await store.settle([{ outbound: veiled!.id, outcome: { is: 'later', at: START } }]);
      expect(await claim()).toMatchObject([{ veiled: true }]);
      const [asked] = (await store.takeTurn(inbound('?'), saying({ key: 'shown', case: sealed.file.id }), render)).outbound;
      expect(asked).toBeUndefined();
      await store.settle([{ outbound: veiled!.id, outcome: { is: 'sent', confirmed: true } }]);
      expect(await claim()).toMatchObject([{ interactive: true, veiled: false }]);
      const plain = { ...emptyMemory, sealedCases: [sealed.file.id], plainPushes: true };
      await store.takeTurn(inbound('?'), deciding([{ do: 'remember', memory: plain }]), render);
      await reply(inspector, sealed, '乙');
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 60_001;
      const [again] = await claim();
      await store.settle([{ outbound: again!.id, outcome: { is: 'sent', confirmed: true } }]);
      expect(await claim()).toMatchObject([{ body: { text: '乙' }, veiled: false }]);
    });
  });
}
