import { describe, expect, test } from 'vitest';
import { turnRoom } from './turn-room.ts';
import { myCase, photo } from './turn-things.ts';

const ADDED = '加上了，编号 ABCD-2345。办这件事的人会看到。';

/** A room with a case at work whose officer wrote something known as `said`, and another case beside it. */
function room(over: Parameters<typeof myCase>[0] = { status: 'in-progress' }, more?: Parameters<typeof myCase>[1]) {
  const one = turnRoom();
  const mine = myCase(over, more);
  one.cases = [myCase({ id: 'case-2', reference: 'EFGH2345', status: 'answered' }), mine];
  one.names = { said: mine };
  return one;
}
const quoting = (one: ReturnType<typeof turnRoom>, text: string, quotes = 'said') => one.take({ type: 'text', text }, quotes);

describe('an answer to a message of a case', () => {
  test('goes to that case, and whoever handles it is told', () => {
    const turn = quoting(room(), '昨晚又吵到两点');
    expect(turn.said).toEqual([ADDED]);
    expect(turn.the('fileMessages')).toEqual([{ do: 'fileMessages', case: 'case-1', messages: [turn.message] }]);
    expect(turn.the('event')).toMatchObject([{ case: 'case-1', verb: 'message-added', actor: { kind: 'resident' } }]);
    expect(turn.the('remember')).not.toContainEqual(
      expect.objectContaining({ memory: expect.objectContaining({ loose: [expect.anything()] }) }),
    );
  });

  test('is looked for by what that message is known as', () => {
    expect(quoting(room(), '昨晚又吵到两点').needs).toContainEqual({ what: 'quoted', knownAs: 'said' });
  });

  test('takes its files along, with the number to call', () => {
    const turn = room().take({ type: 'media', items: [photo('p1'), photo('p2')] }, 'said');
    expect(turn.said).toEqual(['照片和文件不会马上有人看；要是现在有危险，请直接打 110。', ADDED]);
    expect(turn.the('fileMessages')).toMatchObject([{ case: 'case-1', messages: [turn.message] }]);
  });

  test('with a file that was lost says so, and adds the words under it', () => {
    const lost = { id: 'x', kind: 'photo', state: 'stub', why: 'too-big' } as const;
    expect(room().take({ type: 'media', items: [lost], caption: '门口拍的' }, 'said').said).toEqual([
      '有一个文件太大了，没能存下。换小一点的再发一次，或者用文字说说。有危险请直接打 110。',
      ADDED,
    ]);
    const bare = room().take({ type: 'media', items: [lost] }, 'said');
    expect(bare.said).toHaveLength(1);
    expect(bare.the('fileMessages')).toEqual([]);
  });

  test('over the allowance for files adds the words alone', () => {
    const one = room();
    one.allowance = { ...one.allowance, media: { over: true, told: false } };
    expect(one.take({ type: 'media', items: [photo('p')], caption: '门口拍的' }, 'said').said).toEqual([
      '今天的照片和文件收得够多了，这个没放进去。写字还可以。',
      ADDED,
    ]);
    expect(one.take({ type: 'media', items: [photo('p')] }, 'said').the('event')).toEqual([]);
  });

  test('may be a place', () => {
    const turn = room().take({ type: 'place', latitude: 31.2, longitude: 121.5, datum: 'wgs84' }, 'said');
    expect(turn.said).toEqual([ADDED]);
    expect(turn.the('fileMessages')).toHaveLength(1);
  });

  test('may be a bare number: it opens no door', () => {
    const turn = quoting(room(), '2');
    expect(turn.said).toEqual([ADDED]);
  });

  test('leaves the open form open and asks it again', () => {
    const one = room();
    one.tap('说件事', one.take({ type: 'command', name: 'home' }));
    one.text('楼道堆了东西，堵住了门');
    const before = one.memory.intake;
    const turn = quoting(one, '昨晚又吵到两点');
    expect(turn.said).toEqual([ADDED, '这件事算哪一种？']);
    expect(one.memory.intake?.answers).toEqual(before?.answers);
    expect(one.memory.intake?.messages).toEqual(before?.messages);
  });

  test('answers the form that is open about that very case', () => {
    const one = room();
    one.take({ type: 'tap', tap: { on: 'case', reference: 'ABCD2345', act: 'add' } });
    const turn = quoting(one, '昨晚又吵到两点');
    expect(turn.the('event')).toEqual([]);
    expect(one.memory.intake).toMatchObject({ flow: 'message', answers: { words: '昨晚又吵到两点' } });
  });

  test('is for a guest too', () => {
    expect(quoting(room({ status: 'in-progress' }, { guest: true }), '我也听见了').said).toEqual([ADDED]);
  });

  test('that is a command or a door by its name is still one', () => {
    expect(quoting(room(), '首页').said).toEqual(['您想做什么？']);
    expect(quoting(room(), '我的事').said).toEqual(['您的事都在这里。点一件看进度。']);
  });

  test('over the allowance is kept for later, as anything else', () => {
    const one = room();
    one.allowance = { ...one.allowance, messages: { over: true, told: true } };
    expect(quoting(one, '昨晚又吵到两点').the('fileMessages')).toEqual([]);
    expect(one.memory.loose).toMatchObject([{ text: '昨晚又吵到两点' }]);
  });
});

