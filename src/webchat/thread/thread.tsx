import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import type { Part } from '../page.tsx';
import { dayOf, timeOf } from '../words.ts';
import { lastWithButtons } from './asking.ts';
import { LineOf } from './line.tsx';
import { OutgoingOf } from './outgoing-line.tsx';

const PAUSE_MS = 10 * 60_000;
const NEAR_PX = 160;

/** The conversation, oldest first; new lines are read out, and shown unless the resident is reading further up. */
export function Thread(part: Part) {
  const { state, words } = part;
  const { lines, outgoing, loaded, locale } = state;
  const log = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(false);
  const following = useRef(true);
  const lastTop = useRef(0);
  const focused = useRef(false);
  const asking = lastWithButtons(lines);
  const unsent = outgoing.filter(({ state: how }) => how !== 'taken');
  const lastOwn = [...lines].reverse().find(({ from }) => from === 'resident');
  const now = Date.now();

  const toEnd = () => {
    const place = log.current;
    if (place) place.scrollTop = place.scrollHeight;
    setBelow(false);
  };
  // The box to write in grows, a photo comes in late: the end stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is watched are the lines there are now
  useEffect(() => {
    const place = log.current;
    if (!place || typeof ResizeObserver === 'undefined') return;
    const watch = new ResizeObserver(() => {
      if (following.current) place.scrollTop = place.scrollHeight;
    });
    watch.observe(place);
    for (const line of place.children) watch.observe(line);
    return () => watch.disconnect();
  }, [lines.length, outgoing.length]);
  const lastId = lines[lines.length - 1]?.id;
  const ownCount = outgoing.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is a new line that scrolls, whatever it says
  useLayoutEffect(() => {
    if (following.current) toEnd();
    else if (lastId !== undefined) setBelow(true);
  }, [lastId, loaded]);
  // A button that was pressed folds away with its question: the focus goes on to what was said to it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new line moves the focus
  useEffect(() => {
    if (!focused.current || document.activeElement !== document.body) return;
    const heard = log.current?.querySelectorAll<HTMLElement>('.theirs');
    heard?.[heard.length - 1]?.focus({ preventScroll: true });
  }, [lastId]);
  // What the resident does themselves is always brought into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another message of theirs scrolls
  useEffect(() => {
    if (ownCount > 0) {
      following.current = true;
      toEnd();
    }
  }, [ownCount]);

  return (
    <div class="thread">
      <div
        ref={log}
        class="log"
        role="log"
        aria-label={words.log.label}
        aria-live={loaded ? 'polite' : 'off'}
        aria-busy={!loaded}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reached by the keyboard
        tabIndex={0}
        onFocusIn={() => {
          focused.current = true;
        }}
        onScroll={({ currentTarget: place }) => {
          // Only the resident scrolls up; what grows below them does not mean that they read further up.
          const near = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_PX;
          if (near) following.current = true;
          else if (place.scrollTop < lastTop.current) following.current = false;
          lastTop.current = place.scrollTop;
          if (near) setBelow(false);
        }}
      >
        {!loaded && <p class="note">{words.log.opening}</p>}
        {lines.map((line, at) => {
          const before = lines[at - 1];
          const when = Date.parse(line.at);
          const paused = !before || when - Date.parse(before.at) > PAUSE_MS;
          const newDay = !before || dayOf(when, now, locale) !== dayOf(Date.parse(before.at), now, locale);
          return (
            <Fragment key={line.id}>
              {(paused || newDay) && (
                <p class="when">
                  {newDay && `${dayOf(when, now, locale)} `}
                  <time dateTime={line.at}>{timeOf(when, locale)}</time>
                </p>
              )}
              <LineOf
                {...part}
                line={line}
                first={paused || before?.from !== line.from || before?.signature !== line.signature}
                current={line === asking}
                told={line === lastOwn && unsent.length === 0}
              />
            </Fragment>
          );
        })}
        {outgoing.map((one) => (
          <OutgoingOf key={one.id} {...part} one={one} />
        ))}
      </div>
      {below && (
        <button type="button" class="below" onClick={toEnd}>
          <Icon name="down" />
          {words.log.new}
        </button>
      )}
    </div>
  );
}
