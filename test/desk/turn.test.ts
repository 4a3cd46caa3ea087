import { describe, expect, test } from 'vitest';
import { catalogue, MONDAY_MORNING, turnRoom } from './turn-room.ts';
import { myCase, photo } from './turn-things.ts';

const DAY = 86_400_000;

describe('danger', () => {
  test('comes first of all: the number, no greeting, nothing asked, and an emergency', () => {
    const turn = turnRoom({ first: true }).text('救命');
    expect(turn.said).toEqual(['马上打 110；不能出声，就发短信到 12110。\n我是机器，不能替您报警。\n您的话已经转给值班的人看，但请别等。']);
    expect(turn.labels).toEqual(['找人']);
    expect(turn.the('raiseEmergency')).toMatchObject([
      { level: 'now', station: 'station', toInspection: false, rule: 'cry', ruleDate: '2026-10-01' },
    ]);
  });

  test('with nobody on duty it says that nobody is reading', () => {
    const room = turnRoom();
    room.onDuty = false;
    expect(room.text('救命').said[0]).toContain('现在这里没有人在看');
  });

  test('at its level now it has at most three short lines and begins with the number, in each language', () => {
    for (const [locale, words] of [
      ['zh-CN', '救命'],
      ['en', 'help me'],
    ] as const) {
      for (const onDuty of [true, false]) {
        const room = turnRoom({ locale });
        room.onDuty = onDuty;
        const lines = room.text(words).said[0]?.split('\n') ?? [];
        expect(lines.length).toBeLessThanOrEqual(3);
        expect(lines[0]).toMatch(/110.*12110/);
        for (const line of lines) expect(line.length).toBeLessThan(80);
      }
    }
  });

  test('is read in the languages of all rules, whatever the conversation speaks', () => {
    expect(turnRoom({ locale: 'zh-CN' }).text('please help me').the('raiseEmergency')).toHaveLength(1);
  });

  test('is read with the two texts before it, and raised once', () => {
    const room = turnRoom();
    room.text('我家');
    room.text('救');
    expect(room.text('命').the('raiseEmergency')).toHaveLength(0);
    expect(room.text('救命').the('raiseEmergency')).toHaveLength(1);
    expect(room.text('已经打了').the('raiseEmergency')).toHaveLength(0);
  });

  test('inside a form leaves the form open, keeps the words, and asks nothing', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    const turn = room.text('楼道里有人拿着刀，救命');
    expect(turn.said[0]).toMatch(/^马上打 110/);
    expect(turn.said[1]).toBe('刚才没填完的都留着。等您安全了，再接着填。');
    expect(turn.sayings.every(({ expects }) => expects === undefined)).toBe(true);
    expect(room.memory.intake?.answers).toMatchObject({ details: '楼道里有人拿着刀，救命' });
    expect(room.tap('接着填：楼道里有人拿着刀，救命', turn).said).toEqual(['这件事算哪一种？']);
  });

  test('with no form open, the words are kept for the door chosen next', () => {
    const room = turnRoom();
    room.text('救命，有人砸门');
    expect(room.memory.loose).toMatchObject([{ text: '救命，有人砸门' }]);
    const home = room.take({ type: 'command', name: 'home' });
    room.tap('求助', home);
    expect(room.memory.intake?.answers).toMatchObject({ details: '救命，有人砸门' });
  });

  test('inside a complaint goes to inspection, not to the station complained about', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.tap('投诉我们', room.text('有个民警在路口打我'));
    const turn = room.text('他又来了救命');
    expect(turn.needs).toContainEqual({ what: 'duty', station: 'station', sealed: true });
    expect(turn.the('raiseEmergency')).toMatchObject([{ toInspection: true }]);
  });

  test('beside an open sealed case goes to inspection too', () => {
    const room = turnRoom();
    room.cases = [myCase({ sealed: true, status: 'in-progress', kind: 'complaint', about: 'officer' })];
    room.memory = { ...room.memory, sealedCases: ['case-1'] };
    expect(room.text('救命').the('raiseEmergency')).toMatchObject([{ toInspection: true }]);
  });

  test('in a caption and in changed words counts as in any others', () => {
    expect(
      turnRoom()
        .take({ type: 'media', items: [photo('p')], caption: '救命' })
        .the('raiseEmergency'),
    ).toHaveLength(1);
    expect(turnRoom().take({ type: 'edited', text: '救命', messageId: 'm' }).the('raiseEmergency')).toHaveLength(1);
  });

  test('is never held up by an allowance', () => {
    const room = turnRoom();
    room.allowance = { messages: { over: true, told: true }, media: { over: true, told: true } };
    const turn = room.text('救命');
    expect(turn.said[0]).toMatch(/^马上打 110/);
    expect(turn.the('raiseEmergency')).toHaveLength(1);
  });

  test('that may come puts a person first and lets the form go on', () => {
    const room = turnRoom();
    room.tap('求助', room.take({ type: 'command', name: 'home' }));
    const turn = room.text('我真的不想活了');
    expect(turn.said[0]).toContain('12356');
    expect(turn.the('raiseEmergency')).toMatchObject([{ level: 'risk' }]);
    expect(turn.said.at(-1)).toBe('能再多说一点吗？想让我们怎么帮？');
  });

  test('only told of is marked for the reader, and nothing is said of it', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    const turn = room.text('新闻里说的那种骗子电话，我也接到了');
    expect(turn.the('raiseEmergency')).toMatchObject([{ level: 'mention' }]);
    expect(turn.said).toEqual(['这件事算哪一种？']);
  });
});

