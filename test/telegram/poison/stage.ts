import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { loadWords } from '../../../src/i18n.ts';
import { startForTest } from '../../desk-for-test.ts';
import { freePort } from '../../free-port.ts';
import { type BotApi, contentOf, type Resident, startBotApi } from '../bot-api.ts';
import { chanceFrom } from '../chance.ts';

export const SECRET = 'a-secret-of-the-webhook';
export const words = loadWords(new URL('../../../locales', import.meta.url).pathname);

/** One desk that takes all the poison there is, Telegram's double before it, and a neighbour whom none of it concerns. */
export async function openStage({ webhook, seed }: { webhook: boolean; seed: number }) {
  const double = await startBotApi({ seed });
  const port = await freePort();
  const logged: string[] = [];
  const desk = await startForTest({
    env: {
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TELEGRAM_BOT_TOKEN: double.token,
      TELEGRAM_API_ROOT: double.url,
      ...(webhook && { TELEGRAM_WEBHOOK_SECRET: SECRET }),
    },
    around: { log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) },
  });
  await double.until(() => double.calls.some(({ method }) => method === 'setChatMenuButton'));
  const readThread = async (chat: number) => desk.store.readThread('telegram', String(double.me.id), String(chat), 0, 200);
  const neighbour = await neighbourAt(double);
  return {
    double,
    desk,
    logged,
    chance: chanceFrom(seed),
    neighbour: { ...neighbour, before: await readThread(neighbour.phone.id) },
    readThread,
    async end() {
      await desk.end();
      await double.close();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Somebody with a case, and with a form that is open. */
async function neighbourAt(double: BotApi) {
  const tag = 'Kneighbour';
  const phone = double.user({ firstName: '邻居' });
  const { message_id: message } = contentOf(phone.say(`三楼的水管漏了 ${tag}`));
  await double.settled();
  phone.command('person');
  await double.settled();
  const reference = carriedBy(phone, /^c:(\w+):show$/);
  const intake = await withOpenForm(double, phone, `楼梯上堆了很多东西 ${tag}`);
  await double.settled();
  return { phone, tag, message, reference, intake };
}

/** Opens a form and answers its first question; the form's own name. */
export async function withOpenForm(double: BotApi, phone: Resident, story: string): Promise<string> {
  phone.command('report');
  phone.say(story);
  await double.until(() => carries(phone, /^s:(\w+):what:/));
  return carriedBy(phone, /^s:(\w+):what:/);
}

const dataShown = (phone: Resident): string[] =>
  phone.messages().flatMap(({ keyboard }) => keyboard.flat().map((button) => ('callback_data' in button ? button.callback_data : '')));
const carries = (phone: Resident, pattern: RegExp): boolean => dataShown(phone).some((data) => pattern.test(data));
function carriedBy(phone: Resident, pattern: RegExp): string {
  const [, carried] =
    dataShown(phone)
      .findLast((data) => pattern.test(data))
      ?.match(pattern) ?? [];
  if (carried === undefined) throw new Error(`Nothing like ${pattern} is shown: ${JSON.stringify(phone.texts())}`);
  return carried;
}

/** Looks again until it is so; false where it is not so in time. */
export async function comesTrue(look: () => Promise<boolean>, withinMs = 8_000): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(10)) if (await look()) return true;
  return look();
}
