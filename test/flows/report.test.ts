import { expect, test } from 'vitest';
import type { Around } from '../../src/flow/effect.ts';
import { advance } from '../../src/flow/engine.ts';
import { report } from '../../src/flows/report.ts';
import { around, asked, button, buttons, catalogue, command, filed, further, play, read, say, tap, told, words } from '../flow/playing.ts';

const story = say('小区南门的路灯坏了三天了');
const complaint = (about: string) => [story, tap('what', 'complaint'), tap('about', about)];
/** From the place to the end, skipping all that can be. */
const theRest = [command('skip'), command('skip'), tap('identity', 'hidden'), tap('review', 'file')];

test('few words get one question more, and no third', () => {
  const short = play(report, say('太吵'));
  expect(told(short)).toEqual(['report:more.ask']);
  expect(asked(further(report, short, say('嗯嗯')))?.step).toBe('what');
  expect(asked(further(report, short, command('skip')))?.step).toBe('what');
  const done = further(report, short, say('每天晚上十点以后'), tap('what', 'praise'), ...theRest);
  expect(filed(done)?.filing).toMatchObject({ details: '太吵\n每天晚上十点以后' });
});

test('what was added to few words is filed too, however much comes after', () => {
  const turn = play(report, say('太吵'), say('每天晚上'), say('昨晚还有人在楼下打架摔瓶子'), tap('what', 'praise'), ...theRest);
  expect(filed(turn)?.filing).toMatchObject({ details: '太吵\n昨晚还有人在楼下打架摔瓶子\n每天晚上' });
});

test('one letter is too short, two are enough', () => {
  expect(told(play(report, say('吵')))).toEqual(['report:details.invalid', 'report:details.ask']);
  expect(asked(play(report, say('吵！')))?.step).toBe('more');
});

test('what it is is proposed from the words, and asked all the same', () => {
  expect(buttons(play(report, say('谢谢小李帮我找到了钱包')))[0]).toEqual(['表扬']);
  expect(buttons(play(report, say('窗口那个人态度太差了点')))[0]).toEqual(['投诉我们']);
  expect(buttons(play(report, say('建议门口多放两把椅子')))[0]).toEqual(['提个建议']);
  expect(buttons(play(report, story)).slice(0, 4).flat()).toEqual(['有个问题要解决', '提个建议', '表扬', '投诉我们']);
});

test('the topic is proposed from the words, best first, at most eight on a screen, something else always there', () => {
  const turn = play(report, say('楼下唱歌太吵，狗也叫'), tap('what', 'problem'));
  const screen = buttons(turn).slice(0, -1).flat();
  expect(screen.slice(0, 2)).toEqual(['噪音扰民', '犬只']);
  expect(screen).toHaveLength(8);
  expect(screen.slice(-2)).toEqual(['看看别的选项', '别的事']);
  const next = further(report, turn, tap('topic', '@1'));
  expect(buttons(next).slice(0, -1).flat().slice(-2)).toEqual(['看看别的选项', '别的事']);
});

test('all topics of a kind can be reached, each once', () => {
  const screens = [0, 1].map((page) => buttons(play(report, story, tap('what', 'problem'), tap('topic', `@${page}`))));
  const topics = screens.flatMap((rows) => rows.slice(0, -3).flat());
  expect(new Set(topics).size).toBe(topics.length);
  expect(topics).toHaveLength(catalogue.topics.filter(({ code, kinds }) => kinds.includes('problem') && code !== 'other').length);
});

test('topics are labelled in the language of the resident', () => {
  const turn = advance(report, play(report, story).intake, tap('what', 'problem'), around({ locale: 'en' }));
  expect(buttons(turn, 'en')[0]).toEqual(['hazard']);
});

test('something else is a topic only where the catalogue has it', () => {
  const toTopic = play(report, story, tap('what', 'problem'), tap('topic', 'other'), ...theRest);
  expect(filed(toTopic)?.filing).toMatchObject({ kind: 'problem', topic: 'other' });
  const without: Partial<Around> = { catalogue: { ...catalogue, topics: catalogue.topics.filter(({ code }) => code !== 'other') } };
  const { intake } = play(report, story, tap('what', 'problem'), tap('topic', 'other'), ...theRest.slice(0, -1));
  expect(filed(advance(report, intake, tap('review', 'file'), around(without)))?.filing).not.toHaveProperty('topic');
});

test('a complaint about service may name the team, and is not sealed by itself', () => {
  expect(buttons(play(report, ...complaint('service')))).toEqual([['户籍窗口'], ['巡防组'], ['不清楚', '上一步']]);
  const named = play(report, ...complaint('service'), tap('team', 'household'), ...theRest);
  expect(filed(named)?.filing).toMatchObject({ kind: 'complaint', about: 'service', team: 'u-household', seal: false });
  expect(filed(play(report, ...complaint('service'), say('不清楚'), ...theRest))?.filing).not.toHaveProperty('team');
});

test('a complaint about a unit names a team or the station, never inspection or the bureau, and is sealed', () => {
  expect(buttons(play(report, ...complaint('unit'))).slice(0, -1)).toEqual([['派出所'], ['户籍窗口'], ['巡防组']]);
  const turn = play(report, ...complaint('unit'), tap('unit', 'station'), ...theRest);
  expect(filed(turn)?.filing).toMatchObject({ about: 'unit', unit: 'u-station', seal: true });
});

