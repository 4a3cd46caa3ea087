import type { ServerResponse } from 'node:http';
import { covers } from '../../domain/policy.ts';
import { type Known, knownBy } from '../auth/guard.ts';
import type { Deps } from '../deps.ts';
import { tellEmergencies } from './emergencies.ts';
import { encoded, HEARTBEAT, type Line, write } from './line.ts';

/** The open event streams of signed-in officers. */
export interface Streams {
  /** Answers with the events from a place on, until either side ends it. */
  open(raw: ServerResponse, who: Known & { digest: string }, lastEventId: string | undefined): Promise<void>;
  /** Looks now for sessions that ended: their streams end with them. */
  checkSessions(): void;
  /** Marks someone present at the desk, or away. */
  duty(digest: string, onDuty: boolean): Promise<void>;
  /** Ends them all. */
  end(): void;
}

const HEARTBEAT_MS = 25_000;
/** Present while the stream stands, and this long after its last heartbeat. */
const PRESENT_MS = 70_000;
/** What is committed together is told together. */
const GATHER_MS = 30;
const AT_ONCE = 200;
const NEWEST = Number.MAX_SAFE_INTEGER;
const STREAMS_A_SESSION = 6;

export function createStreams(deps: Deps): Streams {
  const { store, now } = deps;
  const lines = new Set<Line>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let again = false;
  let emergenciesDue = false;

  const wake = (): void => {
    if (lines.size > 0) timer ??= setTimeout(begin, GATHER_MS);
  };
  const begin = (): void => {
    timer = undefined;
    again = true;
    if (looking) return;
    looking = true;
    // A sick database is no reason to lose the streams: the next commit or heartbeat looks again.
    lookWhileAsked()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  };
  const lookWhileAsked = async (): Promise<void> => {
    while (again) {
      again = false;
      await endThoseSignedOut();
      const read = sharedReads();
      const withEmergencies = emergenciesDue;
      emergenciesDue = false;
      for (const line of lines) await tell(line, read, withEmergencies);
    }
  };

  /** Scope is looked up each time: what an account may see can have changed since the last frame. */
  const endThoseSignedOut = async (): Promise<void> => {
    for (const line of lines) {
      const known = await knownBy(deps, line.digest);
      if (known && known.officer.oneTimeUntil === undefined) line.known = known;
      else close(line);
    }
  };

  /** Lines at the same place share one read and its frames. */
  const sharedReads = () => {
    const reads = new Map<number, ReturnType<typeof readAfter>>();
    return (cursor: number) => {
      const read = reads.get(cursor) ?? readAfter(cursor);
      reads.set(cursor, read);
      return read;
    };
  };
  const readAfter = async (cursor: number) => {
    const { items, last } = await store.feed(cursor, AT_ONCE);
    const frames = items.map(({ mark, file }) => ({
      file,
      text: encoded({ event: 'case', id: mark, data: { reference: file.reference, version: file.version } }),
    }));
    return { frames, next: items.length < AT_ONCE ? last : (items.at(-1)?.seq ?? last), more: items.length === AT_ONCE };
  };

  const tell = async (line: Line, read: ReturnType<typeof sharedReads>, withEmergencies: boolean): Promise<void> => {
    for (let more = true; more && lines.has(line); ) {
      const { frames, ...rest } = await read(line.cursor);
      for (const { file, text } of frames) if (covers(line.known.scope, file)) write(line, text);
      line.cursor = rest.next;
      more = rest.more;
    }
    if (withEmergencies || !line.greeted) tellEmergencies(line, await store.findEmergencies(line.known.scope, true));
    line.greeted = true;
  };

  const close = (line: Line): void => {
    lines.delete(line);
    line.raw.end();
  };

  const stopListening = store.onCommit(({ feed, emergencies }) => {
    emergenciesDue ||= emergencies;
    if (feed || emergencies) wake();
  });
  const heart = setInterval(() => {
    for (const line of lines) {
      write(line, HEARTBEAT);
      if (line.known.onDuty) store.markDuty(line.digest, true, now() + PRESENT_MS).catch(() => undefined);
    }
    emergenciesDue = true;
    wake();
  }, HEARTBEAT_MS);
  heart.unref();

  return {
    async open(raw, who, lastEventId) {
      const line: Line = { raw, digest: who.digest, known: who, cursor: 0, greeted: false, emergencies: new Set() };
      const { last, mark, from } = await store.feed(lastEventId ?? NEWEST, 1);
      const resumes = lastEventId !== undefined && from !== undefined;
      line.cursor = resumes ? from : last;
      raw.on('close', () => lines.delete(line));
      lines.add(line);
      write(line, 'retry: 2000\n\n');
      if (!resumes) write(line, encoded({ event: lastEventId === undefined ? 'ready' : 'reset', id: mark, data: {} }));
      const same = [...lines].filter(({ digest }) => digest === who.digest);
      for (const oldestOne of same.slice(0, -STREAMS_A_SESSION)) close(oldestOne);
      if (who.onDuty) await store.markDuty(who.digest, true, now() + PRESENT_MS);
      begin();
    },
    checkSessions: begin,
    async duty(digest, onDuty) {
      await store.markDuty(digest, onDuty, onDuty ? now() + PRESENT_MS : now());
      for (const line of lines) if (line.digest === digest) line.known = { ...line.known, onDuty };
    },
    end() {
      stopListening();
      clearInterval(heart);
      clearTimeout(timer);
      for (const line of lines) close(line);
    },
  };
}