describe('words that fit nothing', () => {
  test('written as the very first message are kept, and the door chosen takes them', () => {
    const room = turnRoom({ first: true });
    const turn = room.text('楼下烧烤店夜里两点还在放音响');
    expect(turn.said[0]).toMatch(/^您好，这里是青柳派出所的“贴心”/);
    expect(turn.said[1]).toBe('这些话我先替您留着。是要放到哪里？');
    const asked = room.tap('新说一件事', turn);
    expect(asked.said).toEqual(['这件事算哪一种？']);
    expect(room.memory.loose).toEqual([]);
    expect(room.memory.intake?.answers).toMatchObject({ details: '楼下烧烤店夜里两点还在放音响' });
  });

  test('with photos go into the form with them, and into the case with the message they came by', () => {
    const room = turnRoom();
    room.take({ type: 'media', items: [photo('p1'), photo('p2')], caption: '井盖没了' });
    const offered = room.text('就在学校门口，很危险');
    room.tap('新说一件事', offered);
    const { intake } = room.memory;
    expect(intake?.answers).toMatchObject({ details: '井盖没了\n就在学校门口，很危险', photos: ['p1', 'p2'] });
    expect(intake?.messages).toHaveLength(3);
  });

  test('are offered to cases still open and go there with their messages', () => {
    const room = turnRoom();
    room.cases = [myCase({ status: 'in-progress' }), myCase({ id: 'case-2', reference: 'ABCD2346', status: 'closed' })];
    const turn = room.text('今天晚上又响了一夜');
    expect(turn.labels).toEqual(['补充到“楼下烧烤店夜里放音响”', '新说一件事', '求助', '回到开头']);
    const message = room.memory.loose[0]?.message;
    const added = room.tap('补充到“楼下烧烤店夜里放音响”', turn);
    expect(added.the('fileMessages')).toEqual([{ do: 'fileMessages', case: 'case-1', messages: [message] }]);
    expect(added.the('event')).toMatchObject([{ case: 'case-1', verb: 'message-added', actor: { kind: 'resident' } }]);
    expect(added.said).toEqual(['加上了，编号 ABCD-2345。办这件事的人会看到。']);
    expect(room.memory.loose).toEqual([]);
  });

  test('that only say hello are answered with the doors', () => {
    const turn = turnRoom({ first: true }).text('你好！');
    expect(turn.said[1]).toBe('您想做什么？');
    expect(turn.labels.slice(0, 5)).toEqual(['说件事', '求助', '评一评', '我的事', '找人']);
  });

  test('that name a door, by label or number, open it', () => {
    expect(turnRoom().text('说件事').said.at(-1)).toBe('您说，什么事？几个字也行。');
    expect(turnRoom().text('２').said.at(-1)).toMatch(/^您需要什么帮助/);
    expect(turnRoom({ locale: 'en' }).text('report something').said.at(-1)).toBe('What is it about? A few words are enough.');
  });

  test('that are the reference of an own case show it', () => {
    const room = turnRoom();
    room.cases = [myCase()];
    expect(room.text('abcd-2345').said.at(-1)).toBe('ABCD-2345：楼下烧烤店夜里放音响\n已答复。这件事解决了吗？');
  });

  test('a place with no form is kept like words', () => {
    const room = turnRoom();
    room.take({ type: 'place', latitude: 30, longitude: 120, datum: 'wgs84', label: '柳荫路口' });
    expect(room.memory.loose).toMatchObject([{ text: '柳荫路口' }]);
  });
});

