import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieces as piecesOf, type TextLimit } from '../../src/domain/pieces.ts';

const TEXT_UNITS = 4096;
const pieces = (text: string, count = TEXT_UNITS, unit: TextLimit['unit'] = 'characters') => piecesOf(text, { count, unit });

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const characters = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);

test('a text that fits stays one', () => {
  expect(pieces('河边护栏断了。')).toEqual(['河边护栏断了。']);
  expect(pieces('字'.repeat(TEXT_UNITS))).toHaveLength(1);
});

test('a long text is cut where a reader would pause: between paragraphs, then sentences, then words', () => {
  const paragraph = `${'他每天夜里都来敲门，'.repeat(30)}我们睡不着。`;
  const [first = '', second = ''] = pieces(`${paragraph}\n\n${paragraph}`, paragraph.length + 40);
  expect([first, second]).toEqual([`${paragraph}\n\n`, paragraph]);
  const sentences = pieces('昨晚又吵到两点。'.repeat(20), 50);
  expect(new Set(sentences.map((piece) => piece.at(-1)))).toEqual(new Set(['。']));
  const words = pieces('the gate is broken again and nobody came '.repeat(5).trim(), 30);
  for (const word of words.join('').split(' ')) expect(words.some((piece) => piece.trim().split(' ').includes(word))).toBe(true);
});

test('nothing is cut inside what a reader sees as one character', () => {
  const family = '👨‍👩‍👧‍👦';
  const all = pieces(`${family}🇨🇳é`.repeat(60), 100);
  expect(all.join('')).toBe(`${family}🇨🇳é`.repeat(60));
  expect(all.flatMap(characters)).toEqual(characters(`${family}🇨🇳é`.repeat(60)));
});

test('one character longer than a message is cut all the same, and the work ends', () => {
  const zalgo = `e${'\u0301'.repeat(10_000)}`;
  expect(pieces(zalgo).join('')).toBe(zalgo);
});

test('for any text: the pieces are the text, each fits, none is blank, and no character is torn', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 40, max: 120 }), (text, most) => {
      const cut = pieces(text, most);
      expect(cut.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      for (const piece of cut) {
        expect(piece.length).toBeLessThanOrEqual(most);
        expect(piece.trim()).not.toBe('');
      }
      expect(cut.flatMap(characters)).toEqual(characters(cut.join('')));
    }),
    { numRuns: 300 },
  );
});

test('counted in bytes, each piece fits and no character is torn', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 80, max: 300 }), (text, most) => {
      const cut = pieces(text, most, 'bytes');
      expect(cut.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      for (const piece of cut) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(most);
      expect(cut.flatMap(characters)).toEqual(characters(cut.join('')));
    }),
    { numRuns: 300 },
  );
});
