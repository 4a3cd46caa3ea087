import { Popover } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/words.ts';
import { type Due, dueReasons, dueWords, urgencyOf } from './due.ts';

/** When something is owed next, coloured by how near it is; pressed, it says why then. */
export function DueMark({ due, now }: { due: Due | null; now: Date }) {
  const { say, language } = useWords();
  const [open, setOpen] = useState(false);
  if (!due) return <span className="quiet">{say('due.nothing')}</span>;
  const urgency = urgencyOf(due, now);
  const reasons = (
    <ul className="reasons">
      {dueReasons(due, say, language).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
  return (
    <Popover content={reasons} title={say('due.why')} trigger="click" open={open} onOpenChange={setOpen}>
      <button
        type="button"
        className={`due due-${urgency}`}
        aria-expanded={open}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        {urgency === 'half' && <span className="unseen">{say('due.half')} </span>}
        {dueWords(due, now, say, language)}
      </button>
    </Popover>
  );
}
