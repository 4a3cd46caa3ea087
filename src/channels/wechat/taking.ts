import type { Outbound, Settlement } from '../../domain/message.ts';
import type { DeskForChannel, Note } from '../channel.ts';
import { parts } from './layout.ts';
import { createAnswers, laidInto } from './passive.ts';
import { type Fields, type Reader, readMessage } from './reading.ts';
import type { Sending } from './sending.ts';
import type { Windows } from './window.ts';

/** What goes into the response to a message, and what to do once WeChat has it. */
export interface Answer {
  /** Empty: nothing but that it arrived. */
  text: string;
  to: string;
  /** Called once the response has gone out whole. */
  given(): void;
}

/** Takes messages and events; resolves once all of it is on disk. */
export interface Taking {
  /** Undefined where nobody could have sent it. Throws `Refused('unavailable')` where WeChat has to send it again. */
  take(fields: Fields): Promise<Answer | undefined>;
}

export function createTaking({
  desk,
  windows,
  sending,
  reader,
  note,
}: {
  desk: DeskForChannel;
  windows: Windows;
  sending: Pick<Sending, 'heard'>;
  reader: Reader;
  note: Note;
}): Taking {
  const answers = createAnswers<Answer>(() => desk.now());

  // Its one part is noted too: whoever is asked again after a restart knows by that what stood in the response.
  const settled = (laid: readonly Outbound[]) =>
    desk
      .settle(
        laid.flatMap(({ id: outbound, veiled }): Settlement[] => {
          if (veiled) return [{ outbound, outcome: { is: 'sent', confirmed: false } }];
          const outcome = { is: 'sent', confirmed: true } as const;
          return [
            { outbound, part: 0, outcome },
            { outbound, outcome },
          ];
        }),
      )
      .catch((cause: unknown) =>
        note('wechat: what was answered could not be noted', { why: cause instanceof Error ? cause.name : 'unknown' }),
      );

  /** Asked again by a process that does not remember: what stood in the response did not arrive, and anything else goes by the outbox. */
  const laidAgain = (outbound: readonly Outbound[], to: string): Answer => {
    const stood = outbound.filter((one) => one.partsSent.length > 0 && parts(one, desk.words).length === 1);
    const { text } = laidInto(
      stood.map((one) => ({ ...one, partsSent: [] })),
      desk.words,
    );
    return { text, to, given: () => undefined };
  };

  return {
    async take(fields) {
      const reading = readMessage(fields, reader);
      if (!reading) return undefined;
      if (reading.is === 'nothing') {
        if (reading.act) windows.acted(reading.from, reading.act);
        note('wechat: an event of no use', { what: reading.what });
        return { text: '', to: reading.from, given: () => undefined };
      }
      const { inbound, act } = reading;
      const { address: to, updateId } = inbound;
      const { repeat, outbound } = await desk.receive(inbound);
      if (repeat) return answers.again(updateId) ?? laidAgain(outbound, to);
      if (act) windows.acted(to, act);
      sending.heard(to);
      const { text, laid, rest } = laidInto(outbound, desk.words);
      let gone = false;
      const answer: Answer = {
        text,
        to,
        // Whichever of WeChat's tries it was that got it.
        given() {
          if (gone) return;
          gone = true;
          if (laid.length > 0) void settled(laid).then(() => desk.send(rest));
          else desk.send(rest);
        },
      };
      answers.keep(updateId, answer);
      return answer;
    },
  };
}
