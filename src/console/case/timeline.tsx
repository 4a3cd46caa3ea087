import type { CaseView } from '../../http/views/case.ts';
import { useNow } from '../words/now.ts';
import { fullTime, shortTime } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { eventWords } from './event-words.ts';
import { Panel } from './panel.tsx';

/** What happened, newest first, each in a sentence. */
export function Timeline({ file }: { file: CaseView }) {
  const { say, language } = useWords();
  const now = useNow();
  return (
    <Panel title={say('case.timeline')}>
      <ol className="plain timeline">
        {file.events.toReversed().map((event) => (
          <li key={event.seq}>
            <time dateTime={event.at} title={fullTime(event.at, language)}>
              {shortTime(event.at, now, language)}
            </time>
            <p>{eventWords(event, say)}</p>
            {event.reason && <blockquote>{event.reason}</blockquote>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
