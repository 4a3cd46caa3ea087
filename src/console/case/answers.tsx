import type { CaseView } from '../../http/views/case.ts';
import { useWords } from '../words/words.ts';
import { Panel } from './panel.tsx';
import { Photos } from './photos.tsx';

/** What the resident filled in, under each question as it was asked. */
export function Answers({ file }: { file: CaseView }) {
  const { say } = useWords();
  if (file.answers.length === 0 && file.attachments.length === 0) return null;
  return (
    <Panel title={say('case.answers')}>
      <dl className="answers">
        {file.answers.map(({ step, asked, shown }) => (
          <div key={step}>
            <dt>{asked}</dt>
            <dd>{shown}</dd>
          </div>
        ))}
      </dl>
      <Photos media={file.attachments} />
    </Panel>
  );
}
