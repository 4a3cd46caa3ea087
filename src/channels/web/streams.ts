import type { ServerResponse } from 'node:http';
import type { Outbound } from '../../domain/message.ts';
import type { DeskForChannel } from '../channel.ts';
import type { Line } from './contract.ts';
import { lineView, outboundView } from './line.ts';

/** Unsent bytes at most: a page that reads slower is cut off and resumes where it was. */
const CAP_BYTES = 256 * 1024;
const BEAT_MS = 15_000;
const LINES_AT_ONCE = 100;
/** Of one conversation at once; more pages than this pull. */
const TABS = 12;
/** How many ids a stream remembers having sent. */
const REMEMBERED = 400;

interface Stream {
  raw: ServerResponse;
  /** The last place sent. */
  after: number;
  sent: Set<string>;
}

interface Room {
  streams: Set<Stream>;
  reading: Promise<void>;
}

const frame = (line: Line, withId: boolean) => `event: line\n${withId ? `id: ${line.seq}\n` : ''}data: ${JSON.stringify(line)}\n\n`;

/** Pages that listen. The thread is the truth: a stream is told to look again, and what it shows is read from there. */
export function createStreams(desk: DeskForChannel) {
  const rooms = new Map<string, Room>();

  const drop = (address: string, stream: Stream) => {
    const room = rooms.get(address);
    room?.streams.delete(stream);
    if (room?.streams.size === 0) rooms.delete(address);
  };

  const write = (stream: Stream, text: string) => {
    if (stream.raw.destroyed) return;
    stream.raw.write(text);
    if (stream.raw.writableLength > CAP_BYTES) stream.raw.destroy();
  };

  const show = (stream: Stream, line: Line, text?: string) => {
    const ahead = line.seq > stream.after;
    stream.sent.add(line.id);
    if (stream.sent.size > REMEMBERED) for (const oldest of [...stream.sent].slice(0, REMEMBERED / 2)) stream.sent.delete(oldest);
    write(stream, ahead && text !== undefined ? text : frame(line, ahead));
    stream.after = Math.max(stream.after, line.seq);
  };

  const read = async (address: string, room: Room) => {
    while (room.streams.size > 0) {
      const from = Math.min(...[...room.streams].map(({ after }) => after));
      const lines = await desk.thread(address, from, LINES_AT_ONCE);
      for (const said of lines) {
        const line = lineView(said);
        const text = frame(line, true);
        for (const stream of room.streams) if (line.seq > stream.after) show(stream, line, text);
      }
      // Fewer than asked for is not the end: a thread may leave out what has nothing to show.
      if (lines.length === 0) return;
    }
  };

  /** Everything said since, to each page of the conversation; a store that can't be read now is asked again at the next beat. */
  const look = (address: string): Promise<void> => {
    const room = rooms.get(address);
    if (!room) return Promise.resolve();
    room.reading = room.reading.then(() => read(address, room)).catch(() => undefined);
    return room.reading;
  };

  const beat = setInterval(() => {
    for (const [address, { streams }] of rooms) {
      for (const stream of streams) write(stream, 'event: beat\ndata: {}\n\n');
      void look(address);
    }
  }, BEAT_MS);
  beat.unref();

  return {
    look,
    /** False where the conversation has as many pages open as it may. */
    hasRoomFor: (address: string) => (rooms.get(address)?.streams.size ?? 0) < TABS,
    add(address: string, raw: ServerResponse, after: number) {
      const stream: Stream = { raw, after, sent: new Set() };
      const room = rooms.get(address) ?? { streams: new Set(), reading: Promise.resolve() };
      rooms.set(address, room);
      room.streams.add(stream);
      raw.on('close', () => drop(address, stream));
      write(stream, 'retry: 2000\nevent: beat\ndata: {}\n\n');
      void look(address);
    },
    /** Shows an outbound to every page of its conversation that is open; false where none is. */
    async show(outbound: Outbound): Promise<boolean> {
      await look(outbound.address);
      const streams = rooms.get(outbound.address)?.streams ?? new Set();
      for (const stream of streams) if (!stream.sent.has(outbound.id)) show(stream, outboundView(outbound));
      return streams.size > 0;
    },
    /** The resident left: every page of theirs is told to forget. */
    leave(address: string) {
      for (const { raw } of rooms.get(address)?.streams ?? []) raw.end('event: left\ndata: {}\n\n');
    },
    endAll() {
      clearInterval(beat);
      for (const { streams } of rooms.values()) for (const { raw } of streams) raw.end();
      rooms.clear();
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
