import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Input } from '../../src/domain/message.ts';
import { cleaned } from '../../src/flow/clean.ts';
import type { Turn } from '../../src/flow/effect.ts';
import { advance, begin } from '../../src/flow/engine.ts';
import { flows } from '../../src/flows/list.ts';
import { around, INTAKE, words } from './playing.ts';

const steps = [...new Set(Object.values(flows).flatMap(({ steps }) => Object.keys(steps))), '__proto__', 'constructor', ''];
const values = ['file', 'police', 'problem', 'complaint', 'officer', 'unit', 'service', 'named', 'hidden', 'phone', 'chat', 'help'];
const moreValues = [
  'yes',
  'no',
  'other',
  'noise',
  'household',
  'station',
  'attitude',
  'gambling',
  '1',
  '2',
  '5',
  '@1',
  '@99',
  '@x',
  '',
  '__proto__',
];
const intakes = fc.constantFrom(INTAKE, INTAKE, INTAKE, 'OTHER001');
const names = fc.constantFrom('home', 'back', 'skip', 'done', 'cancel', 'help', 'human', 'language');
const sentences = [
  '好',
  '跳过',
  '提交',
  '上一步',
  '小区南门的路灯坏了三天了',
  'ABCD-EFGH',
  '13900000000',
  '王秀英',
  '１',
  '3',
  '1 2 3',
  '还有一件事要说一说',
];
const typed = fc.oneof(
  fc.constantFrom(...sentences),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\uD800', '\u0000', ' ', '很'.repeat(4001), '很'.repeat(3999)),
);
const items = fc.array(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'),
    kind: fc.constantFrom('photo', 'voice', 'document'),
    state: fc.constantFrom('stored', 'stub'),
    why: fc.constantFrom('too-big', 'not-fetched', 'odd'),
  }),
  { maxLength: 10 },
);

const text = typed.map((text) => ({ type: 'text', text }) as const);
const input = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('tap'),
      tap: fc.record({
        on: fc.constant('step'),
        intake: intakes,
        step: fc.constantFrom(...steps),
        value: fc.constantFrom(...values, ...moreValues),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('tap'),
      tap: fc.record({ on: fc.constant('edit'), intake: intakes, step: fc.constantFrom(...steps) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('tap'),
      tap: fc.record({ on: fc.constant('command'), intake: intakes, step: fc.constantFrom(...steps), name: names }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('command'), name: names }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('media'), items, caption: typed }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('place'), latitude: fc.double(), longitude: fc.double(), datum: fc.constant('wgs84') }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'unknown', what: 'sticker' }) },
) as fc.Arbitrary<Input>;

const flow = fc.constantFrom(...Object.values(flows));
const locale = fc.constantFrom(...words.locales, 'tlh', 'not a locale!');

/** Everything the resident's words may be found in again. */
const held = ({ intake, effects }: Turn): string => JSON.stringify([intake.answers, effects.filter(({ type }) => type === 'unfit')]);
const json = (words: string): string => JSON.stringify(words).slice(1, -1);

test('nothing a resident sends makes a form throw, and every open form asks exactly one question, last', () => {
  fc.assert(
    fc.property(flow, locale, fc.array(input, { maxLength: 40 }), (form, locale, inputs) => {
      let turn = begin(form, around({ locale }), INTAKE, 'ABCDEFGH');
      for (const one of inputs) {
        const before = turn.intake;
        turn = advance(form, before, one, around({ locale }));
        const asks = turn.effects.filter(({ type }) => type === 'ask');
        expect(asks.length).toBeLessThanOrEqual(1);
        if (asks.length === 1) expect(turn.effects.at(-1)?.type).toBe('ask');
        if (turn.intake.status !== 'open') expect(asks).toEqual([]);
        for (const effect of turn.effects) if ('saying' in effect) words.t(effect.saying.key, locale, effect.saying.values);
      }
    }),
    { numRuns: 400 },
  );
});

test('a form files at most once, whatever comes after', () => {
  fc.assert(
    fc.property(flow, fc.array(input, { maxLength: 60 }), (form, inputs) => {
      let turn = begin(form, around(), INTAKE, 'ABCDEFGH');
      let ends = 0;
      for (const one of inputs) {
        turn = advance(form, turn.intake, one, around());
        ends += turn.effects.filter(({ type }) => type === 'file' || type === 'human' || type === 'abandoned').length;
      }
      expect(ends).toBeLessThanOrEqual(1);
    }),
    { numRuns: 400 },
  );
});

test('no words are lost: they are in the answers, go to the desk, or are answered by a question', () => {
  fc.assert(
    fc.property(flow, fc.array(input, { maxLength: 15 }), typed, (form, inputs, said) => {
      let turn = begin(form, around(), INTAKE, 'ABCDEFGH');
      for (const one of inputs) turn = advance(form, turn.intake, one, around());
      turn = advance(form, turn.intake, { type: 'text', text: said }, around());
      const { effects, intake } = turn;
      const kept = held(turn).includes(json(cleaned(said)));
      const answered =
        effects.some(({ type }) => type === 'ask') || intake.status === 'submitted' || effects.some(({ type }) => type === 'abandoned');
      expect(kept || answered).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('a sentence is kept, goes to the desk, or is told that it was not understood: never passed over', () => {
  const sentence = fc.constantFrom('还有一件事要说一说', 'there is one thing more to tell', '昨晚十点，楼下又吵起来了', '很'.repeat(4001));
  fc.assert(
    fc.property(flow, fc.array(input, { maxLength: 15 }), sentence, (form, inputs, said) => {
      let turn = begin(form, around(), INTAKE, 'ABCDEFGH');
      for (const one of inputs) turn = advance(form, turn.intake, one, around());
      turn = advance(form, turn.intake, { type: 'text', text: said }, around());
      const kept = held(turn).includes(json(said));
      const corrected = turn.effects.some((effect) => effect.type === 'say' && /invalid$|stuck|tooLong/.test(effect.saying.key));
      expect(kept || corrected).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('words once gathered stay gathered, whatever is tapped, until they are answered anew or taken back', () => {
  const harmless = input.filter(
    (one) => (one.type === 'tap' && one.tap.on === 'step') || one.type === 'media' || one.type === 'place' || one.type === 'unknown',
  );
  fc.assert(
    fc.property(fc.array(harmless, { maxLength: 20 }), (inputs) => {
      const report = flows.report!;
      let turn = begin(report, around(), INTAKE, undefined, { text: '小区南门的路灯坏了三天了' });
      for (const one of inputs) {
        turn = advance(report, turn.intake, one, around());
        expect(String(turn.intake.answers.details)).toContain('小区南门的路灯坏了三天了');
      }
    }),
    { numRuns: 200 },
  );
});

test('the same turn decided twice gives the same', () => {
  fc.assert(
    fc.property(flow, fc.array(input, { maxLength: 15 }), input, (form, inputs, last) => {
      let turn = begin(form, around(), INTAKE, 'ABCDEFGH');
      for (const one of inputs) turn = advance(form, turn.intake, one, around());
      const now = around();
      const frozen = JSON.stringify(turn.intake);
      expect(advance(form, turn.intake, last, now)).toEqual(advance(form, JSON.parse(frozen), last, now));
      expect(JSON.stringify(turn.intake)).toBe(frozen);
    }),
    { numRuns: 200 },
  );
});
