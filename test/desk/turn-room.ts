import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { decideTurn } from '../../src/desk/turn.ts';
import { renderWith } from '../../src/desk/words.ts';
import { usualHours } from '../../src/domain/calendar.ts';
import type { Catalogue } from '../../src/domain/catalogue.ts';
import { idFrom } from '../../src/domain/chance.ts';
import { emptyMemory, type Memory } from '../../src/domain/conversation.ts';
import type { DangerRules } from '../../src/domain/danger.ts';
import type { Change, Desk, Found, MyCase, Need } from '../../src/domain/decision.ts';
import type { Body, Input } from '../../src/domain/message.ts';
import type { Invitation } from '../../src/domain/rating.ts';
import { loadWords } from '../../src/i18n.ts';

const LOCALES = fileURLToPath(new URL('../../locales', import.meta.url));
export const words = loadWords(LOCALES);
const render = renderWith(words);

/** A few rules, so that these tests read what the desk does with a danger and not what counts as one. */
const dangerRules: readonly DangerRules[] = [
  {
    date: '2026-10-01',
    fold: '',
    near: 6,
    around: 20,
    harmless: '',
    sets: { cry: '救命|help me', weary: '不想活', news: '新闻里' },
    distances: [],
    present: [],
    final: [],
    situations: [
      { level: 'now', rule: 'cry', when: ['cry'] },
      { level: 'risk', rule: 'self-harm-thoughts', when: ['weary'] },
      { level: 'mention', rule: 'news', when: ['news'] },
    ],
  },
];

/** Monday 12 October 2026, 09:00 in Shanghai: staffed. */
export const MONDAY_MORNING = Date.UTC(2026, 9, 12, 1);
const HOUR = 3_600_000;

const unit = (id: string, kind: 'bureau' | 'station' | 'team', parent?: string, inspects = false) => ({
  id,
  code: id,
  kind,
  inspects,
  labels: { 'zh-CN': id, en: id },
  ...(parent && { parent }),
});
const topic = (code: string, kinds: Catalogue['topics'][number]['kinds'], label: string, domesticViolence = false) => ({
  code,
  version: 1,
  kinds,
  labels: { 'zh-CN': label, en: code },
  words: { 'zh-CN': [label], en: [code] },
  domesticViolence,
});

export const catalogue: Catalogue = {
  version: 1,
  settings: { stationName: '青柳派出所', zone: 'Asia/Shanghai', hours: usualHours, bodyAbove: '' },
  rootStation: 'station',
  units: [
    unit('bureau', 'bureau'),
    unit('inspection', 'team', 'bureau', true),
    unit('station', 'station', 'bureau'),
    unit('community', 'team', 'station'),
  ],
  areas: [],
  topics: [topic('noise', ['problem'], '噪音'), topic('domestic-violence', ['help', 'problem'], '家暴', true)],
  inspectorExists: true,
};

