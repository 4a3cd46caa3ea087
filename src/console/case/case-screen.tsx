import { Segmented } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import { useWide } from '../frame/wide.ts';
import { useWords } from '../words/words.ts';
import { Answers } from './answers.tsx';
import { CaseHead } from './case-head.tsx';
import { ContactDetails } from './contact-details.tsx';
import { Conversation } from './conversation.tsx';
import { DueFacts, Facts } from './facts.tsx';
import { Notes } from './notes.tsx';
import { ReplyBox } from './reply-box.tsx';
import { Timeline } from './timeline.tsx';

const panes = ['talk', 'facts', 'course'] as const;
type Pane = (typeof panes)[number];

/** The conversation in the middle of it; what one must know and what became of it beside, or on a phone behind a tap. */
export function CaseScreen({ file }: { file: CaseView }) {
  const { say } = useWords();
  const wide = useWide(1100);
  const [pane, setPane] = useState<Pane>('talk');
  const shows = (one: Pane) => wide || pane === one;
  return (
    <article className="case" aria-labelledby="case-title">
      <CaseHead file={file} />
      {!wide && (
        <Segmented<Pane>
          block
          className="panes"
          aria-label={say('case.panes')}
          value={pane}
          onChange={setPane}
          options={panes.map((value) => ({ value, label: say(`case.pane.${value}`) }))}
        />
      )}
      <div className="case-columns">
        {shows('talk') && (
          <div className="case-talk">
            <Conversation file={file} />
            <ReplyBox file={file} />
          </div>
        )}
        <section className="case-side" aria-label={say('case.about')} tabIndex={wide ? 0 : undefined}>
          {shows('facts') && (
            <>
              <DueFacts file={file} />
              <Facts file={file} />
              <Answers file={file} />
              <ContactDetails file={file} />
            </>
          )}
          {shows('course') && (
            <>
              <Notes file={file} />
              <Timeline file={file} />
            </>
          )}
        </section>
      </div>
    </article>
  );
}