describe('a person', () => {
  test('from inside a form gets what was said so far, no question first', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.text('我家的门锁被人撬了');
    const turn = room.take({ type: 'command', name: 'human' });
    expect(turn.the('openCase')).toMatchObject([{ file: { kind: 'help', sealed: false }, content: { summary: '我家的门锁被人撬了' } }]);
    expect(turn.said[0]).toMatch(/^好，找人。您说的已经交给民警了/);
    expect(room.memory.intake).toBeUndefined();
  });

  test('from inside a complaint about police is inspection', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.tap('某个民警', room.tap('投诉我们', room.text('民警骂人，还推了我一把')));
    const turn = room.take({ type: 'command', name: 'human' });
    expect(turn.the('openCase')).toMatchObject([{ file: { sealed: true, unit: 'inspection' } }]);
    expect(turn.said[0]).toContain('由督察来看');
  });

  test('gets words kept loose as well', () => {
    const room = turnRoom();
    room.text('我妈妈走丢了，七十多岁');
    const turn = room.text('找人');
    expect(turn.the('openCase')).toMatchObject([{ file: { kind: 'help' }, content: { summary: '我妈妈走丢了，七十多岁' } }]);
  });

  test('with nothing said yet is asked for one line, and told who answers the phone', () => {
    const room = turnRoom();
    const turn = room.tap('找人', room.take({ type: 'command', name: 'home' }));
    expect(turn.the('openCase')).toEqual([]);
    expect(turn.said[0]).toContain('12345');
    expect(turn.said[1]).toMatch(/^您需要什么帮助/);
  });
});

describe('forms', () => {
  test('beginning another puts the open one aside, and home offers to go on with it', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.text('楼下烧烤店夜里两点还在放音响');
    const home = room.take({ type: 'command', name: 'home' });
    expect(home.said).toEqual(['刚才没填完的替您留着，7 天内随时可以接着填。\n您想做什么？']);
    expect(room.tap('接着填：楼下烧烤店夜里两点还在放音响', home).said).toEqual(['这件事算哪一种？']);
  });

  test('nothing said is nothing kept', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    expect(room.take({ type: 'command', name: 'home' }).said).toEqual(['您想做什么？']);
  });

  test('left for three days are put aside, and the words written then are not taken for an answer', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.text('楼下烧烤店夜里两点还在放音响');
    room.hours(3 * 24 + 1);
    const turn = room.text('今天又看见有人翻墙进小区');
    expect(turn.said).toEqual(['您之前有个没填完的，还替您留着。', '这些话我先替您留着。是要放到哪里？']);
    expect(turn.labels[0]).toBe('接着填：楼下烧烤店夜里两点还在放音响');
  });

  test('left for seven days are given up', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.text('楼下烧烤店夜里两点还在放音响');
    room.hours(7 * 24 + 1);
    room.take({ type: 'command', name: 'home' });
    expect(room.memory.parked).toEqual([]);
    expect(room.memory.intake).toBeUndefined();
  });

  test('a tap on a form put aside takes it up again', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    const asked = room.text('楼下烧烤店夜里两点还在放音响');
    room.take({ type: 'command', name: 'home' });
    expect(room.tap('有个问题要解决', asked).said).toEqual(['是哪方面的事？']);
  });

  test('an unknown flow of another release leads home', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.memory = { ...room.memory, intake: { ...room.memory.intake!, flow: 'constructor' } };
    expect(room.text('还有').said[0]).toContain('这张单子已经结束了');
  });

  test('changed words are kept beside the first ones, and the form says that it did not change', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.text('楼下烧烤店夜里两点还在放音响');
    expect(room.take({ type: 'edited', text: '楼下烧烤店夜里三点还在放音响', messageId: '2' }).said[0]).toContain('原来那句也在');
    expect(turnRoom().take({ type: 'edited', text: '别的', messageId: '1' }).said).toEqual([]);
  });
});

