import { Refused } from '../../domain/refusal.ts';
import type { DeskForChannel, Note } from '../channel.ts';
import { requestKeyboard } from './keyboard-request.ts';
import { usedKeyboard } from './layout.ts';
import { asUnknown, type Reader, type Reading, readUpdate, type Tapped } from './reading/reading.ts';
import { type Update, update as updateShape } from './reading/shape.ts';
import type { Sending } from './sending.ts';

/** What is still owed to Telegram once an update is taken: it may ride in the response to the webhook. */
export interface Owed {
  method: 'answerCallbackQuery';
  callback_query_id: string;
  text?: string;
}

/** Takes updates, those of one chat one after another. */
export interface Taking {
  /** Resolves once all of it is on disk; throws `Refused('unavailable')` where it must be delivered again. */
  take(update: unknown): Promise<Owed | undefined>;
}

/** Stands before what a button said once it was tapped. */
const USED = '✓ ';
/** Groups that were told already; redelivered updates find them here. */
const TOLD_AT_MOST = 1_000;

export function createTaking({
  desk,
  sending,
  reader,
  note,
}: {
  desk: DeskForChannel;
  sending: Sending;
  reader: Reader;
  note: Note;
}): Taking {
  const lastOf = new Map<string, Promise<unknown>>();
  const toldGroups = new Set<string>();

  /** A chat's updates wait for one another; one that could not be taken holds back none that Telegram will send after it. */
  const inTurn = <T>(chat: string, work: () => Promise<T>): Promise<T> => {
    const before = lastOf.get(chat);
    const done = before ? before.then(work, work) : work();
    lastOf.set(chat, done);
    const clear = () => {
      if (lastOf.get(chat) === done) lastOf.delete(chat);
    };
    done.then(clear, clear);
    return done;
  };

  const receive = async (reading: Extract<Reading, { is: 'inbound' }>, update: Update): Promise<void> => {
    try {
      await desk.receive(reading.inbound);
    } catch (cause) {
      if (cause instanceof Refused && cause.code === 'unavailable') throw cause;
      // Whatever is wrong with it, the line behind it goes on; it is kept whole.
      note('telegram: an update could not be taken', { update: update.update_id, why: cause instanceof Error ? cause.name : 'unknown' });
      await desk.receive(asUnknown(reading, update)).catch((again: unknown) => {
        if (again instanceof Refused && again.code === 'unavailable') throw again;
        note('telegram: an update is lost', { update: update.update_id });
      });
    }
  };

  const act = async (reading: Reading, update: Update): Promise<Owed | undefined> => {
    switch (reading.is) {
      case 'inbound':
        await receive(reading, update);
        if (reading.tapped) markUsed(reading.tapped);
        if (reading.inbound.input.type === 'media' && reading.inbound.input.group !== undefined) sending.showTyping(reading.chat);
        return reading.tapped && answer(reading.tapped);
      case 'unveil':
        return (await unveil(reading)) ? answer(reading.tapped) : wornOut(reading.tapped);
      case 'request': {
        const { locale } = reading;
        sending.beside('sendMessage', {
          chat_id: reading.chat,
          text: desk.words(`telegram:${reading.asked}.how`, locale),
          reply_markup: requestKeyboard(reading, desk.words),
        });
        return answer(reading.tapped);
      }
      case 'worn-button':
        return wornOut(reading.tapped);
      case 'not-private':
        leave(reading.chat, reading.locale);
        return undefined;
      case 'nothing':
        note('telegram: an update of no use', { what: reading.what });
        return undefined;
    }
  };

  const unveil = async ({ chat, place, locale, tapped: { message } }: Extract<Reading, { is: 'unveil' }>): Promise<boolean> => {
    const seq = sending.places.find(place);
    const [line] = seq === undefined ? [] : await desk.thread(chat, seq - 1, 1);
    if (!line || line.seq !== seq || line.from === 'resident') return false;
    const shown = await sending.unveil(chat, line, message?.id, locale);
    if (shown !== undefined) await desk.settle([{ outbound: line.id, outcome: { is: 'sent', confirmed: true, knownAs: shown } }]);
    return true;
  };

  const markUsed = ({ chat, message, data }: Tapped): void => {
    const keyboard = message?.keyboard && usedKeyboard({ inline_keyboard: message.keyboard.inline_keyboard.map(buttons) }, data, USED);
    if (message && keyboard) sending.beside('editMessageReplyMarkup', { chat_id: chat, message_id: message.id, reply_markup: keyboard });
  };

  const wornOut = (tapped: Tapped): Owed => ({ ...answer(tapped), text: desk.words('telegram:worn-button', tapped.locale) });

  /** Says once that residents are heard in private only, and goes. */
  const leave = (chat: string, locale: string): void => {
    if (toldGroups.has(chat)) return;
    if (toldGroups.size >= TOLD_AT_MOST) toldGroups.clear();
    toldGroups.add(chat);
    sending.beside('sendMessage', { chat_id: chat, text: desk.words('telegram:not-private', locale) }, () =>
      sending.beside('leaveChat', { chat_id: chat }),
    );
  };

  return {
    async take(given) {
      const read = updateShape.safeParse(given);
      if (!read.success) {
        note('telegram: something that is no update');
        return undefined;
      }
      const reading = readUpdate(read.data, reader);
      return inTurn(reading.chat, () => act(reading, read.data));
    },
  };
}

const answer = ({ query }: Tapped): Owed => ({ method: 'answerCallbackQuery', callback_query_id: query });

const buttons = (row: NonNullable<NonNullable<Tapped['message']>['keyboard']>['inline_keyboard'][number]) =>
  row.map(({ text, callback_data = '' }) => ({ text, callback_data }));
