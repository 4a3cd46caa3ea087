import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { dangerRulesIn } from '../../src/desk/danger-rules.ts';
import { decideTurn } from '../../src/desk/turn.ts';
import type { CaseStatus } from '../../src/domain/case.ts';
import { lettersTyped } from '../../src/domain/chance.ts';
import { type CommandName, commandNames, type Saying } from '../../src/domain/message.ts';
import type { Role } from '../../src/domain/officer.ts';
import { tapToText } from '../../src/domain/tap.ts';
import { optional, personal } from '../../src/flow/steps/modifiers.ts';
import { phone } from '../../src/flow/steps/text.ts';
import { flows } from '../../src/flows/list.ts';
import type { Render, Store } from '../../src/store/store.ts';
import { type PullOnlyChannel, pullOnlyChannel } from '../contract/pull-only-channel.ts';
import { type DeskForTest, startForTest } from '../desk-for-test.ts';
import { freePort } from '../free-port.ts';
import { type BotApi, startBotApi } from '../telegram/bot-api.ts';
import { type Account, type Mode, startWechat } from '../wechat/account.ts';
import type { Heard, Phone, Said } from './phone.ts';
import { PullPhone } from './pull-phone.ts';
import { Names, type Step, written } from './script.ts';
import { TelegramPhone } from './telegram-phone.ts';
import { WebPhone } from './web-phone.ts';
import { WeChatPhone } from './wechat-phone.ts';

/** Who works in every dialogue. */
const cast: Readonly<Record<string, { role: Role; unit: string; name: string }>> = {
  li: { role: 'officer', unit: 'community', name: '李明' },
  wang: { role: 'officer', unit: 'patrol', name: '王芳' },
  zhao: { role: 'lead', unit: 'station', name: '赵强' },
  sun: { role: 'inspector', unit: 'inspection', name: '孙悦' },
};

/** Monday 12 October 2026, 09:00 in Shanghai: a working morning. */
const BEGINS = Date.UTC(2026, 9, 12, 1);
const LOCALES = fileURLToPath(new URL('../../locales', import.meta.url));
const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

type SignedIn = Awaited<ReturnType<DeskForTest['signIn']>>;

/** How residents reach the desk in a dialogue. */
export type Over = 'web' | 'pull' | 'telegram webhook' | 'telegram polling' | `wechat ${Mode}`;

/** One resident: what they hold, the last sayings they heard on it, and all before them. */
interface Hand {
  phone: Phone;
  last: readonly Heard[];
  earlier: readonly Heard[];
}

/** A whole desk for one dialogue: real HTTP for the resident and for officers, a clock that only the dialogue moves. */
export class Stage {
  readonly names = new Names();
  readonly #locale: string;
  #running: DeskForTest;
  readonly #said: (key: string) => void;
  readonly #officers = new Map<string, SignedIn>();
  readonly #double: BotApi | undefined;
  readonly #account: Account | undefined;
  readonly #pull: PullOnlyChannel | undefined;
  readonly #hands: Hand[];
  #hand: Hand;
  readonly #clock: { now: number };

  private constructor(
    locale: string,
    running: DeskForTest,
    { double, account, pull }: { double: BotApi | undefined; account: Account | undefined; pull: PullOnlyChannel | undefined },
    clock: { now: number },
    said: (key: string) => void,
  ) {
    this.#locale = locale;
    this.#said = said;
    this.#running = running;
    this.#double = double;
    this.#account = account;
    this.#pull = pull;
    this.#clock = clock;
    this.#hands = [this.#newHand(), this.#newHand()];
    this.#hand = this.#hands[0]!;
  }

