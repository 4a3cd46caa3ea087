import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useId } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import { useAttempt } from '../api/attempt.ts';
import { addNote, refreshCase } from '../api/cases.ts';
import { FailedNote } from '../frame/states.tsx';
import { useNow } from '../words/now.ts';
import { shortTime } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { useDraft } from './draft.ts';
import { Panel } from './panel.tsx';

/** What officers tell each other; the resident never sees it. */
export function Notes({ file }: { file: CaseView }) {
  const { say, language } = useWords();
  const now = useNow();
  const id = useId();
  const [text, setText] = useDraft(`${file.reference}:note`);
  const attempt = useAttempt();
  const adding = useMutation({
    mutationFn: () => attempt(text, (key) => addNote(file.reference, text, key)),
    onSuccess: () => {
      setText('');
      return refreshCase(file.reference);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) adding.mutate();
  };
  return (
    <Panel title={say('case.notes')}>
      {file.notes.length === 0 && <p className="quiet">{say('note.none')}</p>}
      <ul className="plain notes">
        {file.notes.map((note) => (
          <li key={note.id}>
            <p className="message-by">
              <span>{note.by}</span> <time dateTime={note.at}>{shortTime(note.at, now, language)}</time>
            </p>
            <p className="message-text">{note.text}</p>
          </li>
        ))}
      </ul>
      {file.may.includes('note') && (
        <form onSubmit={submit} className="stack">
          <label htmlFor={id}>{say('note.add')}</label>
          <Input.TextArea id={id} data-key="n" rows={3} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} />
          {adding.isError && <FailedNote error={adding.error} />}
          <div>
            <Button htmlType="submit" loading={adding.isPending} disabled={!text.trim()}>
              {say('note.keep')}
            </Button>
          </div>
        </form>
      )}
    </Panel>
  );
}
