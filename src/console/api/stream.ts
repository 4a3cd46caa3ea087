import { client, sessionKey } from './client.ts';
import { emergenciesKey } from './emergencies.ts';

/** How the live connection stands. */
export type Live = 'live' | 'lost';

/** Changes that come together are read together. */
const GATHER_MS = 300;
/** A browser gives up for good on an answer that is no stream (a restart behind a proxy): asked again after this. */
const REOPEN_MS = 3_000;

const referenceOf = (event: MessageEvent<string>): string | undefined => {
  const frame: unknown = JSON.parse(event.data);
  return typeof frame === 'object' && frame !== null && 'reference' in frame ? String(frame.reference) : undefined;
};

/**
 * Listens to what changes at the desk: a frame names a case and its version, nothing of it, and what is on the screen of
 * it is read again. Returns how to stop.
 */
export function listen(tell: (live: Live) => void): () => void {
  const changed = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource;
  let missed = false;

  const readAgain = () => {
    gathering = undefined;
    void client.invalidateQueries({ queryKey: ['queue'] });
    for (const reference of changed) void client.invalidateQueries({ queryKey: ['case', reference] });
    changed.clear();
  };
  const onCase = (event: MessageEvent<string>) => {
    const reference = referenceOf(event);
    if (reference !== undefined) changed.add(reference);
    gathering ??= setTimeout(readAgain, GATHER_MS);
  };
  const everythingAgain = () => void client.invalidateQueries({ refetchType: 'active' });

  const open = () => {
    source = new EventSource('/api/v1/stream');
    source.addEventListener('case', onCase);
    source.addEventListener('emergency', () => void client.invalidateQueries({ queryKey: emergenciesKey }));
    source.addEventListener('reset', everythingAgain);
    source.addEventListener('open', () => {
      tell('live');
      if (missed) everythingAgain();
      missed = false;
    });
    source.addEventListener('error', () => {
      tell('lost');
      missed = true;
      if (source.readyState !== EventSource.CLOSED) return;
      // The server has refused it: perhaps because nobody is signed in here any more.
      void client.refetchQueries({ queryKey: sessionKey });
      reopening = setTimeout(open, REOPEN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(gathering);
    clearTimeout(reopening);
    source.close();
  };
}
