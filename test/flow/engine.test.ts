import { expect, expectTypeOf, test } from 'vitest';
import { advance, begin, nextStep, resume } from '../../src/flow/engine.ts';
import { defineFlow, type Flow } from '../../src/flow/flow.ts';
import type { Answers } from '../../src/flow/step.ts';
import { choice } from '../../src/flow/steps/choice.ts';
import { optional, when } from '../../src/flow/steps/modifiers.ts';
import { text } from '../../src/flow/steps/text.ts';
import { report } from '../../src/flows/report.ts';
import { around, asked, button, buttons, command, edit, filed, further, INTAKE, photo, play, read, say, tap, told } from './playing.ts';

const story = say('小区南门的路灯坏了三天了');
const toPlace = [story, tap('what', 'problem'), tap('topic', 'hazard')];
const toIdentity = [...toPlace, say('柳河小区南门'), button('skip', 'photos')];
const toReview = [...toIdentity, tap('identity', 'hidden')];

test('a report is asked, answered, read once more and filed', () => {
  const turn = play(report, ...toReview, tap('review', 'file'));
  expect(told(turn)).toEqual(['file']);
  expect(turn.intake.status).toBe('submitted');
  expect(filed(turn)?.filing).toEqual({
    as: 'case',
    kind: 'problem',
    topic: 'hazard',
    details: '小区南门的路灯坏了三天了',
    media: [],
    seal: false,
  });
});

test('questions come in the order of the steps', () => {
  const steps = [[], [story], [story, tap('what', 'problem')], toPlace, [...toPlace, say('柳河小区')], toIdentity, toReview];
  expect(steps.map((inputs) => asked(play(report, ...inputs))?.step)).toEqual([
    'details',
    'what',
    'topic',
    'place',
    'photos',
    'identity',
    'review',
  ]);
});

test('a branch asks its own questions and no others', () => {
  expect(asked(play(report, story, tap('what', 'complaint')))?.step).toBe('about');
  expect(asked(play(report, story, tap('what', 'praise')))?.step).toBe('place');
});

test('a wrong answer is told what would be right, and asked again', () => {
  expect(told(play(report, story, say('嗯')))).toEqual(['report:what.invalid', 'report:what.ask']);
});

test('after two misses a person is offered, and skipping where that is possible', () => {
  const twice = play(report, story, say('嗯'), say('啊'));
  expect(told(twice)).toEqual(['flow:stuck.person', 'report:what.ask']);
  expect(buttons(twice).at(-1)).toEqual(['上一步', '找人帮我']);
  expect(told(play(report, ...toPlace, say('嗯'), say('啊')))).toEqual(['flow:stuck.skip', 'report:place.ask']);
});

test('an understood answer wipes the misses out', () => {
  expect(play(report, story, say('嗯'), say('啊'), tap('what', 'problem')).intake.misses).toBe(0);
});

test('a late tap on an old keyboard changes that answer, not the current one', () => {
  const turn = play(report, ...toPlace, tap('what', 'suggestion'));
  expect(turn.intake.answers.what).toBe('suggestion');
  expect(asked(turn)?.step).toBe('place');
});

test('a late tap on the skip of an earlier question does not skip the current one', () => {
  const turn = play(report, ...toPlace, button('skip', 'place'), button('skip', 'place'), button('skip', 'place'));
  expect(asked(turn)?.step).toBe('photos');
  expect(turn.intake.skipped).toEqual(['place']);
});

test('back tapped twice in a hurry goes back once', () => {
  expect(asked(play(report, ...toPlace, button('back', 'place'), button('back', 'place')))?.step).toBe('topic');
});

test('a late tap after filing opens no second case', () => {
  const done = play(report, ...toReview, tap('review', 'file'));
  for (const late of [tap('review', 'file'), tap('what', 'praise'), edit('details'), button('back', 'review'), command('human')]) {
    const turn = further(report, done, late);
    expect(told(turn)).toEqual(['flow:finished']);
    expect(turn.intake).toEqual(done.intake);
  }
});

test('words that come after filing go to the desk', () => {
  expect(told(further(report, play(report, ...toReview, tap('review', 'file')), say('还有一件事')))).toEqual(['unfit']);
});

test('a tap of another form is told kindly and changes nothing', () => {
  const before = play(report, story);
  const turn = further(report, before, tap('what', 'praise', 'OTHER001'));
  expect(told(turn)).toEqual(['flow:finished']);
  expect(turn.intake.answers).toEqual(before.intake.answers);
});