describe('filing', () => {
  const file = (room: ReturnType<typeof turnRoom>, ...taps: string[]) => {
    let turn = room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    turn = room.text('办事大厅的人态度很差，问什么都不理');
    for (const label of taps) turn = label.startsWith('>') ? room.text(label.slice(1)) : room.tap(label, turn);
    return turn;
  };

  test('a complaint about a team lies with the station and keeps that team out', () => {
    const turn = file(turnRoom(), '投诉我们', '办事和服务', 'community', '跳过', '没有照片', '不留名', '提交');
    expect(turn.the('openCase')).toMatchObject([
      {
        file: { kind: 'complaint', about: 'service', sealed: false, unit: 'station', teamConcerned: 'community', subjects: { units: [] } },
      },
    ]);
  });

  test('a complaint about a unit is sealed, names the unit, and lies with inspection in the station’s chain', () => {
    const turn = file(turnRoom(), '投诉我们', '整个单位', 'station', '跳过', '没有照片', '不留名', '提交');
    expect(turn.the('openCase')).toMatchObject([
      { file: { about: 'unit', sealed: true, unit: 'inspection', station: 'station', subjects: { units: ['station'] } } },
    ]);
    expect(turn.the('promise').map(({ kind }) => kind)).toEqual(['first-answer', 'hear-from-us']);
    expect(turn.said[0]).toContain('由督察来看');
  });

  test('where nobody could read it, no date is promised', () => {
    const turn = file(
      turnRoom({ catalogue: { ...catalogue, inspectorExists: false } }),
      '投诉我们',
      '某个民警',
      '>姓王的那个',
      '跳过',
      '跳过',
      '没有照片',
      '不留名',
      '提交',
    );
    expect(turn.the('openCase')).toMatchObject([{ file: { sealed: true }, content: { named: '姓王的那个' } }]);
    expect(turn.said[0]).toContain('12389');
    expect(turn.said[0]).not.toContain('最晚');
  });

  test('name and phone go apart from the answers and out of the thread', () => {
    const turn = file(turnRoom(), '有个问题要解决', '噪音', '跳过', '没有照片', '留姓名和电话', '>王秀兰', '>13900000000', '提交');
    const [opened] = turn.the('openCase');
    expect(opened?.contact).toEqual({ name: '王秀兰', phone: '13900000000' });
    expect(JSON.stringify(opened?.content)).not.toContain('王秀兰');
    expect(opened?.messages).toHaveLength(1);
    expect(opened?.formTurns.length).toBeGreaterThan(8);
  });

  test('the code stands in no words, only in the secret part', () => {
    const turn = file(turnRoom(), '有个问题要解决', '噪音', '跳过', '没有照片', '不留名', '提交');
    const [opened] = turn.the('openCase');
    const code = opened?.code ?? '';
    expect(turn.sayings[0]?.secret).toBe(`${code.slice(0, 4)}-${code.slice(4)}`);
    expect(turn.said.join()).toContain('••••');
    expect(turn.said.join()).not.toContain(code.slice(0, 4));
  });

  test('at night says when people read again, and who to call until then', () => {
    const turn = file(turnRoom({ now: MONDAY_MORNING + 12 * 3_600_000 }), '有个问题要解决', '噪音', '跳过', '没有照片', '不留名', '提交');
    expect(turn.said[1]).toBe('现在没有人在看消息，10月13日周二 08:30 起有人看。\n等的时候有危险，打 110；不能出声，就发短信到 12110。');
  });

  test('a late tap after filing changes nothing and shows the way to the case', () => {
    const room = turnRoom();
    const turn = room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    expect(turn.said).toHaveLength(1);
    const asked = room.text('路灯坏了好几天，晚上看不见');
    let last = room.tap('提个建议', asked);
    for (const label of ['跳过', '没有照片', '不留名', '提交']) last = room.tap(label, last);
    expect(last.the('openCase')).toHaveLength(1);
    const late = room.tap('表扬', asked);
    expect(late.the('openCase')).toHaveLength(0);
    expect(late.said[0]).toMatch(/^这张单子已经提交了，编号 /);
  });
});

