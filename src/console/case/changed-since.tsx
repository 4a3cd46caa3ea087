import { Alert } from 'antd';
import type { EventView } from '../../http/views/case.ts';
import { useNow } from '../words/now.ts';
import { shortTime } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { eventWords } from './event-words.ts';

export type Change = Pick<EventView, 'seq' | 'verb' | 'at' | 'by'>;

/** What happened to the case while one was writing: to be read before sending anyway. */
export function ChangedSince({ changes }: { changes: readonly Change[] }) {
  const { say, language } = useWords();
  const now = useNow();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say('stale.title')}
      description={
        <>
          <ul className="plain">
            {changes.map((change) => (
              <li key={change.seq}>{say('stale.line', { at: shortTime(change.at, now, language), what: eventWords(change, say) })}</li>
            ))}
          </ul>
          <p>{say('stale.help')}</p>
        </>
      }
    />
  );
}
