import { useEffect, useRef } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import { useNow } from '../words/now.ts';
import { dayName } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { Message } from './message.tsx';

/** How near to its end a conversation still follows what is new. */
const NEAR_PX = 120;

/** What was said, oldest first; it opens at its end and stays there while one reads the end. */
export function Conversation({ file }: { file: CaseView }) {
  const { say, language } = useWords();
  const now = useNow();
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const last = file.messages.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the last message, not every change
  useEffect(() => {
    const { current } = box;
    if (current && atEnd.current) current.scrollTop = current.scrollHeight;
  }, [last]);
  const scrolled = () => {
    const { current } = box;
    if (current) atEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_PX;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="conversation" aria-label={say('case.conversation')} ref={box} tabIndex={0} onScroll={scrolled}>
      {file.messages.length === 0 && <p className="quiet">{say('case.noMessages')}</p>}
      <ol className="plain" aria-live="polite">
        {file.messages.map((message, index) => {
          const day = dayName(message.at, language);
          const before = file.messages[index - 1];
          return (
            <li key={message.id}>
              {(!before || dayName(before.at, language) !== day) && <p className="day">{day}</p>}
              <Message message={message} file={file} now={now} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