describe('my reports', () => {
  const tapCase = (act: 'show' | 'add' | 'withdraw' | 'solved' | 'unsure' | 'unsolved', value?: string) =>
    ({ type: 'tap', tap: { on: 'case', reference: 'ABCD2345', act, ...(value && { value }) } }) as const;

  test('solved closes, gives up all that is owed, and invites once', () => {
    const room = turnRoom();
    room.cases = [myCase()];
    const turn = room.take(tapCase('solved'));
    expect(turn.the('event')).toMatchObject([
      { verb: 'closed', patch: { status: 'closed', confirmation: 'confirmed', closedAt: MONDAY_MORNING } },
    ]);
    const [invite] = turn.the('invite');
    expect(invite).toMatchObject({ case: 'case-1', expiresAt: MONDAY_MORNING + 7 * DAY });
    expect(turn.sayings.at(-1)?.buttons?.[0]?.[0]?.tap).toEqual({ on: 'invitation', id: invite?.invitation });
  });

  test('domestic violence is never invited to rate', () => {
    const room = turnRoom();
    room.cases = [myCase({ domesticViolence: true })];
    const turn = room.take(tapCase('solved'));
    expect(turn.the('event')).toHaveLength(1);
    expect(turn.the('invite')).toEqual([]);
  });

  test('danger to life neither', () => {
    const room = turnRoom();
    room.cases = [myCase({}, { danger: true })];
    const turn = room.take(tapCase('solved'));
    expect(turn.the('event')).toHaveLength(1);
    expect(turn.the('invite')).toEqual([]);
  });

  test('what is written instead of tapped is done where just one case allows it', () => {
    const room = turnRoom();
    room.cases = [myCase(), myCase({ id: 'case-2', reference: 'ABCD2346', status: 'in-progress' })];
    expect(room.text('解决了。').the('event')).toMatchObject([{ case: 'case-1', verb: 'closed' }]);
    room.cases = [myCase(), myCase({ id: 'case-2', reference: 'ABCD2346' })];
    const asked = room.text('No, not solved');
    expect(asked.the('event')).toEqual([]);
    expect(asked.said).toEqual(['您的事都在这里。点一件看进度。']);
  });

  test('not yet sure is asked again in three days, twice', () => {
    const room = turnRoom();
    room.cases = [myCase()];
    expect(room.take(tapCase('unsure')).the('promise')).toMatchObject([{ kind: 'ask-again', nth: 11, dueAt: MONDAY_MORNING + 3 * DAY }]);
    expect(room.take(tapCase('unsure', '11')).the('promise')).toMatchObject([{ kind: 'ask-again', nth: 12 }]);
    const third = room.take(tapCase('unsure', '12'));
    expect(third.changes.filter(({ do: what }) => what === 'promise' || what === 'event')).toEqual([]);
    expect(third.said[0]).toMatch(/^好。看准了再告诉我们/);
  });

  test('not yet sure counts anew for each answer', () => {
    const room = turnRoom();
    room.cases = [myCase({ reopened: 1 })];
    expect(room.take(tapCase('unsure', '1')).the('promise')).toMatchObject([{ kind: 'ask-again', nth: 21 }]);
    expect(room.take(tapCase('unsure', '21')).the('promise')).toMatchObject([{ kind: 'ask-again', nth: 22 }]);
    expect(room.take(tapCase('unsure', '22')).the('promise')).toEqual([]);
  });

  test('not solved goes to a lead’s list, with the same owner where the resident wants', () => {
    const room = turnRoom();
    room.cases = [myCase()];
    room.take(tapCase('unsolved'));
    const turn = room.tap('还让原来的人办', room.text('今晚还是一样吵'));
    expect(turn.the('event')).toMatchObject([
      {
        verb: 'said-not-solved',
        reason: '今晚还是一样吵',
        patch: { status: 'in-progress', reopened: 1 },
        data: { lead: true, same: true },
      },
    ]);
    expect(turn.the('event')[0]?.patch).not.toHaveProperty('owner');
    expect(turn.the('promise')).toMatchObject([
      { kind: 'first-answer', nth: 1 },
      { kind: 'finish', nth: 1 },
    ]);
    expect(turn.the('fileMessages')[0]?.messages).toHaveLength(1);
  });

  test('a complaint not solved always gets another, and nobody is asked who', () => {
    const room = turnRoom();
    room.cases = [myCase({ kind: 'complaint', about: 'service' })];
    room.take(tapCase('unsolved'));
    const turn = room.text('还是没人道歉');
    expect(turn.the('event')[0]?.patch).toMatchObject({ owner: undefined });
    expect(Object.hasOwn(turn.the('event')[0]?.patch ?? {}, 'owner')).toBe(true);
  });

  test('coming back for the third time is noted for a lead to read first', () => {
    const room = turnRoom();
    room.cases = [myCase({ reopened: 2, status: 'closed', closedAt: MONDAY_MORNING - DAY })];
    room.take(tapCase('unsolved'));
    const turn = room.tap('都可以', room.text('又开始了，一点没变'));
    expect(turn.the('event')).toMatchObject([{ data: { times: 3, leadReadsFirst: true } }]);
  });

  test('after thirty days a closed case stays closed', () => {
    const room = turnRoom();
    room.cases = [myCase({ status: 'closed', closedAt: MONDAY_MORNING - 31 * DAY })];
    const turn = room.take(tapCase('unsolved'));
    expect(turn.said[0]).toBe('这件事现在不能这样做，先看看它到哪一步了。');
    expect(turn.the('event')).toEqual([]);
  });

  test('a guest by code may add and say not solved, but not withdraw or confirm', () => {
    const room = turnRoom();
    room.cases = [myCase({}, { guest: true })];
    expect(room.take(tapCase('show')).labels).toEqual(['没解决', '补充', '回到开头']);
    for (const act of ['withdraw', 'solved', 'unsure'] as const) {
      const turn = room.take(tapCase(act));
      expect(turn.said[0]).toMatch(/^您是用编号和查询码看的/);
      expect(turn.the('event')).toEqual([]);
    }
  });

  test('a case that is not theirs is not found', () => {
    expect(turnRoom().take(tapCase('show')).said.at(-1)).toBe('没找到这件事。用编号和查询码可以查。');
  });

  test('a sealed case’s lines belong to the case, so that none stays in the clear', () => {
    const room = turnRoom();
    room.cases = [myCase({ sealed: true }, { lastAnswer: { text: '我们核实了', at: MONDAY_MORNING } })];
    const turn = room.take(tapCase('show'));
    for (const saying of turn.sayings) expect(saying.case).toBe('case-1');
  });
});

