import type { Catalogue } from '../../src/domain/catalogue.ts';
import type { Intake } from '../../src/domain/conversation.ts';
import type { Input } from '../../src/domain/message.ts';
import type { Tap } from '../../src/domain/tap.ts';
import type { Around, Effect, Turn } from '../../src/flow/effect.ts';
import { advance, begin } from '../../src/flow/engine.ts';
import type { Flow } from '../../src/flow/flow.ts';
import { loadWords } from '../../src/i18n.ts';

export const words = loadWords(new URL('../../locales', import.meta.url).pathname);

const labels = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const topic = (code: string, zh: string, kinds: Catalogue['topics'][number]['kinds'], ...said: string[]) => ({
  code,
  version: 1,
  kinds,
  labels: labels(zh, code),
  words: { 'zh-CN': said },
  domesticViolence: code === 'domestic-violence',
});

export const catalogue: Catalogue = {
  version: 1,
  settings: { stationName: '柳河派出所', zone: 'Asia/Shanghai', hours: {}, bodyAbove: '县公安局督察大队' },
  rootStation: 'u-station',
  units: [
    { id: 'u-bureau', code: 'bureau', kind: 'bureau', inspects: false, labels: labels('县公安局', 'County bureau') },
    { id: 'u-inspection', code: 'inspection', kind: 'team', parent: 'u-bureau', inspects: true, labels: labels('督察', 'Inspection') },
    { id: 'u-station', code: 'station', kind: 'station', parent: 'u-bureau', inspects: false, labels: labels('派出所', 'Station') },
    {
      id: 'u-household',
      code: 'household',
      kind: 'team',
      parent: 'u-station',
      inspects: false,
      labels: labels('户籍窗口', 'Household desk'),
    },
    { id: 'u-patrol', code: 'patrol', kind: 'team', parent: 'u-station', inspects: false, labels: labels('巡防组', 'Patrol') },
  ],
  areas: [],
  topics: [
    topic('noise', '噪音扰民', ['problem'], '噪音', '太吵', '唱歌'),
    topic('theft', '盗窃', ['problem', 'help'], '偷'),
    topic('fraud', '诈骗', ['problem', 'help', 'question'], '骗'),
    topic('traffic', '交通停车', ['problem'], '停车', '堵'),
    topic('dispute', '纠纷', ['problem', 'help'], '吵架'),
    topic('hazard', '安全隐患', ['problem'], '路灯', '井盖'),
    topic('household-registration', '户籍身份证', ['question', 'help'], '身份证'),
    topic('lost-and-found', '失物走失', ['problem', 'help'], '丢'),
    topic('officer-conduct', '民警态度作风', ['complaint'], '态度'),
    topic('service-quality', '办事效率', ['complaint'], '拖'),
    topic('gambling-vice', '黄赌毒线索', ['problem'], '打牌'),
    topic('pets', '犬只', ['problem'], '狗'),
    topic('suggestion', '建议', ['suggestion'], '建议'),
    topic('praise', '表扬', ['praise'], '谢谢'),
    topic('domestic-violence', '家里的事', ['help'], '家暴'),
    topic('other', '其他', ['problem', 'help', 'question']),
  ],
  inspectorExists: true,
};

let turns = 0;
export const around = (changed: Partial<Around> = {}): Around => ({
  catalogue,
  words,
  locale: 'zh-CN',
  now: 1_790_000_000_000,
  message: `m${++turns}`,
  ...changed,
});

export const INTAKE = 'INTAKE01';
export const say = (text: string): Input => ({ type: 'text', text });
export const tap = (step: string, value: string, intake = INTAKE): Input => ({ type: 'tap', tap: { on: 'step', intake, step, value } });
export const edit = (step: string): Input => ({ type: 'tap', tap: { on: 'edit', intake: INTAKE, step } });
export const command = (name: Extract<Input, { type: 'command' }>['name']): Input => ({ type: 'command', name });
export const button = (name: Extract<Tap, { on: 'command' }>['name'], step: string): Input => ({
  type: 'tap',
  tap: { on: 'command', name, intake: INTAKE, step },
});
export const photo = (...ids: string[]): Input => ({ type: 'media', items: ids.map((id) => ({ id, kind: 'photo', state: 'stored' })) });

/** Plays a whole conversation and gives its last turn. */
export const play = (flow: Flow, ...inputs: Input[]): Turn => playAbout(flow, undefined, ...inputs);
export const playAbout = (flow: Flow, subject: string | undefined, ...inputs: Input[]): Turn =>
  inputs.reduce<Turn>((turn, input) => advance(flow, turn.intake, input, around()), begin(flow, around(), INTAKE, subject));

export const further = (flow: Flow, { intake }: { intake: Intake }, ...inputs: Input[]): Turn =>
  inputs.reduce<Turn>((turn, input) => advance(flow, turn.intake, input, around()), { intake, effects: [] });

/** What was said and asked by its keys; other effects by their type. */
export const told = ({ effects }: Turn): string[] => effects.map((effect) => ('saying' in effect ? effect.saying.key : effect.type));

export const filed = ({ effects }: Turn) => effects.find((effect): effect is Effect & { type: 'file' } => effect.type === 'file');

export const asked = ({ effects }: Turn) => effects.find((effect): effect is Effect & { type: 'ask' } => effect.type === 'ask');

/** The labels under the question, row by row, in words. */
export const buttons = (turn: Turn, locale = 'zh-CN'): string[][] =>
  (asked(turn)?.saying.buttons ?? []).map((row) =>
    row.map(({ label }) => ('words' in label ? label.words : words.t(label.key, locale, label.values))),
  );

/** The question as the resident reads it. */
export const read = (turn: Turn, locale = 'zh-CN'): string => {
  const saying = asked(turn)?.saying;
  return saying ? words.t(saying.key, locale, saying.values) : '';
};
