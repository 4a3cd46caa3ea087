import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DangerLevel, type DangerRules, dangerLevels, readDanger } from '../../src/domain/danger.ts';

const rulesOf = (locale: string) =>
  JSON.parse(readFileSync(new URL(`../../locales/${locale}/danger.json`, import.meta.url), 'utf8')) as DangerRules;
const books = [rulesOf('zh-CN'), rulesOf('en')];

type Level = DangerLevel | 'none';
const levels: readonly Level[] = [...dangerLevels, 'none'];
const read = (...texts: string[]): Level => {
  const found = books.map((rules) => readDanger(rules, texts)?.level ?? 'none');
  return levels.find((level) => found.includes(level)) ?? 'none';
};

interface Line {
  text: string;
  level: Level;
}
const corpus = (name: string) => readFileSync(new URL(`../corpora/${name}`, import.meta.url), 'utf8').split('\n');
const developed: Line[] = corpus('emergency.dev.jsonl')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const byHand: Line[] = corpus('danger-by-hand.txt')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ level: line.slice(0, line.indexOf(' ')) as Level, text: line.slice(line.indexOf(' ') + 1) }));

function judged(name: string, lines: readonly Line[]) {
  const count = (said: Level, meant: Level) => lines.filter(({ text, level }) => level === meant && read(text) === said).length;
  const table = levels.map((meant) => levels.map((said) => count(said, meant)));
  const row = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padStart(9)).join('');
  console.log([row([name, ...levels]), ...table.map((cells, index) => row([levels[index] ?? '', ...cells]))].join('\n'));
  const right = table[0]?.[0] ?? 0;
  return {
    recall: right / (table[0] ?? []).reduce((sum, cell) => sum + cell, 0),
    precision: right / table.reduce((sum, cells) => sum + (cells[0] ?? 0), 0),
    accuracy: table.reduce((sum, cells, index) => sum + (cells[index] ?? 0), 0) / lines.length,
  };
}

describe('over whole corpora', () => {
  test.each([
    ['dev', developed],
    ['by hand', byHand],
  ] as const)('%s: nine of ten texts of danger now are caught, and nine of ten alarms are right', (name, lines) => {
    const { recall, precision, accuracy } = judged(name, lines);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(accuracy).toBeGreaterThanOrEqual(0.85);
  });
});

describe('what only looks like danger', () => {
  test.each(['秒杀活动开始了', '这价格简直跳楼价', '笑死我了', '李警官是我的救命恩人', 'huge fire sale today', 'my feet are killing me'])(
    '%s',
    (text) => {
      expect(read(text)).toBe('none');
    },
  );
});

describe('disguises', () => {
  test.each([
    ['zero-width spaces', '救\u200b命\u200d啊'],
    ['full width', 'ＨＥＬＰ　ＭＥ　ＰＬＥＡＳＥ'],
    ['traditional characters', '鄰居著火了 濃煙'],
    ['spaces between characters', '有 人 拿 刀 砍 人'],
    ['an emoji', '🆘🆘'],
    ['letters for a character', 'j暴中 快'],
    ['stretched letters', 'heeeelp meeee pleeease'],
  ])('%s: danger all the same', (_what, text) => {
    expect(read(text)).toBe('now');
  });
});

describe('with the texts before', () => {
  test('a cry broken over three messages is heard', () => {
    expect(read('我老公', '又拿着', '菜刀')).toBe('now');
  });
  test('an alarm already raised is not raised again by the address that follows', () => {
    expect(read('救命', '三栋二单元')).toBe('none');
  });
  test('a retraction is read as one', () => {
    expect(read('好像有人撬门', '误会 是我儿子忘带钥匙')).not.toBe('now');
  });
});

test('distance turns danger into a mention, and what goes on all the same turns it back', () => {
  expect(read('有人拿刀砍人')).toBe('now');
  expect(read('去年有人拿刀砍人')).toBe('mention');
  expect(read('电影里有人拿刀砍人')).toBe('mention');
  expect(read('如果有人拿刀砍人怎么办')).toBe('mention');
  expect(read('昨天吵完 现在他又拿刀砍人 救命')).toBe('now');
});

describe('bounds', () => {
  /** How often reading a text looks something up: in the trees of words, character by character, and among what was found. */
  const work = (text: string): number => {
    const { get } = Map.prototype;
    let lookups = 0;
    Map.prototype.get = function counted(this: Map<unknown, unknown>, key: unknown) {
      lookups += 1;
      return get.call(this, key);
    };
    try {
      read(text);
    } finally {
      Map.prototype.get = get;
    }
    return lookups;
  };
  const repeated = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  test('an ordinary text takes a few looks for each character beside those the rules themselves take', () => {
    read('');
    const rulesAlone = work('');
    expect(rulesAlone).toBeLessThan(2_000);
    for (const { text } of developed) expect(work(text), text).toBeLessThan(rulesAlone + 40 * text.length);
  });

  test.each(['打我', '救', '拿刀追', 'help me please ', 'a', '有人在楼顶 刀 昨天 没事了 ', '\u0301', 'ﷺ', '5岁'])(
    'of %j over and over, the work grows with the length alone, and ends where reading ends',
    (piece) => {
      const [half, whole, longest] = [4_096, 8_192, 65_536].map((length) => work(repeated(piece, length)));
      expect((whole ?? 0) / (half ?? 1)).toBeLessThan(2.2);
      expect((longest ?? 0) / (whole ?? 1)).toBeLessThan(1.2);
    },
  );

  test('no text, however odd, makes it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 3 }), (texts) => {
        expect(levels).toContain(read(...texts));
      }),
    );
    expect(read('\ud800救命\udc00')).toBe('now');
    expect(books.map((rules) => readDanger(rules, []))).toEqual([undefined, undefined]);
  });
});

test('a situation that names no set is refused when first read', () => {
  const wrong: DangerRules = { ...books[0]!, situations: [{ level: 'now', rule: 'wrong', when: ['nosuchset'] }] };
  expect(() => readDanger(wrong, ['x'])).toThrow('nosuchset');
});