describe('look-up', () => {
  const lookup = { type: 'lookup', reference: 'abcd 2345', code: 'kkkk-2222' } as const;

  test('right links the guest and shows the case', () => {
    const room = turnRoom();
    room.codes['ABCD2345/KKKK2222'] = myCase({}, { guest: true });
    const turn = room.take(lookup);
    expect(turn.result).toEqual({ found: true });
    expect(turn.the('linkGuest')).toEqual([{ do: 'linkGuest', case: 'case-1' }]);
    expect(turn.said.at(-1)).toContain('已答复');
  });

  test('wrong and missing say the same and count', () => {
    const turn = turnRoom().take(lookup);
    expect(turn.result).toEqual({ found: false });
    expect(turn.the('wrongLookup')).toEqual([{ do: 'wrongLookup', reference: 'ABCD2345' }]);
    expect(turn.said).toEqual(['没找到。编号和查询码各 8 位，请两个都对一遍再试。']);
  });

  test('after too many wrong tries nothing is compared', () => {
    const room = turnRoom();
    room.codes['ABCD2345/KKKK2222'] = myCase({}, { guest: true });
    room.limited = true;
    const turn = room.take(lookup);
    expect(turn.result).toEqual({ found: false, limited: true });
    expect(turn.said).toEqual(['试错太多次了，请过 15 分钟再试。']);
  });
});

