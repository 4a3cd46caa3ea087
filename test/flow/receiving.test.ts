import { expect, test } from 'vitest';
import type { Input, Media } from '../../src/domain/message.ts';
import { help } from '../../src/flows/help.ts';
import { message } from '../../src/flows/message.ts';
import { report } from '../../src/flows/report.ts';
import { withdraw } from '../../src/flows/withdraw.ts';
import { asked, button, buttons, command, edit, filed, further, photo, play, playAbout, read, say, tap, told, words } from './playing.ts';

const story = say('小区南门的路灯坏了三天了');
const toPhotos = [story, tap('what', 'praise'), command('skip')];
const media = (item: Partial<Media>, caption?: string): Input => ({
  type: 'media',
  items: [{ id: 'x1', kind: 'photo', state: 'stored', ...item }],
  ...(caption !== undefined && { caption }),
});

test('each photo gets its receipt with the number to call in danger, and more may follow', () => {
  const turn = play(report, ...toPhotos, photo('p1'), photo('p2'));
  expect(told(turn)).toEqual(['flow:photo.kept', 'flow:photo.more']);
  expect(buttons(turn)).toEqual([['好了', '上一步']]);
  expect(asked(further(report, turn, button('done', 'photos')))?.step).toBe('identity');
});

test('the receipts of an album fill one place as long as they are unsent', () => {
  const replaced = (turn: ReturnType<typeof play>) => turn.effects.map((effect) => ('saying' in effect ? effect.saying.replaces : ''));
  expect(replaced(play(report, ...toPhotos, photo('p1')))).toEqual(replaced(play(report, ...toPhotos, photo('p1'), photo('p2'))));
});

test('every receipt for a file says 110', () => {
  for (const locale of words.locales) {
    const receipts = ['photo.kept', 'media.kept', ...['too-big', 'unreadable', 'no-space', 'gone'].map((why) => `photo.notKept.${why}`)];
    for (const key of receipts) expect(words.t(`flow:${key}`, locale)).toContain('110');
  }
});

test('photos are finished at their limit, and what is over it goes to the desk', () => {
  const ids = Array.from({ length: 11 }, (_, at) => `p${at}`);
  const turn = play(report, ...toPhotos, photo(...ids));
  expect(told(turn)).toEqual(['flow:photo.kept', 'unfit', 'report:identity.ask']);
  expect(turn.intake.answers.photos).toHaveLength(9);
  expect(turn.effects[1]).toMatchObject({ input: { items: [{ id: 'p9' }, { id: 'p10' }] } });
});

test('the same photo twice counts once', () => {
  expect(play(report, ...toPhotos, photo('p1', 'p1'), photo('p1')).intake.answers.photos).toEqual(['p1']);
});

test('a photo while something else is asked is kept, and the question asked again', () => {
  const turn = play(report, story, photo('p1'));
  expect(told(turn)).toEqual(['flow:photo.kept', 'report:what.ask']);
  const later = further(report, turn, tap('what', 'praise'), command('skip'));
  expect(told(later)).toEqual(['flow:photo.more']);
});

test('a photo at the review is added', () => {
  const turn = play(report, ...toPhotos, command('skip'), tap('identity', 'hidden'), photo('p1'));
  expect(told(turn)).toEqual(['flow:photo.kept', 'report:review.ask']);
  expect(filed(further(report, turn, tap('review', 'file')))?.filing).toMatchObject({ media: ['p1'] });
});

test('a voice message is kept, with a word that nobody listens right away', () => {
  expect(told(play(report, story, media({ kind: 'voice' })))).toEqual(['flow:media.kept', 'report:what.ask']);
});

test('a caption is part of the story, and the whole of it where it comes first', () => {
  expect(play(report, media({}, '井盖不见了，快来看')).intake.answers.details).toBe('井盖不见了，快来看');
  expect(play(report, story, media({}, '就是这盏')).intake.answers.details).toBe('小区南门的路灯坏了三天了\n就是这盏');
});

test('a photo that could not be kept is told why and does not take its caption down with it', () => {
  const turn = play(report, ...toPhotos, media({ state: 'stub', why: 'too-big' }, '这张很清楚'));
  expect(told(turn)).toEqual(['flow:photo.notKept.too-big', 'report:photos.ask']);
  expect(turn.intake.answers.details).toContain('这张很清楚');
  expect(turn.intake.answers).not.toHaveProperty('photos');
});

test('a photo still to be fetched is kept', () => {
  expect(play(report, ...toPhotos, media({ state: 'stub', why: 'not-fetched' })).intake.answers.photos).toEqual(['x1']);
});

test('where a form takes no photos they go to the desk, with their caption, and the question is asked again', () => {
  expect(told(playAbout(withdraw, 'ABCDEFGH', photo('p1')))).toEqual(['unfit', 'withdraw:reason.ask']);
  expect(playAbout(withdraw, 'ABCDEFGH', media({}, '已经修好了')).intake.answers.reason).toBe('已经修好了');
});

test('photos already sent are not thrown away by a late skip, only by an edit', () => {
  const turn = play(report, ...toPhotos, photo('p1'), button('skip', 'photos'));
  expect(turn.intake.answers.photos).toEqual(['p1']);
  const edited = further(report, turn, tap('identity', 'hidden'), edit('photos'));
  expect(buttons(edited)).toEqual([['好了', '没有照片', '上一步']]);
  expect(further(report, edited, button('skip', 'photos')).intake.answers).not.toHaveProperty('photos');
});

const point: Input = { type: 'place', latitude: 30.2741, longitude: 120.1551, datum: 'wgs84' };

test('a location answers the place, whenever it comes', () => {
  const asking = play(report, story, tap('what', 'praise'), point);
  expect(told(asking)).toEqual(['report:photos.ask']);
  const early = play(report, story, point);
  expect(told(early)).toEqual(['flow:place.kept', 'report:what.ask']);
  const reviewed = further(report, early, tap('what', 'praise'), command('skip'), tap('identity', 'hidden'));
  expect(read(reviewed)).toContain('地点：地图上的位置（30.27410，120.15510）');
});

test('a point that is nowhere on earth is no place', () => {
  for (const latitude of [91, Number.NaN, Number.NEGATIVE_INFINITY]) {
    expect(told(play(report, story, { ...point, latitude } as Input))).toEqual(['unfit', 'report:what.ask']);
  }
});

test('a form that never asks for them still takes photos and a place', () => {
  const turn = play(help, say('家里老人走丢了，请帮忙找'), photo('p1'), point, tap('kind', 'help'), command('skip'), tap('reach', 'chat'));
  expect(asked(turn)?.step).toBe('review');
  const done = filed(further(help, turn, tap('review', 'file')));
  expect(done?.filing).toMatchObject({ media: ['p1'] });
  expect(done?.lines.map(({ step }) => step)).toEqual(['details', 'kind', 'place', 'photos', 'reach']);
});

test('what fits no step goes to the desk, and the question is asked again', () => {
  const strange: Input[] = [
    { type: 'unknown', what: 'sticker' },
    { type: 'edited', text: '改', messageId: 'm' },
    { type: 'start', payload: 'x' },
  ];
  for (const input of strange) expect(told(play(report, story, input))).toEqual(['unfit', 'report:what.ask']);
  expect(told(play(message, point))).toEqual(['unfit', 'message:words.ask']);
});

test('going out of reach is no answer and asks nothing', () => {
  expect(play(report, story, { type: 'reachability', to: 'blocked' }).effects).toEqual([]);
});
