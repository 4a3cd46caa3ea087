import { describe, expect, test } from 'vitest';
import type { Media, Saying } from '../../src/domain/message.ts';
import { MONDAY_MORNING, turnRoom, words } from './turn-room.ts';
import { myCase, photo } from './turn-things.ts';

type Room = ReturnType<typeof turnRoom>;
type Part = Media | { item: Media; caption: string };

const video = (id: string): Media => ({ id, kind: 'video', state: 'stored' });
const tooBig = (id: string): Media => ({ id, kind: 'photo', state: 'stub', why: 'too-big' });
const photos = (count: number, from = 1) => Array.from({ length: count }, (_, nth) => photo(`p${from + nth}`));

/** Sends the parts of an album one by one: what was said at once, and what is said in the end, when what gave way is gone. */
function album(room: Room, parts: readonly Part[], { group = 'g', quotes }: { group?: string; quotes?: string } = {}) {
  const atOnce: string[] = [];
  let waiting: Saying[] = [];
  const turns = parts.map((part) => {
    const [item, caption] = 'item' in part ? [part.item, part.caption] : [part, undefined];
    const turn = room.take({ type: 'media', items: [item], group, ...(caption !== undefined && { caption }) }, quotes);
    const names = new Set(turn.sayings.map(({ replaces }) => replaces));
    waiting = waiting.filter(({ replaces }) => !names.has(replaces));
    for (const [nth, saying] of turn.sayings.entries()) {
      if (saying.at === undefined) atOnce.push(turn.said[nth]!);
      else waiting.push(saying);
    }
    return turn;
  });
  return { turns, atOnce, inTheEnd: waiting.map(({ key, values = {} }) => words.t(key, 'zh-CN', values)), waiting };
}

const RECEIPT = (n: number) => `照片收到了，现在共 ${n} 份。照片不会马上有人看；要是现在有危险，请直接打 110。`;
const MEDIA_RECEIPT = (n: number) =>
  `收到了，现在共 ${n} 份。录音、视频和文件不会马上有人看；要是现在有危险，请直接打 110。要紧的话，请再用文字说一句。`;
const WHERE = '这些话我先替您留着。是要放到哪里？';
const TOO_BIG = '有一个文件太大了，没能存下。换小一点的再发一次，或者用文字说说。有危险请直接打 110。';

/** A room with a report open, its story told, at the question for photos. */
function atPhotos(): Room {
  const room = turnRoom();
  room.tap('说件事', room.take({ type: 'command', name: 'home' }));
  for (const text of ['楼下烧烤店夜里放音响', '有个问题要解决', '噪音', '跳过']) room.text(text);
  expect(room.memory.intake?.answers).not.toHaveProperty('photos');
  return room;
}