  /** `said` is told every key that is put into words. */
  static async open(locale: string, said: (key: string) => void, withoutInspector: boolean, over: Over = 'web'): Promise<Stage> {
    const clock = { now: BEGINS };
    const double = over.startsWith('telegram') ? await startBotApi() : undefined;
    const mode = (['plain', 'compatible', 'secure'] as const).find((one) => over === `wechat ${one}`);
    const account = mode ? await startWechat({ clock: () => clock.now, token: 'tiexinTestToken', mode }) : undefined;
    const pull = over === 'pull' ? pullOnlyChannel() : undefined;
    const running = await startForTest({
      env: {
        DEFAULT_LOCALE: locale,
        ...(double && (await telegramEnvironment(double, over === 'telegram webhook'))),
        ...(account && weChatEnvironment(account)),
      },
      around: {
        now: () => clock.now,
        store: (store) => listening(store, said),
        channel: (channel) => (pull && channel.name === 'web' ? pull.channel : channel),
      },
    });
    await account?.configure(`${running.url}/wechat/webhook`);
    for (const [username, { role, unit, name }] of Object.entries(cast)) {
      if (!(withoutInspector && role === 'inspector')) await running.addOfficer(username, role, unit, name);
    }
    return new Stage(locale, running, { double, account, pull }, clock, said);
  }

  async close(): Promise<void> {
    await this.#running.end();
    await this.#double?.close();
    await this.#account?.close();
  }

  /** Does one step; answers what was heard after it, as a dialogue writes it. */
  async play(step: Step): Promise<string[]> {
    this.#clock.now += 1_000;
    const does = this.names.show(step.does);
    if (step.by === 'resident') await this.#resident(does);
    else await this.#world(does);
    return this.#heard();
  }

