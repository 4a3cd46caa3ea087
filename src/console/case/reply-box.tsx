import { Button, Input, Radio, Segmented } from 'antd';
import { type FormEvent, type KeyboardEvent, useId } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import { put, sendReply } from '../api/cases.ts';
import { unitLabel, useUnits } from '../api/officers.ts';
import { useOfficer } from '../api/session.ts';
import { FailedNote } from '../frame/states.tsx';
import { outcomes } from '../words/codes.ts';
import { useWords } from '../words/words.ts';
import { ChangedSince } from './changed-since.tsx';
import { useDraft } from './draft.ts';
import { useNews } from './news.ts';
import { useCaseWrite } from './write.ts';

type Words = { text: string; outcome?: (typeof outcomes)[number] };

/** As the resident will see it signed: the name or badge and unit on the account; inspectors sign with their unit only. */
function useSignature(): string {
  const { say, language } = useWords();
  const { officer } = useOfficer();
  const { data: units } = useUnits();
  const unit = unitLabel(units, officer.unit, language);
  if (officer.role === 'inspector') return unit;
  const { publicName: name, badge } = officer;
  return badge === null ? say('reply.signature', { name, unit }) : say('reply.signatureBadge', { name, unit, badge });
}

/** Words to the resident: on the way, or the answer that asks whether it is solved. */
export function ReplyBox({ file }: { file: CaseView }) {
  const { say } = useWords();
  const { officer } = useOfficer();
  const id = useId();
  const signature = useSignature();
  const [text, setText] = useDraft(`${file.reference}:reply`);
  const [mode, setMode] = useDraft(`${file.reference}:mode`);
  const [outcome, setOutcome] = useDraft(`${file.reference}:outcome`);
  // Low ratings that are nobody's any more: what came of them is written down, and there is nobody to send it to.
  const nobodys = file.resident.channel === 'nobody';
  const may = { reply: !nobodys && file.may.includes('reply'), answer: file.may.includes('answer') };
  const answers = may.answer && (mode === 'answer' || !may.reply);
  const chosen = outcomes.find((each) => each === outcome);
  const writing = useCaseWrite<Words>(
    file,
    (words, under) =>
      words.outcome
        ? put(file.reference, 'answer', { text: words.text, outcome: words.outcome }, under)
        : sendReply(file.reference, words.text, under),
    {
      done: () => {
        setText('');
        setMode('');
        setOutcome('');
      },
    },
  );
  const news = useNews(file, text !== '', officer.publicName, writing.stale);
  if (!may.reply && !may.answer) return <p className="quiet reply-none">{say('reply.notYours')}</p>;

  const ready = text.trim() !== '' && (!answers || chosen !== undefined);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready && !writing.busy) writing.send({ text: text.trim(), ...(answers && chosen && { outcome: chosen }) });
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <form className="reply" onSubmit={submit}>
      {news.length > 0 && <ChangedSince changes={news} />}
      {may.reply && may.answer && (
        <Segmented
          aria-label={say('reply.mode')}
          value={answers ? 'answer' : 'reply'}
          onChange={setMode}
          options={['reply', 'answer'].map((value) => ({ value, label: say(`reply.as.${value}`) }))}
        />
      )}
      {answers && (
        <fieldset>
          <legend>{say('reply.outcome')}</legend>
          <Radio.Group value={chosen} onChange={(event) => setOutcome(event.target.value)}>
            {outcomes.map((each) => (
              <Radio key={each} value={each} disabled={each === 'unresolved' && officer.role === 'officer'}>
                {say(`outcome.${each}`)}
              </Radio>
            ))}
          </Radio.Group>
          {officer.role === 'officer' && <p className="quiet">{say('reply.leadSigns')}</p>}
        </fieldset>
      )}
      <label htmlFor={id} className={answers ? undefined : 'unseen'}>
        {say(nobodys ? 'reply.recordText' : answers ? 'reply.answerText' : 'reply.text')}
      </label>
      <Input.TextArea
        id={id}
        data-key="r"
        rows={4}
        maxLength={4000}
        placeholder={say(nobodys ? 'reply.recordHint' : answers ? 'reply.answerHint' : 'reply.hint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keyed}
      />
      {writing.error && <FailedNote error={writing.error} />}
      <div className="reply-end">
        <p className="quiet">{nobodys ? '' : say('reply.signed', { signature })}</p>
        <Button type="primary" htmlType="submit" loading={writing.busy} disabled={!ready}>
          {say(news.length > 0 ? 'stale.sendAnyway' : nobodys ? 'reply.record' : answers ? 'reply.sendAnswer' : 'reply.send')}
        </Button>
      </div>
    </form>
  );
}