describe('an album', () => {
  test('outside a form is answered once, with all its photos counted, and asked about once', () => {
    const room = turnRoom();
    const { atOnce, inTheEnd } = album(room, photos(3));
    expect(atOnce).toEqual([]);
    expect(inTheEnd).toEqual([RECEIPT(3), WHERE]);
  });

  test('is answered one and a half seconds after its last part', () => {
    const room = turnRoom();
    const { waiting } = album(room, photos(2));
    expect(new Set(waiting.map(({ at }) => at))).toEqual(new Set([MONDAY_MORNING + 1_500]));
    expect(waiting.map(({ replaces }) => replaces)).toEqual(['album.kept', 'album']);
  });

  test('is kept as one message, with the words under any of its parts', () => {
    const room = turnRoom();
    const [first, second, third] = photos(3);
    const { turns } = album(room, [first!, { item: second!, caption: '楼道堆了东西' }, { item: third!, caption: '堵住了门' }]);
    expect(room.memory.loose).toEqual([{ message: turns[0]?.message, text: '楼道堆了东西\n堵住了门', media: ['p1', 'p2', 'p3'] }]);
    room.take({ type: 'tap', tap: { on: 'home', door: 'report' } });
    expect(room.memory.intake).toMatchObject({
      answers: { details: '楼道堆了东西\n堵住了门', photos: ['p1', 'p2', 'p3'] },
      messages: expect.arrayContaining([turns[0]?.message]),
    });
  });

  test('of photos and videos has one receipt', () => {
    expect(album(turnRoom(), [photo('p'), video('v')]).inTheEnd).toEqual([MEDIA_RECEIPT(2), WHERE]);
  });

  test('is greeted at once, and only once', () => {
    const { atOnce, inTheEnd } = album(turnRoom({ first: true }), photos(2));
    expect(atOnce).toHaveLength(1);
    expect(atOnce[0]).toContain('我是机器');
    expect(inTheEnd).toEqual([RECEIPT(2), WHERE]);
  });

  test('at the question for photos is counted whole, and asks for more once', () => {
    const room = atPhotos();
    expect(album(room, photos(4)).inTheEnd).toEqual([RECEIPT(4), '还有照片就接着发，最多 9 份，现在有 4 份。发完点“好了”。']);
    expect(room.memory.intake?.answers.photos).toEqual(['p1', 'p2', 'p3', 'p4']);
  });

  test('at another question is laid into the form, and that question is asked again once', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.text('楼下烧烤店夜里放音响');
    expect(album(room, photos(2)).inTheEnd).toEqual([RECEIPT(2), '这件事算哪一种？']);
  });

  test.each([1, 2])('that tells the story under its part %i goes on to the next question', (nth) => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    const parts = photos(2).map((item, at) => (at === nth - 1 ? { item, caption: '楼下烧烤店夜里放音响' } : item));
    expect(album(room, parts).inTheEnd).toEqual([RECEIPT(2), '这件事算哪一种？']);
    expect(room.memory.intake?.answers).toMatchObject({ details: '楼下烧烤店夜里放音响', photos: ['p1', 'p2'] });
  });

  test('of more photos than a form holds fills it, keeps the rest, and says both', () => {
    const room = atPhotos();
    const { inTheEnd } = album(room, photos(10));
    expect(inTheEnd.slice(0, 2)).toEqual([RECEIPT(9), '这个在单子里放不下，先替您留着。']);
    expect(inTheEnd).toHaveLength(3);
    expect(inTheEnd[2]).toContain('要让办事的民警知道您是谁吗');
    expect(room.memory.intake?.answers.photos).toHaveLength(9);
    expect(room.memory.loose).toMatchObject([{ media: ['p10'] }]);
  });

  test('with files that were lost says so whatever the other parts are answered, and counts the others', () => {
    for (const parts of [
      [tooBig('x'), photo('p1'), photo('p2')],
      [photo('p1'), tooBig('x'), tooBig('y'), photo('p2')],
      [photo('p1'), photo('p2'), tooBig('x')],
    ]) {
      const { inTheEnd } = album(turnRoom(), parts);
      expect([...inTheEnd].sort()).toEqual([RECEIPT(2), TOO_BIG, WHERE].sort());
      const form = album(atPhotos(), parts).inTheEnd;
      expect(form.filter((said) => said === TOO_BIG)).toHaveLength(1);
      expect(form).toContain(RECEIPT(2));
    }
  });

  test('that goes over the allowance keeps what fitted, and says once that the rest did not', () => {
    const room = turnRoom();
    const first = album(room, photos(2));
    room.allowance = { ...room.allowance, media: { over: true, told: false } };
    const over = album(room, photos(1, 3));
    room.allowance = { ...room.allowance, media: { over: true, told: true } };
    expect(album(room, photos(1, 4)).inTheEnd).toEqual([]);
    expect(over.inTheEnd).toEqual(['今天的照片和文件收得够多了，这个没放进去。写字还可以。']);
    // Neither takes the place of what the first parts were answered.
    const names = over.waiting.map(({ replaces }) => replaces);
    expect(first.waiting.filter(({ replaces }) => names.includes(replaces))).toEqual([]);
    expect(room.memory.loose).toMatchObject([{ media: ['p1', 'p2'] }]);
  });

  test('that finishes a message to a case says so, and its later parts go there too', () => {
    const room = turnRoom();
    room.cases = [myCase({ status: 'in-progress' })];
    room.take({ type: 'tap', tap: { on: 'case', reference: 'ABCD2345', act: 'add' } });
    room.text('照片在下面');
    const { inTheEnd } = album(room, photos(10));
    expect(inTheEnd).toContain('加上了，编号 ABCD-2345。办这件事的人会看到。');
    expect(inTheEnd).not.toContain(WHERE);
  });

  test('another one is a message of its own', () => {
    const room = turnRoom();
    album(room, photos(2));
    expect(album(room, photos(2, 3), { group: 'h' }).inTheEnd).toEqual([RECEIPT(4), WHERE]);
    expect(room.memory.loose.map(({ media }) => media)).toEqual([
      ['p1', 'p2'],
      ['p3', 'p4'],
    ]);
  });

  test('files that are no part of one are answered at once', () => {
    const turn = turnRoom().take({ type: 'media', items: photos(2) });
    expect(turn.said).toEqual([RECEIPT(2), WHERE]);
    expect(turn.sayings.every(({ at, replaces }) => at === undefined && replaces === undefined)).toBe(true);
  });
});