describe('an answer to a message of no case of theirs', () => {
  test('is taken as if nothing had been quoted', () => {
    const one = room();
    expect(quoting(one, '昨晚又吵到两点', 'of the conversation').said).toEqual(['这些话我先替您留着。是要放到哪里？']);
    one.tap('新说一件事', one.take({ type: 'text', text: '再说一句' }));
    expect(quoting(one, '有个问题要解决', 'of the conversation').the('fileMessages')).toEqual([]);
    expect(one.memory.intake?.answers).toMatchObject({ what: 'problem' });
  });

  test('may name a door by its number', () => {
    expect(quoting(turnRoom(), '4', 'the doors').said[0]).toContain('这里还没有您的事');
  });
});

describe('"Is it solved?" answered in words', () => {
  test.each(['解决了', '已经解决了。', 'Solved!'])('%s closes that very case, though another could be meant', (text) => {
    const turn = quoting(room({}), text);
    expect(turn.the('event')).toMatchObject([{ case: 'case-1', verb: 'closed', patch: { confirmation: 'confirmed' } }]);
    expect(turn.the('fileMessages')).toEqual([]);
  });

  test.each(['没解决', '还没解决', '还没有解决', 'not solved yet'])('%s asks what is still wrong with that very case', (text) => {
    const one = room({});
    expect(quoting(one, text).said).toEqual(['对不起，事情还没办好。还差什么？您说。']);
    expect(one.memory.intake).toMatchObject({ flow: 'unsolved', subject: 'ABCD2345' });
  });

  test('not sure is asked again in three days', () => {
    expect(quoting(room({}), '说不准').the('event')).toMatchObject([{ case: 'case-1', verb: 'not-yet-sure' }]);
  });

  test('of a case that has moved on shows where it stands', () => {
    const turn = quoting(room({ status: 'in-progress' }), '解决了');
    expect(turn.said[0]).toBe('这件事现在不能这样做，先看看它到哪一步了。');
    expect(turn.the('event')).toEqual([]);
  });

  test('leaves an open form open', () => {
    const one = room({});
    one.tap('说件事', one.take({ type: 'command', name: 'home' }));
    expect(quoting(one, '解决了').said.at(-1)).toBe('您说，什么事？几个字也行。');
    expect(one.memory.intake?.flow).toBe('report');
  });

  test('without a quote such words of one’s own are words', () => {
    expect(room({}).text('还没解决').the('event')).toEqual([]);
  });
});