  async #resident(does: string): Promise<void> {
    const tap = /^\[(late: )?(.+)\]$/.exec(does);
    if (tap) return this.#tap(tap[2]!, tap[1] !== undefined);
    const act = /^\((.+)\)$/s.exec(does);
    if (act) return this.#act(act[1]!);
    return this.#send({ type: 'text', text: does.replaceAll('⏎', '\n') });
  }

  async #send(message: Said): Promise<void> {
    await this.#hand.phone.sends(message);
  }

  async #tap(label: string, late: boolean): Promise<void> {
    const { last, earlier } = this.#hand;
    const offered = (late ? [...earlier].reverse() : last).flatMap(({ buttons }) => buttons.flat());
    const button = offered.find((one) => this.names.show(label) === one.label || this.names.hide(one.label) === label);
    if (!button) throw new Error(`there is no [${label}] among ${offered.map((one) => `[${one.label}]`).join(' ')}`);
    await this.#send({ type: 'tap', tap: button.tap });
  }

  async #act(does: string): Promise<void> {
    const { phone } = this.#hand;
    const command = commandNames.find((name) => name === does);
    if (command) return this.#send({ type: 'command', name: command });
    const told = /^(reports|complains about an officer|complains about how it went|asks for help about (\S+)): (.+)$/s.exec(does);
    if (told) return this.#tells(told[1]!.split(' about ')[0]!, told[3]!, told[2] ?? told[1]!.split(' about ')[1]);
    const long = /^writes (\d+) characters$/.exec(does);
    if (long) return this.#send({ type: 'text', text: '字'.repeat(Number(long[1])) });
    if (does === 'nothing but spaces') return this.#send({ type: 'text', text: ' ' });
    if (does === 'a sticker') return phone.sendsUnreadable();
    const edited = /^edits: (.+)$/.exec(does);
    if (edited) return phone.edits(edited[1]!);
    const known = /^writes what is spoken of later: (.+)$/.exec(does);
    if (known) return phone.writes(known[1]!);
    if (does === 'answers it with a photo') return phone.answersWith({ bytes: await picture() });
    if (does === 'wants sealed answers shown in full') return this.#send({ type: 'tap', tap: tapToText({ on: 'pushes', show: 'words' }) });
    const lost = /^photo that (finds no room|is gone)$/.exec(does);
    if (lost && phone instanceof WebPhone) return phone.losesPhoto(lost[1] === 'is gone' ? 'gone' : 'no-space');
    const old = /^an old button of (\S+)$/.exec(does);
    if (old) return this.#send({ type: 'tap', tap: `c:${lettersTyped(old[1]!)}:show` });
    const times = /^(sends) (\d+) (messages|photos)$/.exec(does);
    if (times) return this.#floods(Number(times[2]), times[3]!);
    const [, what = '', with_ = ''] =
      /^(opens the page|photos?|voice|broken photo|big photo|place|looks up|again)(?:[: ] ?(.+))?$/s.exec(does) ?? [];
    switch (what) {
      case 'opens the page': {
        const start = /\?start=(\S+)/.exec(with_)?.[1];
        return phone.opens(this.#locale, start);
      }
      case 'photo':
        return phone.uploads([{ bytes: await picture() }], with_);
      case 'photos':
        return phone.uploads(await Promise.all([picture(), picture()].map(async (bytes) => ({ bytes: await bytes }))), with_);
      case 'broken photo':
        return phone.uploads([{ bytes: Buffer.from('no picture') }], with_);
      case 'big photo':
        return phone.uploads([{ bytes: Buffer.alloc(10 * 1024 * 1024 + 1, 1) }], with_);
      case 'voice':
        return phone.uploads([{ bytes: WAV, name: 'voice.wav', mime: 'audio/wav' }], with_);
      case 'place':
        return this.#send({ type: 'place', latitude: 30.2741, longitude: 120.1551, ...(with_ && { label: with_ }) });
      case 'looks up': {
        const [reference = '', code = ''] = with_.split(' with ');
        if (phone.looksUp) return phone.looksUp(reference, code);
        throw new Error('there are no fields to look up by');
      }
      default:
        throw new Error(`nobody knows how to (${does})`);
    }
  }

  /** A whole form in one line, where a dialogue is about what comes after; only its end is heard. */
  async #tells(what: string, story: string, about = ''): Promise<void> {
    const answers: Readonly<Record<string, readonly string[]>> = {
      reports: ['problem', 'other', 'skip', 'skip', 'hidden', 'file'],
      complains:
        about === 'an officer'
          ? ['complaint', 'officer', 'skip', 'skip', 'skip', 'skip', 'hidden', 'file']
          : ['complaint', 'service', 'skip', 'skip', 'skip', 'hidden', 'file'],
      'asks for help': ['help', about, 'chat', 'file'],
    };
    await this.#send({ type: 'start', payload: what === 'asks for help' ? 'help' : 'report' });
    for (const text of [story, ...(answers[what] ?? [])]) {
      await this.#heard();
      await this.#send({ type: 'text', text });
    }
  }

  #newHand(): Hand {
    const phone = this.#newPhone();
    return { phone, last: [], earlier: [] };
  }

  #newPhone(): Phone {
    const pending = async (channel: string) => (await this.#running.store.health()).pendingByChannel[channel] ?? 0;
    if (this.#account) {
      const typed = (command: CommandName) => this.#running.words.t(`desk:typed.${command}`, this.#locale).split('|')[0] ?? '';
      return new WeChatPhone(this.#account, { pending: () => pending('wechat'), typed });
    }
    if (this.#pull) return new PullPhone(this.#pull, this.#running.words, () => pending('pull'));
    if (this.#double) {
      const pass = (ms: number) => {
        this.#clock.now += ms;
        this.#running.outbox.wake();
      };
      return new TelegramPhone(this.#double, { pending: () => pending('telegram'), pass });
    }
    return new WebPhone(this.#running.url, async (address, sent) => {
      const desk = this.#running.desk.forChannel('web', 'default');
      const inbound = { channel: 'web', bot: 'default', updateId: randomUUID(), address, locale: this.#locale, ...sent };
      await desk.receive(inbound);
    });
  }

  async #floods(count: number, what: string): Promise<void> {
    if (what === 'messages') for (let n = 1; n <= count; n += 1) await this.#send({ type: 'text', text: '😀' });
    else
      for (let n = 0; n < count; n += 9)
        await this.#hand.phone.uploads(
          await Promise.all(Array.from({ length: Math.min(9, count - n) }, async () => ({ bytes: await picture() }))),
          '',
        );
    await this.#heard();
  }

  async #world(does: string): Promise<void> {
    const later = /^(\d+) (minute|hour|day)s? later$/.exec(does);
    if (later) {
      this.#clock.now += Number(later[1]) * UNITS[later[2] as keyof typeof UNITS];
      await this.#running.desk.tick();
      return;
    }
    const at = /^it is (\d{4}-\d{2}-\d{2} \d{2}:\d{2})$/.exec(does);
    if (at) {
      this.#clock.now = Date.parse(`${at[1]!.replace(' ', 'T')}:00+08:00`);
      await this.#running.desk.tick();
      return;
    }
    if (does === 'there is no inspector') return;
    if (does === 'a new release asks everybody for a phone number') return this.#release();
    const other = /^(another|the first) phone$/.exec(does);
    if (other) {
      this.#hand = this.#hands[other[1] === 'another' ? 1 : 0]!;
      return;
    }
    const above = /^the body above is (.+)$/.exec(does);
    if (above) return this.#running.store.saveSettings('command-line', { bodyAbove: above[1]! });
    const becomes = /^(\S+) becomes ([a-z-]+)$/.exec(does);
    if (becomes) return this.#become(becomes[1]!, becomes[2] as CaseStatus);
    return this.#officer(does);
  }

  /** Another build starts on the database of the one before; pages find it again by their cookie. */
  async #release(): Promise<void> {
    const { dataDir } = this.#running;
    await this.#running.stop();
    const { report } = flows;
    const forms = { ...flows, report: { ...report!, steps: { ...report!.steps, phone: optional(personal(phone())) } } };
    const dangerRules = dangerRulesIn(LOCALES);
    this.#running = await startForTest({
      dataDir,
      around: {
        now: () => this.#clock.now,
        store: (store) => {
          const next: Store = {
            ...store,
            takeTurn: (inbound, _older, render) =>
              store.takeTurn(inbound, decideTurn(inbound, { dangerRules, words: this.#running.words, forms }), render),
          };
          return listening(next, this.#said);
        },
      },
    });
    this.#officers.clear();
    for (const { phone } of this.#hands) if (phone instanceof WebPhone) phone.movesTo(this.#running.url);
  }

  /** What officers do, through the API they have. */
  async #officer(does: string): Promise<void> {
    const [, who = '', act = '', reference = '', more = ''] =
      /^(\w+) (is on duty|takes|accepts|refuses|replies to|answers|closes|reopens|withdraws|passes|notes on|looks into|plans|meets the resident of)(?: (\S+?))?(?:[: ] ?(.+))?$/s.exec(
        does,
      ) ?? [];
    if (!Object.hasOwn(cast, who)) throw new Error(`nobody knows how to: ${does}`);
    const [outcome = '', ...words] = more.split(': ');
    switch (act) {
      case 'is on duty':
        return this.#ask(who, 'PUT', '/session/duty', { onDuty: true });
      case 'takes':
        return this.#write(who, 'PUT', reference, 'assignee', { username: who });
      case 'accepts':
        return this.#write(who, 'PUT', reference, 'acceptance', { accepted: true });
      case 'refuses': {
        const [reason, instead] = more.split('; ');
        return this.#write(who, 'PUT', reference, 'acceptance', { accepted: false, reason, instead });
      }
      case 'replies to':
        return this.#write(who, 'POST', reference, 'replies', { text: more });
      case 'looks into':
        return this.#write(who, 'PUT', reference, 'finding', { finding: outcome, text: words.join(': ') });
      case 'meets the resident of':
        return this.#write(who, 'POST', reference, 'contacts', { how: more });
      case 'plans': {
        // A week on is a day of work as today is.
        const until = new Date(this.#clock.now + 7 * 86_400_000).toISOString().slice(0, 10);
        return this.#write(who, 'PUT', reference, 'plan', { until, text: more });
      }
      case 'notes on':
        return this.#write(who, 'POST', reference, 'notes', { text: more });
      case 'answers':
        return this.#write(who, 'PUT', reference, 'answer', { outcome, text: words.join(': ') });
      case 'closes':
        return this.#write(who, 'PUT', reference, 'closure', { confirmation: outcome, reason: words.join(': ') });
      case 'reopens':
        return this.#write(who, 'DELETE', reference, 'closure', { reason: more });
      case 'withdraws':
        return this.#write(who, 'PUT', reference, 'withdrawal', { words: more });
      case 'passes':
        return this.#write(who, 'PUT', reference, 'seal', { reason: more.replace('to inspection: ', '') });
      default:
        throw new Error(`nobody knows how to: ${does}`);
    }
  }

  async #write(who: string, method: string, reference: string, act: string, body: unknown): Promise<void> {
    const path = `/cases/${lettersTyped(reference)}`;
    const { version } = await this.#ask(who, 'GET', path);
    await this.#ask(who, method, `${path}/${act}`, body, { 'if-match': `"${version}"` });
    if (act === 'replies' || act === 'answer') await this.#sent(who, path);
  }

  /** What came of sending is written a moment after the send. */
  async #sent(who: string, path: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      const { messages } = await this.#ask(who, 'GET', path);
      if (!messages.some(({ delivery }: { delivery: { state: string } | null }) => delivery?.state === 'pending')) return;
      await sleep(20);
    }
    throw new Error(`what was said in ${path} was never sent`);
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test reads the JSON of many routes
  async #ask(who: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    for (const again of [false, true]) {
      const signedIn = (again ? undefined : this.#officers.get(who)) ?? (await this.#running.signIn(who));
      this.#officers.set(who, signedIn);
      const answer = await signedIn.ask(method, path, body, headers);
      if (answer.status === 401 && !again) continue;
      if (answer.status >= 300) throw new Error(`${who}: ${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    }
  }

  /** A status whose act has no screen yet: the case is put there as the act would. */
  async #become(reference: string, status: CaseStatus): Promise<void> {
    const { store } = this.#running;
    const acted = await store.act(
      {
        actor: { kind: 'clock' },
        reference: lettersTyped(reference),
        decide: ({ file }) => ({
          changes: [{ do: 'event', case: file!.id, verb: 'due-changed', actor: { kind: 'clock' }, patch: { status } }],
          say: [],
        }),
      },
      () => {
        throw new Error('nothing is said');
      },
    );
    if (!acted.done) throw new Error(`${reference} can't become ${status}: ${acted.refuse}`);
  }

  /** What this resident has not heard yet, as a dialogue writes it. */
  async #heard(): Promise<string[]> {
    const hand = this.#hand;
    const said = await hand.phone.hears();
    if (said.length > 0) {
      hand.earlier = [...hand.earlier, ...hand.last];
      hand.last = said;
    }
    return written(
      said.map(({ text, secret, signature, buttons }) => ({
        text: this.names.hide(text, secret),
        ...(signature !== undefined && { signature }),
        buttons: buttons.map((row) => row.map(({ label }) => this.names.hide(label))),
      })),
    );
  }
}

