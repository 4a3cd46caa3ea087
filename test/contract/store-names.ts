import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Found } from '../../src/domain/decision.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Adapter,
  acting,
  deciding,
  everything,
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

/** What every store makes of the names a channel calls messages by. */
export function names(make: MakeAdapter): void {
  describe('names of messages', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const COMPLAINT = { kind: 'complaint', about: 'officer', sealed: true } as const;
    const lines = async (address = 'resident-one') =>
      (await store.readThread('web', 'web', address, 0, 50)).map(({ body }) => body.text.split('/')[0]);
    const edited = (messageId: string, text: string, over: Parameters<typeof inbound>[1] = {}) =>
      store.takeTurn(inbound({ type: 'edited', text, messageId }, over), nothing, render);
    /** The case a message of that name stands in, as this resident's turn finds it. */
    async function quoted(knownAs: string, address = 'resident-one'): Promise<string | undefined> {
      let found: Found | undefined;
      await store.takeTurn(
        inbound('?', { address, quotes: knownAs }),
        (desk) => {
          found = desk.found[0];
          return found ? { changes: [], say: [] } : { needs: [{ what: 'quoted', knownAs }] };
        },
        render,
      );
      if (found?.what !== 'quoted') throw new Error('nothing was looked for');
      return found.case?.file.reference;
    }
    const filing = (say: string, { file: { id } }: Filed) =>
      store.takeTurn(inbound('?'), saying({ key: say, case: id }), render).then(({ outbound }) => outbound[0]!.id);

    test('an edit changes the message of that name, as often as it comes, and keeps all it said', async () => {
      const lead = await officer(store, 'lead', 'station');
      let message = '';
      const remembering: typeof nothing = (desk) => {
        message = desk.message.id;
        return { changes: [], say: [] };
      };
      await store.takeTurn(inbound('楼下太炒', { knownAs: '7/1' }), remembering, render);
      const filed = await file(store, '夜里两点', {}, { messages: [message] });
      await edited('7/1', '楼下太吵', { knownAs: '7/1' });
      await edited('7/1', '楼下吵了三天', { knownAs: '7/1' });
      const view = await store.readCase(scopeFor(store, lead), lead.id, filed.file.reference);
      expect(view?.messages.map(({ text, edits }) => ({ text, edits }))).toEqual([
        { text: '楼下吵了三天', edits: ['楼下太炒', '楼下太吵'] },
      ]);
    });

    test('the id of an update is no name of a message, and one that never came is heard as new words', async () => {
      await store.takeTurn(inbound('楼下太炒', { updateId: 'first' }), nothing, render);
      await edited('first', '楼下太吵');
      expect(await lines()).toEqual(['楼下太炒', '楼下太吵']);
      await edited('first', '楼下安静了');
      expect(await lines()).toEqual(['楼下太炒', '楼下安静了']);
    });

    test("nobody edits another's words, and not the desk's", async () => {
      await store.takeTurn(inbound('我的话', { knownAs: '7/1' }), nothing, render);
      await edited('7/1', '不是你的', { address: 'resident-two' });
      expect(await lines()).toEqual(['我的话']);
      const { outbound } = await store.takeTurn(inbound('?'), saying({ key: 'answer' }), render);
      await store.settle([{ outbound: outbound[0]!.id, outcome: { is: 'sent', knownAs: '7/2', confirmed: true } }]);
      await edited('7/2', '改你的');
      expect(await lines()).toEqual(['我的话', '?', 'answer', '改你的']);
    });

    test('words in a sealed case are edited by who sent them', async () => {
      const inspector = await officer(store, 'inspector', 'inspection');
      const filed = await file(store, '他收了钱', COMPLAINT);
      await acting(store, inspector, filed.file.reference, replying(inspector, '请说'));
      await store.takeTurn(
        inbound('两千块', { knownAs: '7/9' }),
        (desk) => ({ changes: [{ do: 'fileMessages', case: filed.file.id, messages: [desk.message.id] }], say: [] }),
        render,
      );
      await edited('7/9', '三千块');
      const view = await store.readCase(scopeFor(store, inspector), inspector.id, filed.file.reference);
      expect(view?.messages.at(-1)).toMatchObject({ text: '三千块', edits: ['两千块'] });
    });

    test.each([
      ['ordinary', {}],
      ['sealed', COMPLAINT],
    ])('other words for a message make its %s case unread, until someone of the desk opens it again', async (_kind, over) => {
      const inspector = await officer(store, 'inspector', 'inspection');
      const filed = await file(store, '他收了钱', over);
      await store.takeTurn(
        inbound('两千块', { knownAs: '7/9' }),
        (desk) => ({ changes: [{ do: 'fileMessages', case: filed.file.id, messages: [desk.message.id] }], say: [] }),
        render,
      );
      const unread = async () =>
        (await store.findCases(everything(store), inspector.id, { sort: 'opened', limit: 10 })).items.map((line) => line.unread);
      await store.readCase(everything(store), inspector.id, filed.file.reference);
      expect(await unread()).toEqual([false]);
      await edited('7/9', '三千块');
      expect(await unread()).toEqual([true]);
      await store.readCase(everything(store), inspector.id, filed.file.reference);
      expect(await unread()).toEqual([false]);
    });

    test('a case is found by the new words and no longer by the old, and still by what else it says', async () => {
      const lead = await officer(store, 'lead', 'station');
      let message = '';
      await store.takeTurn(
        inbound('铙钹齐鸣', { knownAs: '7/1' }),
        (desk) => {
          message = desk.message.id;
          return { changes: [], say: [] };
        },
        render,
      );
      const filed = await file(store, '夜里', {}, { messages: [message], content: { summary: '梧桐苑七栋', answers: [] } });
      const found = async (words: string) =>
        (await store.findCases(scopeFor(store, lead), lead.id, { words, sort: 'opened', limit: 10 })).items.map(
          ({ file: { reference } }) => reference,
        );
      expect(await found('铙钹')).toEqual([filed.file.reference]);
      await edited('7/1', '锣鼓喧天');
      expect(await found('铙钹')).toEqual([]);
      expect(await found('锣鼓')).toEqual([filed.file.reference]);
      expect(await found('梧桐苑')).toEqual([filed.file.reference]);
    });

    test('danger in an edit is read with its words; those of a sealed case go to inspection alone', async () => {
      const lead = await officer(store, 'lead', 'station');
      const inspector = await officer(store, 'inspector', 'inspection');
      const station = store.catalogue().rootStation;
      const raising = (id: string) =>
        deciding([{ do: 'raiseEmergency', id, level: 'now', station, toInspection: false, ruleDate: '2026-07-01', rule: 'fire' }]);
      await store.takeTurn(inbound('有烟', { knownAs: '7/1' }), nothing, render);
      await store.takeTurn(inbound({ type: 'edited', text: '着火了', messageId: '7/1' }), raising('one'), render);
      expect(await store.findEmergencies(scopeFor(store, lead), true)).toMatchObject([{ id: 'one', text: '着火了' }]);
      const filed = await file(store, '他骂人', COMPLAINT);
      await store.takeTurn(
        inbound('他来了', { knownAs: '7/2' }),
        (desk) => ({ changes: [{ do: 'fileMessages', case: filed.file.id, messages: [desk.message.id] }], say: [] }),
        render,
      );
      await store.takeTurn(inbound({ type: 'edited', text: '他在砸门', messageId: '7/2' }), raising('two'), render);
      expect((await store.findEmergencies(scopeFor(store, lead), true)).map(({ id }) => id)).toEqual(['one']);
      expect(await store.findEmergencies(everything(store), true)).toContainEqual(
        expect.objectContaining({ id: 'two', text: '他在砸门', reference: filed.file.reference, toInspection: true }),
      );
      expect((await store.findEmergencies(scopeFor(store, inspector), true)).map(({ id }) => id)).toContain('two');
    });

    test('what is quoted leads to its case: heard or said, whole or in parts, hidden too', async () => {
      const filed = await file(store, '路灯坏了');
      await store.takeTurn(
        inbound('又坏了', { knownAs: '7/1' }),
        (desk) => ({ changes: [{ do: 'fileMessages', case: filed.file.id, messages: [desk.message.id] }], say: [] }),
        render,
      );
      const whole = await filing('filed', filed);
      await store.settle([{ outbound: whole, outcome: { is: 'sent', knownAs: '7/2', confirmed: false } }]);
      const long = await filing('long', filed);
      await store.settle([
        { outbound: long, part: 0, outcome: { is: 'sent', knownAs: '7/3', confirmed: false } },
        { outbound: long, part: 1, outcome: { is: 'sent', knownAs: '7/4', confirmed: false } },
        { outbound: long, outcome: { is: 'sent', confirmed: true } },
      ]);
      const { file: sealed } = await file(store, '他骂人', COMPLAINT);
      const { outbound } = await store.takeTurn(
        inbound('补充', { knownAs: '7/5' }),
        (desk) => ({ changes: [{ do: 'fileMessages', case: sealed.id, messages: [desk.message.id] }], say: [{ key: 'hidden' }] }),
        render,
      );
      await store.settle([{ outbound: outbound[0]!.id, outcome: { is: 'sent', knownAs: '7/6', confirmed: true } }]);
      for (const name of ['7/1', '7/2', '7/3', '7/4']) expect(await quoted(name), name).toBe(filed.file.reference);
      for (const name of ['7/5', '7/6']) expect(await quoted(name), name).toBe(sealed.reference);
    });

    test("a name of nothing, of words in no case, or of another's case leads nowhere", async () => {
      const filed = await file(store, '路灯坏了');
      const { outbound } = await store.takeTurn(
        inbound('你好', { knownAs: '7/1' }),
        saying({ key: 'hello' }, { key: 'case', case: filed.file.id }),
        render,
      );
      await store.settle(
        outbound.map(({ id }, nth) => ({ outbound: id, outcome: { is: 'sent', knownAs: `7/${nth + 2}`, confirmed: true } })),
      );
      expect(await quoted('no-such')).toBeUndefined();
      expect(await quoted('7/1')).toBeUndefined();
      expect(await quoted('7/2')).toBeUndefined();
      expect(await quoted('7/3')).toBe(filed.file.reference);
      expect(await quoted('7/3', 'resident-two')).toBeUndefined();
    });

    test('parts known to be sent are told once each, in their order, to whoever sends the rest', async () => {
      const { outbound } = await store.takeTurn(inbound('?'), saying({ key: 'long' }), render);
      const part = (nth: number) => ({
        outbound: outbound[0]!.id,
        part: nth,
        outcome: { is: 'sent', knownAs: `7/${nth}`, confirmed: true } as const,
      });
      await store.settle([part(1), part(0), part(1)]);
      store = await adapter.open();
      expect((await store.claim(10, START + 60_000)).outbound).toMatchObject([{ partsSent: [0, 1], possiblyRepeated: true }]);
    });
  });
}
