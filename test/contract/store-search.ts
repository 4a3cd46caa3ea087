import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaseFile } from '../../src/domain/case.ts';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, acting, file, inbound, type MakeAdapter, officer, render, replying, scopeFor } from './store-fixtures.ts';

/** What every store finds by words. */
export function search(make: MakeAdapter): void {
  describe('search', () => {
    let adapter: Adapter;
    let store: Store;
    let lead: Officer;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
      lead = await officer(store, 'lead', 'station');
    });
    afterEach(() => adapter.dispose());

    const find = async (words: string, over: object = {}) =>
      store.findCases(scopeFor(store, lead), lead.id, { sort: 'due', limit: 50, words, ...over });
    const summaries = async (words: string) => (await find(words)).items.map(({ summary }) => summary);

    test('one character, two, a sentence, a word of letters, a number, in any width and case', async () => {
      await file(store, '小区三号楼的电梯又坏了');
      await file(store, '楼下KTV半夜吵，Wifi也断');
      await file(store, '門口的路灯不亮 ＡＢＣ１２３');
      expect(await summaries('梯')).toEqual(['小区三号楼的电梯又坏了']);
      expect(await summaries('电梯')).toEqual(['小区三号楼的电梯又坏了']);
      expect(await summaries('小区三号楼的电梯又坏了')).toEqual(['小区三号楼的电梯又坏了']);
      expect(await summaries('楼')).toEqual(['楼下KTV半夜吵，Wifi也断', '小区三号楼的电梯又坏了']);
      expect(await summaries('ktv')).toEqual(['楼下KTV半夜吵，Wifi也断']);
      expect(await summaries('WIFI')).toEqual(['楼下KTV半夜吵，Wifi也断']);
      expect(await summaries('abc123')).toEqual(['門口的路灯不亮 ＡＢＣ１２３']);
      expect(await summaries('门口')).toEqual([]);
      expect(await summaries('，')).toEqual([]);
      expect((await find('  ')).total).toBe(3);
    });

    test('neighbours alone are not the phrase', async () => {
      await file(store, '电梯坏了，梯子也坏了');
      expect(await summaries('电梯')).toHaveLength(1);
      expect(await summaries('电梯子')).toEqual([]);
      expect(await summaries('电梯 梯子')).toHaveLength(1);
    });

    test('quotes, operators and marks are words like any others', async () => {
      await file(store, '他说 "AND" 不行');
      for (const words of ['"', 'AND', 'a* OR b', '^x', "'; drop table cases; --", '不行" OR "x', 'NEAR(', '\ud800', '😀'])
        await find(words);
      expect(await summaries('and')).toHaveLength(1);
    });

    test("officers' words and later messages are found; the bot's are not", async () => {
      const { file: head } = await file(store, '路灯坏了', {}, { say: [{ key: 'bot-speaks', case: 'this' }] });
      await acting(store, lead, head.reference, replying(lead, '师傅周三来'));
      await store.takeTurn(
        inbound('谢谢，再看看围墙'),
        ({ message }) => ({ changes: [{ do: 'fileMessages', case: head.id, messages: [message.id] }], say: [] }),
        render,
      );
      expect(await summaries('周三')).toHaveLength(1);
      expect(await summaries('围墙')).toHaveLength(1);
      expect(await summaries('speaks')).toEqual([]);
    });

    test('what was chosen in the form is found with the case', async () => {
      await file(
        store,
        '很吵',
        {},
        {
          content: { summary: '很吵', answers: [{ step: 'place', asked: '在哪儿？', locale: 'zh-CN', value: '', shown: '梧桐苑南门' }] },
        },
      );
      expect(await summaries('梧桐苑')).toEqual(['很吵']);
    });

    test('pages newest words first, each case once, whatever else it says', async () => {
      const made: CaseFile[] = [];
      for (let nth = 0; nth < 9; nth += 1) made.push((await file(store, `噪音第 ${nth} 次`)).file);
      await store.takeTurn(
        inbound('还是噪音'),
        ({ message }) => ({ changes: [{ do: 'fileMessages', case: made[0]!.id, messages: [message.id] }], say: [] }),
        render,
      );
      const paged: string[] = [];
      let after: string | undefined;
      do {
        const page = await find('噪音', { limit: 4, ...(after && { after }) });
        expect(page.total).toBe(9);
        paged.push(...page.items.map(({ file: { reference } }) => reference));
        after = page.next;
      } while (after !== undefined);
      expect(paged).toEqual([made[0]!, ...made.slice(1).reverse()].map(({ reference }) => reference));
    });

    test('filters narrow what is found', async () => {
      await file(store, '路灯坏了', { kind: 'problem' });
      await file(store, '路灯在哪里报修', { kind: 'question' });
      expect((await find('路灯', { kind: 'question' })).items.map(({ file: { kind } }) => kind)).toEqual(['question']);
      expect((await find('路灯', { status: ['closed'] })).total).toBe(0);
    });
  });
}