/** One conversation without a store: remembers what the decision says, and finds what a test put there. */
/** `first`: nothing was said here before. */
export function turnRoom(given: { locale?: string; catalogue?: Catalogue; now?: number; first?: true } = {}) {
  let memory: Memory = { ...emptyMemory, greeted: !given.first };
  let locale = given.locale ?? 'zh-CN';
  let turns = 0;
  /** Messages that went into a case: later parts of an album find it there. */
  const inCases = new Set<string>();
  const room = {
    now: given.now ?? MONDAY_MORNING,
    reachable: true,
    cases: [] as MyCase[],
    invitations: [] as Invitation[],
    /** The cases of messages, by what the messages are known as. */
    names: {} as Record<string, MyCase>,
    /** What a code opens, by `reference/code`. */
    codes: {} as Record<string, MyCase>,
    limited: false,
    onDuty: true,
    allowance: { messages: { over: false, told: false }, media: { over: false, told: false } } as Desk['allowance'],
    get memory() {
      return memory;
    },
    set memory(kept: Memory) {
      memory = kept;
    },
    inspectorOnDuty: true,
    /** One inbound; answers what was said in words, the changes, and the needs that were asked. `quotes`: the name of a message it answers. */
    take(input: Input, quotes?: string) {
      turns += 1;
      const chance = { now: room.now, bytes: createHash('sha256').update(String(turns)).digest() };
      const inbound = {
        channel: 'web',
        bot: 'default',
        updateId: String(turns),
        address: 'a',
        locale,
        input,
        ...(quotes !== undefined && { quotes }),
      };
      const message = messageOf(input, idFrom(chance, 'message'));
      const desk = (found: readonly Found[]): Desk => ({
        conversation: { id: 'conversation', channel: 'web', locale, reachable: room.reachable, memory },
        message: { id: message, ...(inCases.has(message) && { inCase: true }) },
        allowance: room.allowance,
        catalogue: given.catalogue ?? catalogue,
        found,
      });
      const decide = decideTurn(inbound, { dangerRules, words });
      const first = decide(desk([]), chance);
      const needs = 'needs' in first ? first.needs : [];
      const decision = 'needs' in first ? decide(desk(needs.map((need) => find(need))), chance) : first;
      if (!('changes' in decision)) throw new Error(`decided ${JSON.stringify(decision)}`);
      for (const change of decision.changes) {
        if (change.do === 'remember') memory = change.memory;
        if (change.do === 'fileMessages') for (const id of change.messages) inCases.add(id);
        if (change.do === 'setConversation') locale = change.locale ?? locale;
      }
      const bodies: Body[] = decision.say.map((saying) => render(saying, locale));
      return {
        needs,
        message,
        changes: decision.changes,
        result: decision.result,
        sayings: decision.say,
        said: bodies.map(({ text }) => text),
        labels: bodies.flatMap(({ buttons = [] }) => buttons.flat().map(({ label }) => label)),
        the<D extends Change['do']>(what: D): Extract<Change, { do: D }>[] {
          return decision.changes.filter((change): change is Extract<Change, { do: D }> => change.do === what);
        },
      };
    },
    text: (text: string) => room.take({ type: 'text', text }),
    tap: (label: string, turn: { sayings: readonly { buttons?: readonly (readonly { label: object; tap: object }[])[] }[] }) => {
      const button = turn.sayings
        .flatMap(({ buttons = [] }) => buttons.flat())
        .find(
          ({ label: one }) =>
            ('words' in one ? one.words : words.t((one as { key: string }).key, locale, (one as { values?: never }).values)) === label,
        );
      if (!button) throw new Error(`no button ${label}`);
      return room.take({ type: 'tap', tap: button.tap as never });
    },
    hours: (count: number) => {
      room.now += count * HOUR;
    },
  };

  /** Parts of an album are one message, as the store joins them. */
  function messageOf(input: Input, id: string): string {
    const group = input.type === 'media' ? input.group : undefined;
    if (group !== undefined && memory.album?.group === group) return memory.album.message;
    const { album: _over, ...rest } = memory;
    memory = group === undefined ? rest : { ...rest, album: { group, message: id } };
    return id;
  }

  function find(need: Need): Found {
    switch (need.what) {
      case 'myCases':
        return { what: 'myCases', cases: room.cases.slice(0, need.limit) };
      case 'myCase': {
        const mine = room.cases.find(({ file }) => file.reference === need.reference);
        return { what: 'myCase', ...(mine && { case: mine }) };
      }
      case 'lookup': {
        const mine = room.codes[`${need.reference}/${need.code}`];
        return { what: 'lookup', limited: room.limited, ...(mine && !room.limited && { case: mine }) };
      }
      case 'invitation': {
        const invitation = room.invitations.find(({ id }) => id === need.id);
        return { what: 'invitation', ...(invitation && { invitation }) };
      }
      case 'placed':
        return { what: 'placed', id: `${need.place}/${need.unit}` };
      case 'quoted': {
        const mine = room.names[need.knownAs];
        return { what: 'quoted', ...(mine && { case: mine }) };
      }
      case 'veiled':
        return { what: 'veiled', waiting: 0 };
      case 'duty':
        return { what: 'duty', present: need.sealed ? room.inspectorOnDuty : room.onDuty };
    }
  }
  return room;
}
