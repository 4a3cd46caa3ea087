import { type Api, InputFile, type RawApi } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Outbound, SendOutcome } from '../../domain/message.ts';
import type { DeskForChannel, ThreadLine } from '../channel.ts';
import { laidOut, type Part } from './layout.ts';
import { failureOf, outcomeOf } from './outcome.ts';
import type { Pace } from './pace.ts';
import { nameOf } from './reading/reading.ts';
import { createPlaces, notice, showAtOnce } from './veil.ts';

/** Calls in flight at once before no more updates are taken: else answers queue up faster than Telegram takes them. */
const IN_FLIGHT = 64;
/** How long Telegram shows that somebody is typing (core.telegram.org/bots/api#sendchataction). */
const TYPING_MS = 5_000;

type Beside = 'sendMessage' | 'editMessageReplyMarkup' | 'leaveChat' | 'sendChatAction' | 'answerCallbackQuery';
type PayloadOf<M extends Beside> = Parameters<RawApi[M]>[0];

/** Says things to residents, and does the small things beside. */
export interface Sending {
  send(outbound: Outbound): Promise<SendOutcome>;
  /** Puts the words in the place of their notice, or below where that can't be changed any more; answers what they are known as, undefined where Telegram could not be reached. */
  unveil(chat: string, line: ThreadLine, notice: number | undefined, locale: string): Promise<string | undefined>;
  /** A call nothing depends on: a mark, a hint. It may fail. */
  beside<M extends Beside>(method: M, payload: PayloadOf<M>, then?: () => void): void;
  showTyping(chat: string): void;
  /** Places in the thread as a notice's button carries them. */
  readonly places: ReturnType<typeof createPlaces>;
  /** Resolves once there is room for what the next update will say. */
  room(): Promise<void>;
}

