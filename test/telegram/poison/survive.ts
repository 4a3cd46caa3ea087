import type { ThreadMessage } from '../../../src/store/store.ts';
import type { Resident } from '../bot-api.ts';
import { filled, type Poison, type Values } from './poison.ts';
import { comesTrue, SECRET, type Stage, withOpenForm, words } from './stage.ts';

/** What is found of one poison once the good message behind it was sent. */
export interface Survived {
  poison: Poison;
  phone: Resident;
  /** In every word its resident typed, and in nobody else's. */
  tag: string;
  values: Values;
  /** What was not as it should be; empty where all was. */
  wrong: string[];
}

let given = 0;

/** Gives the poison, then something good from the same resident, and looks what came of both. */
export async function survive(stage: Stage, poison: Poison, webhook: boolean): Promise<Survived> {
  const { double } = stage;
  given += 1;
  const nth = given;
  const tag = tagOf(nth, stage.chance());
  const phone = double.user({ languageCode: 'zh-hans' });
  const intake = poison.before === 'form' ? await withOpenForm(double, phone, `井盖松了一走就响 ${tag}`) : '';
  const { values, sameUpdate, queries } = valuesFor(stage, phone, { tag, intake, nth });
  const before = (await stage.readThread(phone.id)).length;
  const wrong = poison.body ? await sendBytes(stage, poison, values) : [];

  const numbers = new Set<unknown>();
  for (const update of poison.updates ?? []) {
    const pushed = double.push(filled(update, values));
    if (typeof pushed !== 'object' || pushed === null || !('update_id' in pushed)) continue;
    sameUpdate(pushed.update_id);
    numbers.add(pushed.update_id);
  }
  // The good one comes together with it, or once it was taken: as it falls, but for taps, which Telegram brings in a line of their own.
  // What has no number is taken from polling only with what comes next.
  const taken = async () => !double.unacknowledged().some((number) => numbers.has(number));
  const alone = webhook && (poison.tap !== undefined || stage.chance() < 0.5);
  if (alone && !(await comesTrue(taken))) wrong.push('it was never taken');

  const good = `后面这句是好的 ${tag}`;
  phone.say(good);
  if (!(await comesTrue(() => isAnswered(stage, phone, good)))) wrong.push('the good words behind it were not answered');
  const thread = (await stage.readThread(phone.id)).slice(before);
  wrong.push(...wronglyKept(poison, values, thread), ...wronglyAnswered(poison, toldBefore(good, thread)));
  for (const query of queries) wrong.push(...(await wronglyTapped(stage, poison, query)));
  return { poison, phone, tag, values, wrong };
}

const tagOf = (nth: number, chance: number): string => {
  const hex = (number: number, digits: number) => Math.floor(number).toString(16).padStart(digits, '0');
  return `K${hex(nth, 4)}${hex(chance * 2 ** 24, 6)}`;
};

const isHeard = ({ body }: ThreadMessage): boolean => body.by.kind === 'resident';

function wronglyKept({ kept, files }: Poison, values: Values, thread: readonly ThreadMessage[]): string[] {
  const heard = thread.filter(isHeard).map(({ body }) => body);
  const texts = kept.map((words) => String(filled(words, values)));
  const lost = texts.filter((text) => !heard.some((body) => body.text.includes(text)));
  const count = heard.reduce((sum, { media = [] }) => sum + media.length, 0);
  return [
    ...lost.map((text) => `«${text.slice(0, 60)}» was not kept`),
    ...(files !== undefined && files !== count ? [`${count} files were kept, not ${files}`] : []),
  ];
}

/** What was said before the good words came. */
function toldBefore(good: string, thread: readonly ThreadMessage[]): string[] {
  const end = thread.findIndex((line) => isHeard(line) && line.body.text === good);
  return thread
    .slice(0, end)
    .filter((line) => !isHeard(line))
    .map(({ body }) => body.text);
}

function wronglyAnswered({ said }: Poison, told: readonly string[]): string[] {
  const short = told.map((text) => text.slice(0, 60));
  if (said === 'anything') return [];
  if (said === 'nothing') return short.map((text) => `was told «${text}»`);
  return told.includes(words.t(said, 'zh-CN')) ? [] : [`was not told ${said}, but ${JSON.stringify(short)}`];
}

/** Whether the good words are in the thread, and what was said to them on the phone. */
async function isAnswered(stage: Stage, phone: Resident, good: string): Promise<boolean> {
  const thread = await stage.readThread(phone.id);
  const at = thread.findIndex((line) => isHeard(line) && line.body.text === good);
  const reached = new Set(stage.double.sent(phone.id).map(({ text }) => text));
  return at >= 0 && thread.slice(at + 1).some((line) => !isHeard(line) && reached.has(line.body.text));
}

async function wronglyTapped({ double }: Stage, { tap }: Poison, query: string): Promise<string[]> {
  const answers = () =>
    double.calls.filter(({ method, payload }) => method === 'answerCallbackQuery' && payload.callback_query_id === query);
  if (tap === undefined) return answers().length > 0 ? ['the tap was answered'] : [];
  if (!(await comesTrue(async () => answers().length > 0))) return ['the tap was not answered'];
  const kindly = answers().some(({ payload }) => payload.text === words.t('telegram:worn-button', 'zh-CN'));
  return kindly === (tap === 'worn') ? [] : [`the tap was ${kindly ? '' : 'not '}answered as one on a worn button`];
}

/** The bytes of a request, sent as Telegram sends them but for the headers it never sets. */
async function sendBytes({ desk }: Stage, { body = [], headers = {} }: Poison, values: Values): Promise<string[]> {
  const bytes = Buffer.concat(
    body.map((piece) =>
      typeof piece === 'object' && piece !== null && 'hex' in piece
        ? Buffer.from(String(piece.hex), 'hex')
        : Buffer.from(String(filled(piece, values))),
    ),
  );
  const { status } = await fetch(`${desk.url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
    body: bytes,
  });
  return status === 200 ? [] : [`answered with ${status}, which Telegram takes for "again"`];
}

/** What fills the places of one poison. */
function valuesFor({ double, neighbour }: Stage, phone: Resident, { tag, intake, nth }: { tag: string; intake: string; nth: number }) {
  const queries: string[] = [];
  let same: unknown;
  const known: Readonly<Record<string, string | number>> = {
    me: phone.id,
    tag,
    intake,
    message: 1_000 + nth,
    update: 300_000_000 + nth,
    botMessage: phone.last()?.id ?? 0,
    now: Math.floor(Date.now() / 1_000),
    query: `query-${nth}-${double.port}`,
    stranger: 900_000_000 + nth,
    neighbour: neighbour.phone.id,
    neighbourMessage: neighbour.message,
    neighbourCase: neighbour.reference,
    neighbourIntake: neighbour.intake,
  };
  const values: Values = (name) => {
    const value = name === 'sameUpdate' ? Number(same) : Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined) throw new Error(`Nothing is known as ${name}`);
    if (name === 'query' && queries.length === 0) queries.push(String(value));
    return value;
  };
  return {
    values,
    queries,
    sameUpdate: (id: unknown) => {
      same = id;
    },
  };
}
