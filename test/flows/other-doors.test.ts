import { expect, test } from 'vitest';
import { help } from '../../src/flows/help.ts';
import { lookup } from '../../src/flows/lookup.ts';
import { message } from '../../src/flows/message.ts';
import { rate } from '../../src/flows/rate.ts';
import { unsolved, unsolvedSubject } from '../../src/flows/unsolved.ts';
import { withdraw } from '../../src/flows/withdraw.ts';
import { asked, button, buttons, command, filed, further, photo, play, playAbout, say, tap, told } from '../flow/playing.ts';

test('help is asked what, how and when to reach the person, and filed', () => {
  const turn = play(
    help,
    say('家里老人走丢了，请帮忙找'),
    tap('kind', 'help'),
    tap('topic', 'lost-and-found'),
    tap('reach', 'phone'),
    say('139-0000-0000'),
    say('下午三点以后'),
    command('skip'),
    tap('review', 'file'),
  );
  expect(filed(turn)?.filing).toEqual({
    as: 'case',
    kind: 'help',
    topic: 'lost-and-found',
    details: '家里老人走丢了，请帮忙找',
    media: [],
    contact: { phone: '13900000000', reach: '下午三点以后' },
    seal: false,
  });
  expect(
    filed(turn)
      ?.lines.filter(({ personal }) => personal)
      .map(({ step }) => step),
  ).toEqual(['phone', 'when']);
});

test('a question answered in the chat needs no contact details', () => {
  const turn = play(help, say('身份证丢了去哪里补办'), tap('kind', 'question'), command('skip'), tap('reach', 'chat'), say('提交'));
  expect(filed(turn)?.filing).toMatchObject({ kind: 'question', details: '身份证丢了去哪里补办' });
  expect(filed(turn)?.filing).not.toHaveProperty('contact');
  expect(filed(turn)?.filing).not.toHaveProperty('topic');
});

test('trouble at home is a topic like the others, asked in the same words', () => {
  const turn = play(help, say('老公喝了酒家暴我和孩子'), tap('kind', 'help'));
  expect(buttons(turn)[0]).toEqual(['家里的事']);
  expect(told(further(help, turn, tap('topic', 'domestic-violence')))).toEqual(['help:reach.ask']);
});

test('help that is about police can be sealed', () => {
  const turn = play(
    help,
    say('有个民警总来找我麻烦'),
    tap('kind', 'help'),
    command('skip'),
    tap('reach', 'chat'),
    tap('review', 'police'),
    say('好'),
  );
  expect(filed(turn)?.filing).toMatchObject({ seal: true });
});

test('words are added to a case', () => {
  expect(filed(playAbout(message, 'ABCDEFGH', say('又坏了'), say('没有照片')))?.filing).toEqual({
    as: 'message',
    reference: 'ABCDEFGH',
    text: '又坏了',
    media: [],
  });
});

test('photos alone are a message too', () => {
  const turn = playAbout(message, 'ABCDEFGH', photo('p1'));
  expect(told(turn)).toEqual(['flow:photo.kept', 'message:words.ask']);
  const done = further(message, turn, button('skip', 'words'), button('done', 'photos'));
  expect(filed(done)?.filing).toEqual({ as: 'message', reference: 'ABCDEFGH', text: '', media: ['p1'] });
});

test('an empty message is none', () => {
  expect(told(playAbout(message, 'ABCDEFGH', command('skip')))).toEqual(['flow:notSkippable', 'message:words.ask']);
});

test('not solved: what is wrong, and whether the same officer should go on', () => {
  const turn = playAbout(unsolved, unsolvedSubject('ABCDEFGH', 'problem'), say('路灯又灭了'));
  expect(asked(turn)?.step).toBe('sameOfficer');
  const filing = { as: 'unsolved', reference: 'ABCDEFGH', wrong: '路灯又灭了' };
  expect(filed(further(unsolved, turn, tap('sameOfficer', 'no')))?.filing).toEqual({ ...filing, sameOfficer: false });
  expect(filed(further(unsolved, turn, say('都可以')))?.filing).toEqual(filing);
});

test('of a complaint nobody is asked who should go on: it is always another', () => {
  const turn = playAbout(unsolved, unsolvedSubject('ABCDEFGH', 'complaint'), say('还是那个人在办'));
  expect(filed(turn)?.filing).toEqual({ as: 'unsolved', reference: 'ABCDEFGH', wrong: '还是那个人在办' });
});