describe('danger in an answer to a message of a case', () => {
  test('comes first, lies in that case without a word more, and goes where that case is handled', () => {
    const turn = quoting(room(), '救命，他们又来了');
    expect(turn.said).toEqual(['马上打 110；不能出声，就发短信到 12110。\n我是机器，不能替您报警。\n您的话已经转给值班的人看，但请别等。']);
    expect(turn.the('raiseEmergency')).toMatchObject([{ case: 'case-1', station: 'station', toInspection: false }]);
    expect(turn.the('fileMessages')).toMatchObject([{ case: 'case-1' }]);
    expect(turn.the('event')).toMatchObject([{ verb: 'message-added' }]);
  });

  test('under seal goes to inspection, and says who is there to read it', () => {
    const one = room({ status: 'in-progress', sealed: true, kind: 'complaint', about: 'officer' });
    one.inspectorOnDuty = false;
    const turn = quoting(one, '救命，他又来了');
    expect(turn.said[0]).toContain('现在这里没有人在看');
    expect(turn.the('raiseEmergency')).toMatchObject([{ case: 'case-1', toInspection: true }]);
  });

  test('keeps the open form, and says so', () => {
    const one = room();
    one.tap('说件事', one.take({ type: 'command', name: 'home' }));
    one.text('楼道堆了东西');
    const turn = quoting(one, '救命，他们又来了');
    expect(turn.said[1]).toBe('刚才没填完的都留着。等您安全了，再接着填。');
    expect(turn.the('fileMessages')).toMatchObject([{ case: 'case-1' }]);
    expect(one.memory.intake?.answers).toMatchObject({ details: '楼道堆了东西' });
  });
});

describe('other words for an earlier message', () => {
  const edit = (one: ReturnType<typeof turnRoom>, text = '昨晚吵到三点') => one.take({ type: 'edited', text, messageId: 'said' });

  test('in a case are told to whoever handles it, and the resident hears that they came', () => {
    const turn = edit(room());
    expect(turn.the('event')).toEqual([
      { do: 'event', case: 'case-1', verb: 'message-added', actor: { kind: 'resident' }, data: { edited: true } },
    ]);
    expect(turn.the('fileMessages')).toEqual([]);
    expect(turn.sayings).toEqual([{ key: 'desk:edited.case', case: 'case-1' }]);
    expect(turn.said).toEqual(['改过的话也收到了。原来那句也留着，办这件事的人两句都能看到。']);
  });

  test('in a case say nothing of a form that is open beside it', () => {
    const one = room();
    one.tap('说件事', one.take({ type: 'command', name: 'home' }));
    expect(edit(one).said).toEqual(['改过的话也收到了。原来那句也留着，办这件事的人两句都能看到。']);
  });

  test('with danger in them say the number and nothing else, and are told to whoever handles it', () => {
    const turn = edit(room(), '救命');
    expect(turn.said).toHaveLength(1);
    expect(turn.said[0]).toContain('110');
    expect(turn.the('event')).toMatchObject([{ verb: 'message-added', data: { edited: true } }]);
    expect(turn.the('raiseEmergency')).toMatchObject([{ case: 'case-1' }]);
  });

  test('in no case are told as ever: in a form that its answers stay, else nothing', () => {
    const one = turnRoom();
    expect(edit(one)).toMatchObject({ said: [], changes: [{ do: 'remember' }] });
    one.tap('说件事', one.take({ type: 'command', name: 'home' }));
    expect(edit(one).said).toEqual(['您改过的话也记下了，原来那句也在。单子里的内容没有跟着变，提交之前可以再改。']);
  });
});

describe('answers in sealed cases', () => {
  test('come with their words once the resident wants it, and one tap turns that back', () => {
    const one = turnRoom();
    const shown = one.take({ type: 'tap', tap: { on: 'pushes', show: 'words' } });
    expect(one.memory.plainPushes).toBe(true);
    expect(shown.said).toEqual(['好，以后密封的事有了答复，直接在这里显示内容。谁拿着您的手机，也能看到。']);
    const veiled = one.tap('还是只提醒一声', shown);
    expect(one.memory).not.toHaveProperty('plainPushes');
    expect(veiled.said).toEqual(['好，以后密封的事有了答复，这里只提醒一声，您点了才显示内容。']);
    one.tap('直接显示内容', veiled);
    expect(one.memory.plainPushes).toBe(true);
  });

  test('leave an open form as it is', () => {
    const one = turnRoom();
    one.tap('说件事', one.take({ type: 'command', name: 'home' }));
    const { intake } = one.memory;
    one.take({ type: 'tap', tap: { on: 'pushes', show: 'words' } });
    expect(one.memory.intake).toEqual(intake);
  });
});