test('an answer whose branch no longer applies is not filed', () => {
  const turn = play(
    report,
    story,
    tap('what', 'complaint'),
    tap('about', 'officer'),
    say('警号 012345'),
    tap('what', 'praise'),
    say('南门'),
  );
  const done = further(report, turn, button('skip', 'photos'), tap('identity', 'hidden'), tap('review', 'file'));
  expect(filed(done)?.filing).toEqual({ as: 'case', kind: 'praise', details: '小区南门的路灯坏了三天了', media: [], seal: false });
  expect(filed(done)?.lines.map(({ step }) => step)).toEqual(['details', 'what', 'place', 'identity']);
});

test("an unknown step is nobody's answer", () => {
  for (const step of ['constructor', '__proto__', 'toString', 'gone']) {
    expect(told(play(report, story, tap(step, 'x')))).toEqual(['report:what.ask']);
    expect(told(play(report, story, edit(step)))).toEqual(['report:what.ask']);
  }
});

test('a step of a branch not taken can be neither answered nor edited', () => {
  expect(play(report, story, tap('about', 'officer')).intake.answers).not.toHaveProperty('about');
  expect(asked(play(report, story, edit('officer')))?.step).toBe('what');
});

test('a value that is none of the options is no answer', () => {
  expect(told(play(report, story, tap('what', 'bribe')))).toEqual(['report:what.invalid', 'report:what.ask']);
  expect(told(play(report, ...toPlace, tap('what', 'bribe')))).toEqual(['report:place.ask']);
});

const small = (steps: Flow['steps']): Flow =>
  defineFlow('unsolved', 'unsolved', steps, () => ({ as: 'unsolved', reference: '', wrong: '' }));
const first = small({ wrong: text({ min: 2 }), sameOfficer: choice(['yes', 'no']) });

test('a step added by a later release is asked of residents already in the middle', () => {
  const { intake } = play(first, say('还是漏水'));
  const later = small({ before: optional(text()), wrong: text({ min: 2 }), sameOfficer: choice(['yes', 'no']), after: text() });
  expect(nextStep(later, intake, around())).toBe('before');
  const skipped = advance(later, intake, command('skip'), around()).intake;
  expect(nextStep(later, skipped, around())).toBe('sameOfficer');
  const answered = advance(later, skipped, tap('sameOfficer', 'no'), around()).intake;
  expect(nextStep(later, answered, around())).toBe('after');
});

test('a step taken out by a later release is not filed, and a late tap on it does no harm', () => {
  const { intake } = play(report, ...toReview);
  const { place: _, ...steps } = report.steps;
  const later: Flow = { ...report, steps };
  const turn = further(later, { intake }, tap('place', 'x'), tap('review', 'file'));
  expect(filed(turn)?.lines.map(({ step }) => step)).not.toContain('place');
});

test('an answer that no longer parses counts as unanswered', () => {
  const { intake } = play(report, ...toPlace);
  for (const what of ['bribe', 7, null, { a: 1 }, ['problem']]) {
    expect(nextStep(report, { ...intake, answers: { ...intake.answers, what } }, around())).toBe('what');
  }
  const { catalogue } = around();
  const shrunk = { ...catalogue, topics: catalogue.topics.filter(({ code }) => code !== 'hazard') };
  expect(nextStep(report, intake, around({ catalogue: shrunk }))).toBe('topic');
});

test('a skip counts only as long as the step may be skipped', () => {
  const lenient = small({ wrong: optional(text({ min: 2 })), sameOfficer: choice(['yes', 'no']) });
  const { intake } = play(lenient, command('skip'));
  expect(nextStep(lenient, intake, around())).toBe('sameOfficer');
  expect(nextStep(first, intake, around())).toBe('wrong');
});

test('what must be answered is not skipped', () => {
  expect(told(play(report, story, command('skip')))).toEqual(['flow:notSkippable', 'report:what.ask']);
});

test('back asks the question before and keeps its answer until there is another', () => {
  const back = play(report, ...toPlace, say('南门'), command('back'), command('back'));
  expect(asked(back)?.step).toBe('topic');
  expect(back.intake.answers).toMatchObject({ place: { words: '南门' }, topic: 'hazard' });
  expect(buttons(back).at(-1)).toEqual(['不改了，就这样', '上一步']);
  expect(asked(further(report, back, button('done', 'topic')))?.step).toBe('photos');
  expect(further(report, back, tap('topic', 'noise')).intake.answers.topic).toBe('noise');
});

test('back at the first question asks it again', () => {
  expect(told(play(report, command('back')))).toEqual(['report:details.ask']);
});