describe('danger under a part of an album', () => {
  const NOW = '马上打 110；不能出声，就发短信到 12110。\n我是机器，不能替您报警。\n您的话已经转给值班的人看，但请别等。';

  test('is answered at once, nothing is asked about the other parts, and all are kept', () => {
    for (const nth of [0, 1, 2]) {
      const room = turnRoom();
      const parts = photos(3).map((item, at) => (at === nth ? { item, caption: '救命' } : item));
      const { atOnce, inTheEnd } = album(room, parts);
      expect(atOnce).toEqual([NOW]);
      expect(inTheEnd).toEqual(nth === 0 ? [] : [RECEIPT(nth)]);
      expect(room.memory.loose).toMatchObject([{ text: '救命', media: ['p1', 'p2', 'p3'] }]);
    }
  });

  test('in a form leaves the form as it is, with all the photos, and says once that it is kept', () => {
    const room = atPhotos();
    const { atOnce, inTheEnd } = album(room, [{ item: photo('p1'), caption: '救命' }, photo('p2'), photo('p3')]);
    expect(atOnce).toEqual([NOW, '刚才没填完的都留着。等您安全了，再接着填。']);
    expect(inTheEnd).toEqual([]);
    expect(room.memory.intake?.answers.photos).toEqual(['p1', 'p2', 'p3']);
  });

  test('is over with the album: what comes next is answered again', () => {
    const room = turnRoom();
    album(room, [{ item: photo('p1'), caption: '救命' }]);
    expect(album(room, photos(1, 2), { group: 'h' }).inTheEnd).toEqual([RECEIPT(2), WHERE]);
  });

  test('that may come is said at once, and the album is answered as any other', () => {
    const { atOnce, inTheEnd } = album(turnRoom(), [{ item: photo('p1'), caption: '不想活' }, photo('p2')]);
    expect(atOnce).toHaveLength(1);
    expect(atOnce[0]).toContain('12356');
    expect(inTheEnd).toEqual([RECEIPT(2), WHERE]);
  });
});

test('an album that answers a message of a case goes there, and is thanked for once', () => {
  const room = turnRoom();
  room.names.said = myCase({ status: 'in-progress' });
  const { turns, inTheEnd } = album(room, photos(3), { quotes: 'said' });
  expect(turns.map((turn) => [turn.the('fileMessages').length, turn.the('event').length])).toEqual([
    [1, 1],
    [0, 0],
    [0, 0],
  ]);
  expect(inTheEnd).toEqual(['照片和文件不会马上有人看；要是现在有危险，请直接打 110。', '加上了，编号 ABCD-2345。办这件事的人会看到。']);
});

test('what can not be kept of an album in a case is told of beside the thanks, and danger in it is heard', () => {
  const room = turnRoom();
  room.names.said = myCase({ status: 'in-progress' });
  const { inTheEnd, atOnce } = album(room, [photo('p1'), tooBig('p2'), { item: photo('p3'), caption: '救命' }, tooBig('p4')], {
    quotes: 'said',
  });
  expect(atOnce).toEqual([expect.stringContaining('马上打 110')]);
  expect(inTheEnd).toEqual([
    '照片和文件不会马上有人看；要是现在有危险，请直接打 110。',
    '加上了，编号 ABCD-2345。办这件事的人会看到。',
    TOO_BIG,
  ]);
});
