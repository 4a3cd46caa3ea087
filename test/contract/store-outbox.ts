import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/domain/message.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Adapter,
  acting,
  deciding,
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

/** What every store keeps of what is to be sent. */
export function outbox(make: MakeAdapter): void {
  describe('outbox', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const say = async (address: string, ...keys: string[]) =>
      (await store.takeTurn(inbound('?', { address }), saying(...keys.map((key) => ({ key }))), render)).outbound;
    const settle = (outbound: string, outcome: SendOutcome, part?: number) =>
      store.settle([{ outbound, outcome, ...(part !== undefined && { part }) }]);
    const claim = async () => (await store.claim(10, adapter.clock.now + 60_000)).outbound.map(({ body }) => body.text.split('/')[0]);

    test('what may go at once is leased as it is said; nobody else gets it', async () => {
      expect(await say('one', 'a', 'b')).toHaveLength(2);
      expect(await claim()).toEqual([]);
    });

    test('order is kept within a conversation, and one that is stuck holds up no other', async () => {
      const [stuck] = await say('one', 'a');
      expect(await say('one', 'b')).toEqual([]);
      const [free] = await say('two', 'c');
      expect(free?.body.text).toBe('c/zh-CN');
      expect(await claim()).toEqual([]);
      await settle(stuck!.id, { is: 'later', at: START + 5_000, reason: 'busy' });
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 5_000;
      expect(await claim()).toEqual(['a']);
      expect(await claim()).toEqual([]);
      await settle(stuck!.id, { is: 'sent', confirmed: true });
      expect(await claim()).toEqual(['b']);
    });

    test('what is not due yet holds up nothing', async () => {
      await store.takeTurn(inbound('?', { address: 'one' }), saying({ key: 'tomorrow', at: START + 86_400_000 }), render);
      const [now] = await say('one', 'now');
      await settle(now!.id, { is: 'sent', confirmed: true });
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 86_400_000;
      expect(await claim()).toEqual(['tomorrow']);
    });

    test('what a dead run had in hand goes again and says so', async () => {
      const [lost] = await say('one', 'a');
      store = await adapter.open();
      const [again] = (await store.claim(10, START + 60_000)).outbound;
      expect(again).toMatchObject({ id: lost!.id, possiblyRepeated: true, attempts: 2, address: 'one' });
      expect((await store.health()).possiblyRepeated).toBe(1);
    });

    test("an operator's command beside the desk takes over nothing", async () => {
      await say('one', 'a');
      store = await adapter.open({ serve: false });
      expect(await claim()).toEqual([]);
    });

    test('a lease that ran out is taken up again', async () => {
      await say('one', 'a');
      adapter.clock.now = START + 60_001;
      expect(await claim()).toEqual(['a']);
    });

    test('an outcome nobody knows is tried again after a moment and counted', async () => {
      const [one] = await say('one', 'a');
      await settle(one!.id, { is: 'unknown' });
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 10_000;
      expect((await store.claim(10, START + 60_000)).outbound).toMatchObject([{ id: one!.id, possiblyRepeated: true }]);
    });

    test('a part known to be sent is told to whoever sends the rest', async () => {
      const [one] = await say('one', 'a');
      await settle(one!.id, { is: 'sent', confirmed: true }, 0);
      await settle(one!.id, { is: 'later', at: START });
      expect((await store.claim(10, START + 60_000)).outbound).toMatchObject([{ id: one!.id, partsSent: [0] }]);
    });

    test('a secret is there until the resident has it, and nowhere else', async () => {
      const { outbound } = await store.takeTurn(inbound('?'), saying({ key: 'report:filed', secret: 'ABCD1234' }), render);
      const secrets = async () => (await store.readThread('web', 'web', 'resident-one', 0, 10)).map(({ secret }) => secret);
      expect(outbound[0]).toMatchObject({ secret: 'ABCD1234', body: { text: 'report:filed/zh-CN/••••' } });
      await settle(outbound[0]!.id, { is: 'sent', confirmed: false });
      expect(await secrets()).toEqual([undefined, 'ABCD1234']);
      await settle(outbound[0]!.id, { is: 'sent', confirmed: true });
      expect(await secrets()).toEqual([undefined, undefined]);
    });

    test('a secret whose channel noted its parts is there where the same answer is asked for again, for the sender alone', async () => {
      const asked = inbound('?');
      const { outbound } = await store.takeTurn(asked, saying({ key: 'report:filed', secret: 'ABCD1234' }), render);
      await settle(outbound[0]!.id, { is: 'sent', confirmed: true }, 0);
      await settle(outbound[0]!.id, { is: 'sent', confirmed: true });
      expect((await store.takeTurn(asked, saying(), render)).outbound).toMatchObject([{ secret: 'ABCD1234', partsSent: [0] }]);
      expect((await store.readThread('web', 'web', 'resident-one', 0, 10)).map(({ secret }) => secret)).toEqual([undefined, undefined]);
    });

    test('each outcome is told as it is', async () => {
      const lead = await officer(store, 'lead', 'station');
      const { file: head } = await file(store, '路灯坏了');
      const outcomes: [SendOutcome, object][] = [
        [{ is: 'sent', confirmed: true }, { state: 'sent' }],
        [{ is: 'sent', confirmed: false }, { state: 'waiting' }],
        [
          { is: 'refused', reason: 'bad' },
          { state: 'failed', reason: 'bad' },
        ],
        [
          { is: 'held', reason: 'window' },
          { state: 'held', reason: 'window' },
        ],
      ];
      // What is held comes last: it holds up what is said after it.
      for (const [outcome, delivery] of outcomes) {
        const acted = await acting(store, lead, head.reference, replying(lead, '好'));
        if (!acted.done) throw new Error();
        await settle(acted.outbound[0]!.id, outcome);
        const found = await store.readCase(scopeFor(store, lead), lead.id, head.reference);
        expect(found?.messages.at(-1)?.delivery).toMatchObject(delivery);
      }
      expect((await store.health()).deadLetters).toBe(1);
    });

    test('waiting begins when it first waited, and ends once the page has it', async () => {
      const [one] = await say('one', 'a');
      await settle(one!.id, { is: 'sent', confirmed: false });
      adapter.clock.now = START + 5_000;
      await settle(one!.id, { is: 'sent', confirmed: false });
      await settle(one!.id, { is: 'sent', confirmed: true });
      await settle(one!.id, { is: 'refused' });
      expect(await claim()).toEqual([]);
      expect((await store.health()).deadLetters).toBe(0);
    });

    test('who blocked us gets nothing more until they write again; what was owed is told as it is', async () => {
      const lead = await officer(store, 'lead', 'station');
      const { file: head } = await file(store, '路灯坏了');
      const [one] = await say('resident-one', 'a');
      await say('resident-one', 'b');
      await settle(one!.id, { is: 'blocked' });
      expect(await claim()).toEqual([]);
      const acted = await acting(store, lead, head.reference, replying(lead, '好'));
      expect(acted).toMatchObject({ done: true, outbound: [] });
      const found = await store.readCase(scopeFor(store, lead), lead.id, head.reference);
      expect(found?.resident.reachable).toBe(false);
      expect(found?.messages.at(-1)?.delivery).toMatchObject({ state: 'blocked', reason: 'unreachable' });
      expect(await say('resident-one', 'c')).toEqual([]);
      expect(await claim()).toEqual(['好']);
      await store.takeTurn(
        inbound({ type: 'reachability', to: 'blocked' }),
        deciding([{ do: 'setConversation', reachable: false }]),
        render,
      );
      expect((await store.readCase(scopeFor(store, lead), lead.id, head.reference))?.resident.reachable).toBe(false);
    });

    test("what takes another's place is sent once, in its words", async () => {
      const [first] = await say('one', 'first');
      const reminder = (key: string) => store.takeTurn(inbound('?', { address: 'one' }), saying({ key, replaces: 'home' }), render);
      await reminder('old');
      await reminder('new');
      await settle(first!.id, { is: 'sent', confirmed: true });
      expect(await claim()).toEqual(['new']);
      expect(await claim()).toEqual([]);
    });

    test("what takes another's place comes after what a page has already read", async () => {
      await say('one', 'first');
      const asking = (key: string) => store.takeTurn(inbound('?', { address: 'one' }), saying({ key, replaces: 'photos' }), render);
      const linesAfter = async (seq: number) =>
        (await store.readThread('web', 'web', 'one', seq, 50)).map(({ seq: at, body }) => ({ at, text: body.text.split('/')[0] }));
      await asking('send photos');
      const read = (await linesAfter(0)).at(-1);
      expect(read?.text).toBe('send photos');
      await asking('photo 1 is here');
      expect((await linesAfter(read!.at)).map(({ text }) => text)).toContain('photo 1 is here');
      expect((await linesAfter(0)).map(({ text }) => text)).not.toContain('send photos');
    });

    test("a sealed case's answers keep their own order", async () => {
      const inspector = await officer(store, 'inspector', 'inspection');
      const { file: head } = await file(store, '民警骂人', { kind: 'complaint', about: 'officer', sealed: true });
      const first = await acting(store, inspector, head.reference, replying(inspector, '一'));
      const second = await acting(store, inspector, head.reference, replying(inspector, '二'));
      if (!first.done || !second.done) throw new Error();
      expect(second.outbound).toEqual([]);
      await settle(first.outbound[0]!.id, { is: 'sent', confirmed: true });
      expect((await store.claim(10, START + 1)).outbound).toMatchObject([{ body: { text: '二' }, address: 'resident-one' }]);
    });

    test('health counts what waits, by channel, and how long', async () => {
      await say('one', 'a');
      await say('one', 'b');
      adapter.clock.now = START + 30_000;
      expect(await store.health()).toMatchObject({
        writable: true,
        outboxAge: 30_000,
        pendingByChannel: { web: 2 },
        sealedWaitingUnread: 0,
      });
      await file(store, '民警骂人', { kind: 'complaint', about: 'officer', sealed: true }, { address: 'two' });
      expect((await store.health()).sealedWaitingUnread).toBe(1);
    });

    test('a settlement of something unknown changes nothing', async () => {
      await settle('no-such-outbound', { is: 'sent', confirmed: true });
      await store.takeTurn(inbound('?'), nothing, render);
    });
  });
}