describe('ratings', () => {
  const invitation = {
    id: '0199f7a0-0000-7000-8000-000000000001',
    contact: 'c',
    reference: 'ABCD2345',
    expiresAt: MONDAY_MORNING + DAY,
    followed: false,
    sealed: false,
    source: 'invited' as const,
    unit: 'station',
  };
  const given = { level: 2, reasonsVersion: 2, reasons: ['slow'] } as const;

  test('an invitation opens the rating, by its button or by its link', () => {
    const room = turnRoom();
    room.invitations = [invitation];
    expect(room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } }).said.at(-1)).toMatch(/^这次办得您满意吗/);
    expect(room.take({ type: 'start', payload: invitation.id }).said.at(-1)).toMatch(/^这次办得您满意吗/);
  });

  test('expired it says so kindly; used, that the new rating counts', () => {
    const room = turnRoom();
    const opened = () => room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } }).said;
    room.invitations = [{ ...invitation, expiresAt: MONDAY_MORNING - 1 }];
    expect(opened().at(-1)).toMatch(/^这个邀请过期了/);
    room.invitations = [{ ...invitation, given }];
    expect(opened()).toEqual(['您评过了。再评一遍，就按新的算。', expect.stringMatching(/^这次办得您满意吗/)]);
  });

  test('the rating takes all that was said in its form along, and says until when it can be changed', () => {
    const room = turnRoom();
    room.invitations = [invitation];
    let turn = room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } });
    for (const label of ['★★★★ 满意', '跳过', '跳过', '就这样评']) turn = room.tap(label, turn);
    const [used] = turn.the('useInvitation');
    expect(used).toMatchObject({ rating: { level: 4 } });
    expect(used?.turns).toHaveLength(5);
    expect(turn.said[0]).toMatch(/^谢谢，评分记下了。[\s\S]*到 \S+ 都可以改/);
    expect(turn.sayings.at(-1)?.buttons?.[0]?.[0]?.tap).toEqual({ on: 'invitation', id: invitation.id });
  });

  test('low, for it is not solved: one tap and it is worked on again; no better than middling, nothing is asked', () => {
    const rated = (...labels: string[]) => {
      const room = turnRoom();
      room.invitations = [invitation];
      let turn = room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } });
      for (const label of [...labels, '就这样评']) turn = room.tap(label, turn);
      return turn;
    };
    const turn = rated('★★ 不满意', '没解决', '好了', '跳过');
    expect(turn.said[1]).toBe('您说没解决。要接着办，就点一下；点了，办事的人会知道是您这件事。');
    expect(turn.sayings.at(-1)?.buttons?.[0]?.[0]?.tap).toEqual({ on: 'case', reference: 'ABCD2345', act: 'unsolved' });
    expect(rated('★★★ 一般', '没解决', '好了', '跳过').said).toHaveLength(1);
  });

  test('low for another reason: another than was rated looks into it, if the resident wants', () => {
    const room = turnRoom();
    room.invitations = [{ ...invitation, officer: { id: 'officer-rated', publicName: '李明' }, unit: catalogue.rootStation }];
    let turn = room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } });
    for (const label of ['★★ 不满意', '办得慢', '好了', '跳过', '就这样评']) turn = room.tap(label, turn);
    expect(turn.said[1]).toMatch(/^对不起，这次没让您满意。要不要另外的人看一看？/);
    room.invitations = room.invitations.map((one) => ({ ...one, given }));
    turn = room.tap('要，打电话给我', turn);
    turn = room.text('138 0013 8000');
    turn = room.tap('跳过', turn);
    turn = room.tap('交过去', room.tap('跳过', turn));
    const [opened] = turn.the('openCase');
    expect(opened?.file).toMatchObject({ kind: 'follow-up', sealed: false, subjects: { officers: ['officer-rated'], units: [] } });
    expect(opened?.contact).toEqual({ phone: '13800138000' });
    expect(opened?.content.answers.map(({ shown }) => shown)).toEqual(['ABCD-2345', '办得慢']);
    expect(opened?.content.named).toBe('李明');
    expect(JSON.stringify(opened?.content)).not.toMatch(/不满意|★/);
    expect(turn.the('followUp')).toEqual([{ do: 'followUp', invitation: invitation.id }]);
    expect(turn.the('promise').map(({ kind }) => kind)).toContain('call');
  });

  test('rules broken: inspection looks into it, under seal', () => {
    const room = turnRoom();
    room.invitations = [{ ...invitation, unit: catalogue.rootStation, given: { ...given, reasons: ['rules-broken'] } }];
    const asked = room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } });
    let turn = asked;
    for (const label of ['★ 很不满意', '违反规定', '好了', '跳过', '就这样评', '要，在这里回我', '跳过', '交过去'])
      turn = room.tap(label, turn);
    expect(turn.the('openCase')[0]?.file).toMatchObject({ kind: 'follow-up', sealed: true });
  });

  test('followed up once, and not after a follow-up: the case itself is taken up again', () => {
    const asked = (over: { followed?: boolean; source?: 'again' }) => {
      const room = turnRoom();
      room.invitations = [{ ...invitation, unit: catalogue.rootStation, ...over }];
      let turn = room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } });
      for (const label of ['★★ 不满意', '办得慢', '好了', '跳过', '就这样评']) turn = room.tap(label, turn);
      return turn;
    };
    expect(asked({ followed: true }).said).toHaveLength(1);
    expect(asked({ source: 'again' }).sayings.at(-1)?.buttons?.[0]?.[0]?.tap).toMatchObject({ act: 'unsolved' });
  });

  test('expired while the form was open, the rating is not taken', () => {
    const room = turnRoom();
    room.invitations = [invitation];
    let turn = room.take({ type: 'tap', tap: { on: 'invitation', id: invitation.id } });
    for (const label of ['★★★★ 满意', '跳过', '跳过']) turn = room.tap(label, turn);
    room.invitations = [{ ...invitation, expiresAt: MONDAY_MORNING - 1 }];
    turn = room.tap('就这样评', turn);
    expect(turn.the('useInvitation')).toEqual([]);
    expect(turn.said[0]).toMatch(/^这个邀请过期了/);
  });

  test('the door offers an invitation still open, and else says who invites', () => {
    const room = turnRoom();
    const home = room.take({ type: 'command', name: 'home' });
    expect(room.tap('评一评', home).said[0]).toContain('请谁评，民警挑不了');
    room.cases = [myCase({ status: 'closed' }, { invitation })];
    const offered = room.tap('评一评', home);
    expect(offered.said[0]).toBe('这件事办结了：“楼下烧烤店夜里放音响”。愿意评一评吗？');
    room.invitations = [invitation];
    expect(room.tap('给这次评一评', offered).said[0]).toMatch(/^这次办得您满意吗/);
  });
});