test('taking back is confirmed, a reason is welcome and not needed', () => {
  const sure = playAbout(withdraw, 'ABCDEFGH', command('skip'));
  expect(asked(sure)?.step).toBe('review');
  expect(filed(sure)).toBeUndefined();
  expect(filed(further(withdraw, sure, say('撤回')))?.filing).toEqual({ as: 'withdrawal', reference: 'ABCDEFGH' });
  expect(told(further(withdraw, sure, say('不提交了')))).toEqual(['flow:cancelled', 'abandoned']);
  expect(filed(playAbout(withdraw, 'ABCDEFGH', say('已经好了'), say('好')))?.filing).toMatchObject({ reason: '已经好了' });
});

test('reference and code may be typed anyhow', () => {
  const turn = play(lookup, say('abcd efgh'), say('ｊｋｍｎ－ｐｑｒｓ'));
  expect(filed(turn)?.filing).toEqual({ as: 'lookup', reference: 'ABCDEFGH', code: 'JKMNPQRS' });
});

test('what is no reference or code is asked again', () => {
  expect(told(play(lookup, say('ABCD')))).toEqual(['lookup:reference.invalid', 'lookup:reference.ask']);
  expect(told(play(lookup, say('ABCDEFGH'), say('不知道')))).toEqual(['lookup:code.invalid', 'lookup:code.ask']);
});

test('a code is in no line and its message is marked', () => {
  const turn = play(lookup, say('ABCDEFGH'), say('JKMNPQRS'));
  expect(JSON.stringify(filed(turn)?.lines)).not.toContain('JKMNPQRS');
  expect(turn.intake.privateMessages).toHaveLength(1);
});

test('a rating counts only once the resident said yes to it', () => {
  const stars = playAbout(rate, 'inv-1', tap('level', '5'), command('skip'), command('skip'));
  expect(asked(stars)?.step).toBe('review');
  expect(filed(stars)).toBeUndefined();
  expect(filed(further(rate, stars, tap('review', 'file')))?.filing).toEqual({
    as: 'rating',
    invitation: 'inv-1',
    level: 5,
    reasonsVersion: 2,
    reasons: [],
  });
});

test('the number typed is the level meant, as the list is numbered from one', () => {
  expect(buttons(playAbout(rate, 'inv-1')).flat()).toEqual(['★ 很不满意', '★★ 不满意', '★★★ 一般', '★★★★ 满意', '★★★★★ 很满意']);
  expect(playAbout(rate, 'inv-1', say('1')).intake.answers.level).toBe(1);
  expect(playAbout(rate, 'inv-1', say('５')).intake.answers.level).toBe(5);
  expect(playAbout(rate, 'inv-1', say('很满意')).intake.answers.level).toBe(5);
  expect(playAbout(rate, 'inv-1', say('满意')).intake.answers.level).toBe(4);
});

test('the reasons differ by level, and those of another level are not filed', () => {
  expect(asked(playAbout(rate, 'inv-1', tap('level', '4')))?.step).toBe('liked');
  expect(asked(playAbout(rate, 'inv-1', tap('level', '3')))?.step).toBe('missed');
  const changed = playAbout(rate, 'inv-1', tap('level', '5'), tap('liked', 'quick'), button('done', 'liked'), tap('level', '2'));
  const done = further(rate, changed, say('1、2'), button('done', 'missed'), say('跑了三趟'), say('就这样评'));
  expect(filed(done)?.filing).toEqual({
    as: 'rating',
    invitation: 'inv-1',
    level: 2,
    reasonsVersion: 2,
    reasons: ['unfriendly', 'slow'],
    comment: '跑了三趟',
  });
});

test('a person asked for in the middle of a rating gets the words, and no rating', () => {
  const turn = playAbout(rate, 'inv-1', say('想找个人当面说说这件事'), command('human'));
  expect(turn.effects).toMatchObject([{ type: 'human', filing: { as: 'case', kind: 'help', details: '想找个人当面说说这件事' } }]);
});

test('a person asked for while looking a case up gets no code', () => {
  expect(JSON.stringify(play(lookup, say('ABCDEFGH'), say('JKMN'), command('human')).effects)).not.toContain('JKMN');
});