test('an edit from the review asks one step and comes back to the review', () => {
  const editing = play(report, ...toReview, edit('place'));
  expect(asked(editing)?.step).toBe('place');
  const back = further(report, editing, say('柳河小区北门'));
  expect(asked(back)?.step).toBe('review');
  expect(read(back)).toContain('地点：柳河小区北门');
});

test('an edit that opens a branch asks that branch before the review', () => {
  const turn = play(report, ...toReview, edit('identity'), tap('identity', 'named'));
  expect(asked(turn)?.step).toBe('name');
  expect(asked(further(report, turn, say('王秀英'), say('0571-8765 4321')))?.step).toBe('review');
});

test('an edit can be left as it was, and an answer can be taken back by skipping', () => {
  expect(asked(play(report, ...toReview, edit('place'), button('done', 'place')))?.step).toBe('review');
  const without = play(report, ...toReview, edit('place'), button('skip', 'place'));
  expect(asked(without)?.step).toBe('review');
  expect(without.intake.answers).not.toHaveProperty('place');
});

test('filing from an older review while an edit is open files what stands', () => {
  expect(told(play(report, ...toReview, edit('place'), tap('review', 'file')))).toEqual(['file']);
});

test('filing is not possible while a question is open', () => {
  expect(asked(play(report, ...toReview, tap('identity', 'named'), tap('review', 'file')))?.step).toBe('name');
  expect(told(play(report, tap('review', 'file')))).toEqual(['report:details.ask']);
});

test('help explains the question and asks it again', () => {
  expect(told(play(report, story, command('help')))).toEqual(['report:what.help', 'report:what.ask']);
});

test('cancel gives the form up and says so', () => {
  const turn = play(report, story, command('cancel'));
  expect(told(turn)).toEqual(['flow:cancelled', 'abandoned']);
  expect(turn.intake.status).toBe('abandoned');
});

test('home and language are left to the desk', () => {
  for (const name of ['home', 'language'] as const) {
    const turn = play(report, story, command(name));
    expect(turn.effects).toEqual([]);
    expect(turn.intake.status).toBe('open');
  }
});

test('a person, anywhere, gets what was said so far', () => {
  const turn = play(report, story, photo('p1'), tap('what', 'problem'), command('human'));
  expect(turn.intake.status).toBe('submitted');
  expect(turn.effects).toMatchObject([
    { type: 'human', filing: { as: 'case', kind: 'help', details: '小区南门的路灯坏了三天了', media: ['p1'], seal: false } },
  ]);
});

test('a person asked for in a complaint about police gets it sealed', () => {
  const turn = play(report, story, tap('what', 'complaint'), tap('about', 'officer'), command('human'));
  expect(turn.effects).toMatchObject([{ type: 'human', filing: { seal: true } }]);
});

test('what was said before the form was begun is its first answer', () => {
  const turn = begin(report, around({ message: 'now' }), INTAKE, undefined, {
    text: '井盖不见了，很危险',
    media: ['p1'],
    messages: ['before'],
  });
  expect(asked(turn)?.step).toBe('what');
  expect(turn.intake).toMatchObject({ answers: { details: '井盖不见了，很危险', photos: ['p1'] }, messages: ['before', 'now'] });
});

test('what a form can not hold comes back as unfit', () => {
  expect(told(begin(report, around(), INTAKE, undefined, { text: '啊' }))).toEqual(['unfit', 'report:details.ask']);
});

test('a form taken up again asks where it stood', () => {
  const { intake } = play(report, ...toPlace);
  expect(told(resume(report, intake, around()))).toEqual(['report:place.ask']);
});

test('every message of the form is remembered, and those with contact details apart', () => {
  const { intake } = play(report, ...toIdentity, tap('identity', 'named'), say('王秀英'), say('139'), say('13900000000'));
  expect(intake.messages).toHaveLength(10);
  expect(intake.privateMessages).toEqual(intake.messages.slice(-3));
});

test('answers are typed', () => {
  type Report = Answers<typeof report.steps>;
  expectTypeOf<Report['identity']>().toEqualTypeOf<'hidden' | 'named' | undefined>();
  expectTypeOf<Report['photos']>().toEqualTypeOf<string[] | undefined>();
  expectTypeOf<Report['topic']>().toEqualTypeOf<string | undefined>();
});

test('a branch may look at the answers before it and at what the flow is about', () => {
  const flow = small({
    wrong: text(),
    sameOfficer: when((kept, { subject }) => kept.wrong === 'x' && subject === 'S', choice(['yes', 'no'])),
  });
  expect(told(play(flow, say('x')))).toEqual(['file']);
  expect(told(advance(flow, begin(flow, around(), INTAKE, 'S').intake, say('x'), around()))).toEqual(['unsolved:sameOfficer.ask']);
});