export function createSending({ desk, api, pace }: { desk: DeskForChannel; api: Api<RawApi>; pace: Pace }): Sending {
  const places = createPlaces(desk.key('telegram-notice'));
  let flying = 0;
  let waiting: (() => void)[] = [];
  const typingUntil = new Map<string, number>();
  const fly = async <T>(work: () => Promise<T>): Promise<T> => {
    flying += 1;
    try {
      return await work();
    } finally {
      flying -= 1;
      if (flying < IN_FLIGHT) {
        const go = waiting;
        waiting = [];
        for (const one of go) one();
      }
    }
  };

  /** Sends one part; answers the message's own id. */
  const sendPart = async (chat: string, part: Part): Promise<number> => {
    if (part.is === 'text') return (await api.raw.sendMessage(textOf(chat, part))).message_id;
    const { media } = part;
    const file = await desk.openMedia(chat, media.id);
    if (!file) throw new FileMissing();
    const input = new InputFile(file.bytes, `${media.id}${endings[file.mime] ?? ''}`);
    beside('sendChatAction', { chat_id: chat, action: media.kind === 'photo' ? 'upload_photo' : 'upload_document' });
    if (media.kind === 'photo') return (await api.raw.sendPhoto({ chat_id: chat, photo: input })).message_id;
    if (media.kind === 'video') return (await api.raw.sendVideo({ chat_id: chat, video: input })).message_id;
    if (media.kind === 'voice') return (await api.raw.sendVoice({ chat_id: chat, voice: input })).message_id;
    if (media.kind === 'audio') return (await api.raw.sendAudio({ chat_id: chat, audio: input })).message_id;
    return (await api.raw.sendDocument({ chat_id: chat, document: input })).message_id;
  };

  const outcome = (error: unknown, { address, attempts }: Pick<Outbound, 'address' | 'attempts'>): SendOutcome => {
    if (error instanceof FileMissing) return { is: 'refused', reason: 'file-missing' };
    const failure = failureOf(error);
    if (failure.is === 'told-to-wait') pace.toldToWait(address, failure.seconds);
    return outcomeOf(failure, desk.now(), attempts);
  };

  function beside<M extends Beside>(method: M, payload: PayloadOf<M>, then?: () => void): void {
    const call = api.raw[method] as (payload: PayloadOf<M>) => Promise<unknown>;
    void fly(() => call(payload)).then(then, (error: unknown) => {
      const failure = failureOf(error);
      if (failure.is === 'told-to-wait' && payload && 'chat_id' in payload) pace.toldToWait(String(payload.chat_id), failure.seconds);
      then?.();
    });
  }

  return {
    beside,
    places,
    showTyping(chat) {
      const now = desk.now();
      if ((typingUntil.get(chat) ?? 0) > now) return;
      for (const [other, until] of typingUntil) if (until <= now) typingUntil.delete(other);
      typingUntil.set(chat, now + TYPING_MS);
      beside('sendChatAction', { chat_id: chat, action: 'typing' });
    },
    room: () => (flying < IN_FLIGHT ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),

    async send(outbound) {
      const { address, id, interactive, veiled, seq, locale } = outbound;
      const at = pace.mayGo(address, interactive);
      if (at > desk.now()) return { is: 'later', at, reason: 'told-to-wait' };
      if (veiled) {
        const { text, keyboard } = notice(places.hide(seq), locale, desk.words);
        try {
          const sent = await fly(() => sendPart(address, { is: 'text', text, keyboard }));
          return { is: 'sent', confirmed: false, knownAs: nameOf(address, sent) };
        } catch (error) {
          return outcome(error, outbound);
        }
      }
      const parts = laidOut(saidBy(outbound), locale, desk.words);
      let knownAs: string | undefined;
      for (const [part, one] of parts.entries()) {
        if (outbound.partsSent.includes(part)) continue;
        try {
          const sent = await fly(() => sendPart(address, one));
          knownAs = nameOf(address, sent);
        } catch (error) {
          return outcome(error, outbound);
        }
        if (parts.length > 1) await desk.settle([{ outbound: id, part, outcome: { is: 'sent', confirmed: true, knownAs } }]);
      }
      return { is: 'sent', confirmed: true, ...(parts.length === 1 && knownAs !== undefined && { knownAs }) };
    },

    async unveil(chat, line, noticeId, locale) {
      const { text, signature, secret, buttons, media } = line;
      const said = {
        text,
        ...(signature !== undefined && { signature }),
        ...(secret !== undefined && { secret }),
        buttons: [...buttons, showAtOnce(locale, desk.words)],
        media: [...media],
      };
      const [first, ...rest] = laidOut(said, locale, desk.words);
      if (!first) return undefined;
      try {
        const shown = await fly(() => inPlaceOf(noticeId, chat, first));
        for (const part of rest) await fly(() => sendPart(chat, part));
        return nameOf(chat, shown);
      } catch (error) {
        outcome(error, { address: chat, attempts: 0 });
        return undefined;
      }
    },
  };

  async function inPlaceOf(noticeId: number | undefined, chat: string, part: Part): Promise<number> {
    if (noticeId === undefined || part.is !== 'text') return sendPart(chat, part);
    try {
      const { text, keyboard } = part;
      await api.raw.editMessageText({ chat_id: chat, message_id: noticeId, text, ...withoutPreview, ...markup(keyboard) });
      return noticeId;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.is !== 'refused') throw error;
      return /not modified/.test(failure.reason) ? noticeId : sendPart(chat, part);
    }
  }
}

/** A file the desk does not have (any more). */
class FileMissing extends Error {}

const saidBy = ({ body, secret }: Outbound) => ({
  text: body.text,
  ...(body.by.kind === 'officer' && { signature: body.by.signature }),
  ...(secret !== undefined && { secret }),
  ...(body.buttons && { buttons: body.buttons }),
  ...(body.expects && { expects: body.expects }),
  ...(body.media && { media: body.media }),
});

/** A link in someone's words is not looked up by Telegram's servers. */
const withoutPreview = { link_preview_options: { is_disabled: true } } as const;
const markup = (keyboard: InlineKeyboardMarkup | undefined) => (keyboard ? { reply_markup: keyboard } : {});
const textOf = (chat: string, { text, keyboard }: Extract<Part, { is: 'text' }>) => ({
  chat_id: chat,
  text,
  ...withoutPreview,
  ...markup(keyboard),
});

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'audio/ogg': '.ogg',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'video/mp4': '.mp4',
  'application/pdf': '.pdf',
};
