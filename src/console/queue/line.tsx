import { Tag } from 'antd';
import { Link } from 'wouter';
import type { CaseLineView } from '../../http/views/case.ts';
import { shownReference } from '../words/reference.ts';
import { useWords } from '../words/words.ts';

/** The case's name as the way in; shortcuts move from one to the next. */
export function ReferenceLink({ line }: { line: CaseLineView }) {
  return (
    <Link href={`/cases/${line.reference}`} className="reference" data-row={line.reference} onClick={(event) => event.stopPropagation()}>
      {shownReference(line.reference)}
    </Link>
  );
}

export function KindAndTopic({ line }: { line: CaseLineView }) {
  const { say } = useWords();
  const kind = line.about ? say(`about.${line.about}`) : say(`kind.${line.kind}`);
  return (
    <span className="quiet">
      {line.topic ? say('list.kindAndTopic', { kind, topic: line.topic.label }) : kind}
      {line.sealed && <span className="status status-sealed">{say('case.sealed')}</span>}
    </span>
  );
}

/** What the resident wrote, with a dot where it is news. */
export function Summary({ line }: { line: CaseLineView }) {
  const { say } = useWords();
  return (
    <span className={line.unread ? 'summary unread' : 'summary'}>
      {line.unread && (
        <>
          <span className="dot" aria-hidden />
          <span className="unseen">{say('queue.unread')} </span>
        </>
      )}
      {line.summary}
    </span>
  );
}

const troubles: readonly (CaseLineView['delivery'] & string)[] = ['waiting', 'held', 'blocked', 'failed'];

/** An answer that has not reached its resident. */
export function Trouble({ line }: { line: CaseLineView }) {
  const { say } = useWords();
  if (!line.delivery || !troubles.includes(line.delivery)) return null;
  return (
    <Tag className="mark" color={line.delivery === 'waiting' ? 'default' : 'error'}>
      {say(`queue.delivery.${line.delivery}`)}
    </Tag>
  );
}

export function Status({ line }: { line: CaseLineView }) {
  const { say } = useWords();
  return <span className={`status status-${line.status}`}>{say(`status.${line.status}`)}</span>;
}

export function Owner({ line }: { line: CaseLineView }) {
  const { say } = useWords();
  return line.assignee ? <span>{line.assignee.publicName}</span> : <span className="quiet">{say('queue.nobody')}</span>;
}