describe('the rest', () => {
  test('over the allowance words are kept, and answered once', () => {
    const room = turnRoom();
    room.take({ type: 'command', name: 'home' });
    room.allowance = { ...room.allowance, messages: { over: true, told: false } };
    const first = room.text('一条');
    expect(first.said[0]).toContain('写的都留着');
    expect(first.the('count')).toEqual([{ do: 'count', allowance: 'messages', told: true }]);
    room.allowance = { ...room.allowance, messages: { over: true, told: true } };
    expect(room.text('再一条').said).toEqual([]);
    expect(room.memory.loose).toMatchObject([{ text: '一条' }, { text: '再一条' }]);
  });

  test('over the allowance of files the caption is still taken', () => {
    const room = turnRoom();
    room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    room.allowance = { ...room.allowance, media: { over: true, told: false } };
    const turn = room.take({ type: 'media', items: [photo('p')], caption: '井盖没了，很危险的' });
    expect(turn.said[0]).toContain('照片和文件收得够多了');
    expect(room.memory.intake?.answers).toMatchObject({ details: '井盖没了，很危险的' });
    expect(room.memory.intake?.answers).not.toHaveProperty('photos');
  });

  test('another language is spoken from the next words on, the open question first', () => {
    const room = turnRoom();
    const home = room.take({ type: 'command', name: 'home' });
    room.tap('说件事', home);
    const turn = room.tap('English', home);
    expect(turn.said).toEqual(['All right, English from here on.', 'What is it about? A few words are enough.']);
    expect(turn.the('setConversation')).toEqual([{ do: 'setConversation', locale: 'en' }]);
  });

  test('being blocked is remembered without a word, and hearing from them again ends it', () => {
    const room = turnRoom();
    const turn = room.take({ type: 'reachability', to: 'blocked' });
    expect(turn.said).toEqual([]);
    expect(turn.the('setConversation')).toEqual([{ do: 'setConversation', reachable: false }]);
    room.reachable = false;
    expect(room.text('在吗').the('setConversation')).toEqual([{ do: 'setConversation', reachable: true }]);
  });

  test('what nobody can read gets a kind word', () => {
    expect(turnRoom().take({ type: 'unknown', what: 'sticker' }).said.at(-1)).toBe('这个我看不懂。您可以打字，也可以发照片。');
  });

  test('a link opens its door, and an unknown one just says hello', () => {
    expect(turnRoom().take({ type: 'start', payload: 'h' }).said.at(-1)).toMatch(/^您需要什么帮助/);
    expect(turnRoom().take({ type: 'start', payload: 'constructor' }).said.at(-1)).toBe('您想做什么？');
  });

  test('outside working hours the greeting says when people read', () => {
    expect(turnRoom({ first: true, now: MONDAY_MORNING - DAY }).take({ type: 'command', name: 'home' }).said[0]).toContain(
      '10月12日周一 08:30 起有人看',
    );
  });

  test('deciding twice from the same chance decides the same', () => {
    const one = turnRoom();
    const other = turnRoom();
    for (const room of [one, other]) room.tap('说件事', room.take({ type: 'command', name: 'home' }));
    expect(one.text('楼下烧烤店').changes).toEqual(other.text('楼下烧烤店').changes);
  });
});