test('a complaint about an officer takes a name, a badge or a description, and several reasons, and is sealed', () => {
  const turn = play(
    report,
    ...complaint('officer'),
    say('个子高高的，警号尾号 45'),
    tap('reasons', 'gambling'),
    tap('reasons', 'attitude'),
    button('done', 'reasons'),
    ...theRest,
  );
  expect(filed(turn)?.filing).toMatchObject({
    kind: 'complaint',
    about: 'officer',
    named: '个子高高的，警号尾号 45',
    reasons: ['attitude', 'gambling'],
    seal: true,
  });
});

test('who the officer is, and why, need not be known', () => {
  const turn = play(report, ...complaint('officer'), button('skip', 'officer'), button('skip', 'reasons'), ...theRest);
  const { filing } = filed(turn) ?? {};
  expect(filing).toMatchObject({ about: 'officer', seal: true });
  expect(filing).not.toHaveProperty('named');
  expect(filing).not.toHaveProperty('reasons');
});

test('the five prohibitions are among the reasons', () => {
  const screens = [0, 1, 2].map((page) => buttons(play(report, ...complaint('officer'), say('不清楚'), tap('reasons', `@${page}`))));
  const labels = screens.flat(2);
  for (const forbidden of ['乱用枪', '带着枪喝酒', '酒后开车', '上班时间喝酒', '参与赌博']) expect(labels).toContain(forbidden);
});

const withoutInspector = (bodyAbove = '县公安局督察大队') =>
  around({ catalogue: { ...catalogue, inspectorExists: false, settings: { ...catalogue.settings, bodyAbove } } });

test('where no inspector exists, a complaint about police first names who else reads it, and goes on', () => {
  const { intake } = play(report, story, tap('what', 'complaint'));
  const turn = advance(report, intake, tap('about', 'officer'), withoutInspector());
  expect(told(turn)).toEqual(['report:noInspector', 'report:officer.ask']);
  expect(turn.effects[0]).toMatchObject({ saying: { values: { body: '县公安局督察大队', phone: '12389' } } });
  expect(told(advance(report, intake, tap('about', 'unit'), withoutInspector('')))).toEqual(['report:noInspectorYet', 'report:unit.ask']);
  expect(told(advance(report, intake, tap('about', 'service'), withoutInspector()))).toEqual(['report:team.ask']);
  expect(told(advance(report, turn.intake, tap('about', 'bribe'), withoutInspector()))).toEqual(['report:officer.ask']);
  expect(filed(further(report, turn, say('不清楚'), command('skip'), ...theRest))?.filing).toMatchObject({ seal: true });
});

test('the resident seals by saying that it is about police, and can take it back', () => {
  const toReview = [story, tap('what', 'suggestion'), ...theRest.slice(0, -1)];
  const sealed = play(report, ...toReview, tap('review', 'police'));
  expect(asked(sealed)?.step).toBe('review');
  expect(read(sealed)).toContain('这件事会密封，只有督察能看。');
  expect(filed(further(report, sealed, tap('review', 'file')))?.filing).toMatchObject({ seal: true });
  expect(filed(further(report, sealed, tap('review', 'police'), tap('review', 'file')))?.filing).toMatchObject({ seal: false });
});

test('a complaint about police need not be sealed twice', () => {
  const turn = play(report, ...complaint('officer'), say('不清楚'), command('skip'), ...theRest.slice(0, -1));
  expect(buttons(turn).flat()).not.toContain('这事跟警察有关，请密封');
  expect(read(turn)).toContain('这件事会密封，只有督察能看。');
});

test('nobody is named unless they want to be', () => {
  const hidden = play(report, story, tap('what', 'praise'), ...theRest);
  expect(filed(hidden)?.filing).not.toHaveProperty('contact');
});

test('name and phone are contact details: marked, and not shown back', () => {
  const toReview = [story, tap('what', 'praise'), command('skip'), command('skip'), say('2'), say('王秀英'), say('１３９ 0000 0000')];
  const turn = play(report, ...toReview);
  expect(read(turn)).not.toMatch(/王秀英|1390/);
  const done = filed(further(report, turn, say('好')));
  expect(done?.filing).toMatchObject({ contact: { name: '王秀英', phone: '13900000000' } });
  expect(done?.lines.filter(({ personal }) => personal).map(({ step }) => step)).toEqual(['name', 'phone']);
});

test('named and then hidden again leaves no contact details', () => {
  const turn = play(report, story, tap('what', 'praise'), command('skip'), command('skip'), tap('identity', 'named'), say('王秀英'));
  const done = filed(further(report, turn, tap('identity', 'hidden'), tap('review', 'file')));
  expect(done?.filing).not.toHaveProperty('contact');
  expect(JSON.stringify(done)).not.toContain('王秀英');
});

test.each(words.locales)('the review in %s reads as the resident filled it in', (locale) => {
  const { intake } = play(report, ...complaint('officer'), say('012345'), say('1 2'), button('done', 'reasons'), ...theRest.slice(0, -2));
  const turn = advance(report, intake, tap('identity', 'hidden'), around({ locale }));
  expect(read(turn, locale).split('\n\n')[1]).toBe(
    {
      'zh-CN': `什么事：小区南门的路灯坏了三天了
类型：投诉我们
投诉的是：某个民警
哪位民警：012345
哪里不对：态度不好、说话难听和拖着不办
是否留名：不留名
这件事会密封，只有督察能看。`,
      en: `What it is about: 小区南门的路灯坏了三天了
Kind: A complaint about us
Complaint about: An officer
Officer: 012345
What was wrong: Rude or unkind and Dragged it out
Your name: Without my name
This will be sealed: only an inspector can read it.`,
    }[locale],
  );
});
