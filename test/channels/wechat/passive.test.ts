import { expect, test } from 'vitest';
import { createAnswers, laidInto } from '../../../src/channels/wechat/passive.ts';
import { fakeDesk } from '../fake-desk.ts';

const { outbound, desk } = fakeDesk();
const said = (text: string, more = {}) => outbound('oResident', 'wechat', { text, by: { kind: 'bot' }, ...more });
const texts = (all: readonly { body: { text: string } }[]) => all.map(({ body }) => body.text);

test('all that was said goes into one reply, in order, choices as numbers', () => {
  const buttons = [
    [
      { label: '说件事', tap: 'h:report' },
      { label: '求助', tap: 'h:help' },
    ],
    [{ label: '找人', tap: 'h:human' }],
  ];
  const { text, rest } = laidInto([said('您好。'), said('您想做什么？', { buttons })], desk.words);
  expect(text).toBe('您好。\n\n您想做什么？\n1. 说件事\n2. 求助\n3. 找人\n回数字就行。');
  expect(rest).toEqual([]);
});

test('what has no room goes by itself afterwards, and nothing overtakes it', () => {
  const [first, long, last] = [said('收到了。'), said('字'.repeat(700)), said('短')];
  const { text, laid, rest } = laidInto([first, long, last], desk.words);
  expect(text).toBe('收到了。');
  expect([texts(laid), texts(rest)]).toEqual([['收到了。'], [long.body.text, '短']]);
  expect(laidInto([long], desk.words)).toMatchObject({ text: '', laid: [] });
});

test('a code is in the reply; of veiled answers one notice', () => {
  const filed = outbound('oResident', 'wechat', { text: '查询码 ••••。', by: { kind: 'bot' } }, 'K7QX-2M9P');
  const veiled = outbound('oResident', 'wechat', { text: '督察的话', by: { kind: 'bot' } }, undefined, { veiled: true });
  expect(laidInto([veiled, filed, veiled], desk.words)).toMatchObject({
    text: '有一条给您的答复。回一个“看”字，就显示内容。\n\n查询码 K7QX-2M9P。',
    rest: [],
  });
});

test('the same question within twenty seconds is answered the same', () => {
  let now = 0;
  const answers = createAnswers<string>(() => now);
  answers.keep('1', '好');
  now = 15_000;
  expect(answers.again('1')).toBe('好');
  expect(answers.again('2')).toBeUndefined();
  now = 21_000;
  expect(answers.again('1')).toBeUndefined();
});
