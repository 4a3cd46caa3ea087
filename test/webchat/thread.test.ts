import { describe, expect, test } from 'vitest';
import type { Line } from '../../src/channels/web/contract.ts';
import { labelOf, lastAsking, lastWithButtons } from '../../src/webchat/thread/asking.ts';
import { withCalls } from '../../src/webchat/thread/call-of.ts';
import { isReview, readReview } from '../../src/webchat/thread/read-review.ts';

const line = (given: Partial<Line>): Line => ({
  id: '1',
  seq: 1,
  at: '2026-03-02T01:00:00Z',
  from: 'bot',
  text: '',
  signature: null,
  buttons: [],
  expects: null,
  media: [],
  clientId: null,
  secret: null,
  ...given,
});
const button = (label: string, tap: string) => ({ label, tap, style: 'plain' as const });

describe('telephone numbers in words', () => {
  test.each([
    ['马上打 110；不能出声，发短信到 12110。', ['tel:110', 'sms:12110']],
    ['心里难受打12356，投诉打12389', ['tel:12356', 'tel:12389']],
    ['打 021-55501234 或 13912345678 找我', ['tel:021-55501234', 'tel:13912345678']],
    ['编号 1101-1200，110 号楼 1100 室，2026-03-11', ['tel:110']],
    ['A110B-120', ['tel:110']],
    ['身份证 310110199001011100', []],
    ['没有号码', []],
  ])('%s', (text, calls) => {
    const pieces = withCalls(text);
    expect(pieces.map(({ piece }) => piece).join('')).toBe(text);
    expect(pieces.flatMap(({ call }) => call ?? [])).toEqual(calls);
  });
});

describe('a review', () => {
  const buttons = [
    [button('提交', 's:A:review:file')],
    [button('什么事', 'e:A:details'), button('地点', 'e:A:place')],
    [button('是否留名', 'e:A:identity')],
  ];

  test('is told from other questions by the buttons that edit', () => {
    expect(isReview(line({ buttons }))).toBe(true);
    expect(isReview(line({ buttons: [[button('改', 'e:A:details')]] }))).toBe(false);
  });

  test('is read answer by answer, with words before, after and over several lines', () => {
    const text = '请您看一遍。\n\n什么事：楼下吵：半夜\n第二行\n地点：3 号楼\n是否留名：不留名\n\n看好了就提交。';
    const { before, answers, after } = readReview(line({ text, buttons }));
    expect(before).toEqual(['请您看一遍。', '']);
    expect(answers.map(({ edit, value }) => [edit.tap, value])).toEqual([
      ['e:A:details', '楼下吵：半夜\n第二行'],
      ['e:A:place', '3 号楼'],
      ['e:A:identity', '不留名'],
    ]);
    expect(after.join('').trim()).toBe('看好了就提交。');
  });

  test('in English as well, and a line that is not there loses no button', () => {
    const edits = [[button('What', 'e:A:details'), button('Where', 'e:A:place')]];
    const { answers } = readReview(line({ text: 'Please check.\nWhat: noise', buttons: edits }));
    expect(answers).toEqual([{ edit: edits[0]?.[0], value: 'noise' }]);
  });
});

describe('what is open', () => {
  const lines = [
    line({ id: 'a', expects: 'choice', buttons: [[button('噪音', 's:A:topic:noise')]] }),
    line({ id: 'b', from: 'resident', text: '噪音' }),
    line({ id: 'c', expects: 'photos', buttons: [[button('跳过', 'k:skip:A')]] }),
    line({ id: 'd', from: 'officer', text: '在办了' }),
  ];

  test('is the last question, whoever wrote since', () => {
    expect(lastAsking(lines)?.id).toBe('c');
    expect(lastWithButtons(lines)?.id).toBe('c');
    expect(lastAsking([])).toBeUndefined();
  });

  test('a tap is known by the label it had', () => {
    expect(labelOf('s:A:topic:noise', lines)).toBe('噪音');
    expect(labelOf('s:A:topic:pets', lines)).toBeUndefined();
  });
});