/** What the operator sets for a bot at this double. */
async function telegramEnvironment({ token, url }: BotApi, webhook: boolean): Promise<Record<string, string>> {
  const reached = { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: url };
  if (!webhook) return reached;
  const port = String(await freePort());
  return { ...reached, PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-webhook' };
}

/** What the operator sets for an account at this double. */
const weChatEnvironment = ({ appId, appSecret, token, encodingAesKey, agreement, url }: Account): Record<string, string> => ({
  WECHAT_APP_ID: appId,
  WECHAT_APP_SECRET: appSecret,
  WECHAT_TOKEN: token,
  ...(agreement.mode !== 'plain' && { WECHAT_ENCODING_AES_KEY: encodingAesKey }),
  WECHAT_API_ROOT: url,
});

/** The same store, with every key that is put into words told. */
function listening(store: Store, said: (key: string) => void): Store {
  const told =
    (render: Render): Render =>
    (saying: Saying, locale) => {
      for (const key of keysOf(saying)) said(key);
      return render(saying, locale);
    };
  return {
    ...store,
    takeTurn: (inbound, decide, render) => store.takeTurn(inbound, decide, told(render)),
    act: (act, render) => store.act(act, told(render)),
    tick: (now, limit, decide, render) => store.tick(now, limit, decide, told(render)),
  };
}

const keysOf = ({ key, buttons = [], by }: Saying): string[] => [
  ...(by ? [] : [key]),
  ...buttons.flat().flatMap(({ label }) => ('key' in label ? [label.key] : [])),
];

let pictures = 0;
/** A small photo, each of another colour. */
const picture = (): Promise<Buffer> => {
  pictures += 1;
  return sharp({ create: { width: 16, height: 16, channels: 3, background: { r: pictures % 256, g: 90, b: 160 } } })
    .jpeg()
    .toBuffer();
};

/** The head of a sound file. */
const WAV = Buffer.concat([
  Buffer.from('RIFF'),
  Buffer.from([36, 0, 0, 0]),
  Buffer.from('WAVEfmt '),
  Buffer.from([16, 0, 0, 0, 1, 0, 1, 0]),
]);
