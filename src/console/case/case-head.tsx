import { ArrowLeftOutlined } from '@ant-design/icons';
import { Link } from 'wouter';
import type { CaseView } from '../../http/views/case.ts';
import { DueMark } from '../due/due-mark.tsx';
import { lastQueue } from '../queue/asked.ts';
import { useNow } from '../words/now.ts';
import { shownReference } from '../words/reference.ts';
import { useWords } from '../words/words.ts';
import { Acts } from './acts.tsx';

/** Which case it is, how it stands, and what can be done next. */
export function CaseHead({ file }: { file: CaseView }) {
  const { say } = useWords();
  const now = useNow();
  const kind = file.about ? say(`about.${file.about}`) : say(`kind.${file.kind}`);
  return (
    <header className="case-head">
      <p className="case-where">
        <Link href={lastQueue()} className="back">
          <ArrowLeftOutlined aria-hidden /> {say('case.back')}
        </Link>
        <span className="reference-plain">{shownReference(file.reference)}</span>
        <span className="quiet">{file.topic ? say('list.kindAndTopic', { kind, topic: file.topic.label }) : kind}</span>
      </p>
      <h1 id="case-title">{file.summary}</h1>
      <div className="case-standing">
        <span className={`status status-${file.status}`}>{say(`status.${file.status}`)}</span>
        {file.outcome && <span className="quiet">{say(`outcome.${file.outcome}`)}</span>}
        {file.confirmation && <span className="quiet">{say(`confirmation.${file.confirmation}`)}</span>}
        {file.due && <DueMark due={file.due} now={now} />}
        <span>{file.assignee ? say('case.owner', { name: file.assignee.publicName }) : say('case.noOwner')}</span>
        {file.sealed && <span className="status status-sealed">{say('case.sealed')}</span>}
      </div>
      <Acts file={file} />
    </header>
  );
}
