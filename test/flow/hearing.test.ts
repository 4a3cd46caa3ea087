import { expect, test } from 'vitest';
import { cleaned, shortened } from '../../src/flow/clean.ts';
import { rate } from '../../src/flows/rate.ts';
import { report } from '../../src/flows/report.ts';
import { asked, button, buttons, filed, further, play, playAbout, read, say, tap, told } from './playing.ts';

const story = say('小区南门的路灯坏了三天了');
const afterStory = (typed: string) => play(report, story, say(typed)).intake.answers.what;

test('a choice is understood by number, full-width number, label in any language, value, and a part only one label has', () => {
  expect(
    ['2', '２', '（2）', '2.', '提个建议', '“提个建议”', 'A suggestion', 'a SUGGESTION', 'suggestion', '建议'].map(afterStory),
  ).toEqual(Array(10).fill('suggestion'));
});

test('a part that two labels have, a number too high and one letter are no answer', () => {
  expect(['0', '77', '12', '1 2', '个', '第二个吧'].map(afterStory)).toEqual(Array(6).fill(undefined));
});

test('numbers go on past the options to the buttons under them', () => {
  expect(asked(play(report, story, say('5')))?.step).toBe('details');
});

test('an option of another screen is understood by its label', () => {
  expect(play(report, story, tap('what', 'problem'), say('犬只')).intake.answers.topic).toBe('pets');
});

test('numbers on a later screen are those of that screen', () => {
  const turn = play(report, story, tap('what', 'problem'), tap('topic', '@1'));
  const [first] = buttons(turn);
  expect(first).toEqual(['失物走失']);
  expect(further(report, turn, say('1')).intake.answers.topic).toBe('lost-and-found');
});

test('turning on after the last screen comes to the first', () => {
  const once = play(report, story, tap('what', 'problem'), say('看看别的选项'));
  const twice = further(report, once, say('看看别的选项'));
  expect(buttons(twice)).toEqual(buttons(play(report, story, tap('what', 'problem'))));
});

test('a button typed out is the button, also where words are asked for', () => {
  const turn = play(report, story, tap('what', 'praise'), say('跳过'));
  expect(turn.intake.skipped).toEqual(['place']);
  expect(asked(further(report, turn, say('没有照片')))?.step).toBe('identity');
});

test('a lone number that can not be the answer is the number of a button', () => {
  expect(play(report, story, tap('what', 'praise'), say('1')).intake.skipped).toEqual(['place']);
});

test('a badge number is a badge number', () => {
  expect(play(report, story, tap('what', 'complaint'), tap('about', 'officer'), say('1')).intake.answers.officer).toBe('1');
});

test('several are chosen and taken back one by one, or by numbers at once, and done ends', () => {
  const reasons = play(report, story, tap('what', 'complaint'), tap('about', 'officer'), say('012345'));
  const two = further(report, reasons, tap('reasons', 'attitude'), tap('reasons', 'slow'), tap('reasons', 'slow'), say('3、2'));
  expect(two.intake.answers.reasons).toEqual(['attitude', 'slow', 'turned-away']);
  expect(read(two)).toBe('选了：态度不好、说话难听、拖着不办和推来推去不管。还可以接着选，选完点“好了”。');
  expect(asked(further(report, two, button('done', 'reasons')))?.step).toBe('place');
});

test('the review is filed by plain agreement, and by nothing less', () => {
  const reviewed = play(report, story, tap('what', 'praise'), say('跳过'), say('跳过'), tap('identity', 'hidden'));
  for (const yes of ['好', '好的。', '提交', 'OK', 'Send it', '1']) expect(filed(further(report, reviewed, say(yes)))).toBeDefined();
  for (const no of ['不', '提', '交', '改', '好像不对']) expect(filed(further(report, reviewed, say(no)))).toBeUndefined();
});

test('the name of a line in the review edits it', () => {
  const reviewed = play(report, story, tap('what', 'praise'), say('南门'), say('没有照片'), tap('identity', 'hidden'));
  expect(asked(further(report, reviewed, say('地点')))?.step).toBe('place');
});

test('more of the story, told in the middle, is kept with it and said so', () => {
  const turn = play(report, story, say('昨晚我妈在那里摔了一跤'));
  expect(told(turn)).toEqual(['flow:words.kept', 'report:what.ask']);
  expect(turn.intake.answers.details).toBe('小区南门的路灯坏了三天了\n昨晚我妈在那里摔了一跤');
});

test('words while photos are asked for are kept with the story, however short', () => {
  const turn = play(report, story, tap('what', 'praise'), say('跳过'), say('看这里'));
  expect(told(turn)).toEqual(['flow:words.kept', 'report:photos.ask']);
  expect(turn.intake.answers.details).toBe('小区南门的路灯坏了三天了\n看这里');
});

test('words at the review are added, and the review is shown again with them', () => {
  const turn = play(report, story, tap('what', 'praise'), say('跳过'), say('跳过'), tap('identity', 'hidden'), say('忘了说，是晚上十点'));
  expect(told(turn)).toEqual(['flow:words.kept', 'report:review.ask']);
  expect(read(turn)).toContain('忘了说，是晚上十点');
});

test('words that come with the stars are the comment', () => {
  expect(playAbout(rate, 'inv', say('民警小李跑了三趟，真的很感谢')).intake.answers.comment).toBe('民警小李跑了三趟，真的很感谢');
});

test('one message too long is not cut: the limit is named, and two pieces are both kept', () => {
  const long = '很'.repeat(4001);
  const turn = play(report, say(long));
  expect(turn.effects[0]).toMatchObject({ type: 'say', saying: { key: 'flow:tooLong', values: { max: 4000, length: 4001 } } });
  expect(turn.intake.answers).toEqual({});
  const pieces = further(report, turn, say(long.slice(0, 2000)), say(long.slice(2000)));
  expect(pieces.intake.answers.details).toBe(`${'很'.repeat(2000)}\n${'很'.repeat(2001)}`);
});

test('what no longer fits beside so much goes to the desk', () => {
  const pieces = Array.from({ length: 5 }, () => say('很'.repeat(3999)));
  const turn = play(report, ...pieces);
  expect(told(turn)).toEqual(['flow:words.kept', 'report:what.ask']);
  expect(told(further(report, turn, say('还有一句没有说完的话')))).toEqual(['unfit', 'report:what.ask']);
});

test('what can not be stored is cleaned away, and nothing else', () => {
  expect(cleaned(' 路灯\u0000坏了\uD800！\r\n第二行\u0007 ')).toBe('路灯坏了\uFFFD！\n第二行');
  expect(cleaned('👨‍👩‍👧 ok\t。')).toBe('👨‍👩‍👧 ok\t。');
  expect(told(play(report, say('\u0000\u0001 ')))).toEqual(['report:details.invalid', 'report:details.ask']);
});

test('a line is never cut inside a character', () => {
  expect(shortened('一👨‍👩‍👧二三', 3)).toBe('一👨‍👩‍👧…');
});
