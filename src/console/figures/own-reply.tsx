import { useMutation } from '@tanstack/react-query';
import { App, Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { OwnFigureView } from '../../http/views/figures.ts';
import { type Exclusion, exclusions } from '../api/exclusions.ts';
import { replyToOwn } from '../api/figures.ts';
import { Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';

/** One's own word on ratings that were told together, and what inspection decided of it. */
export function OwnReply({ figure }: { figure: OwnFigureView }) {
  const { say } = useWords();
  const { message } = App.useApp();
  const { reply } = figure;
  const [asking, setAsking] = useState(false);
  const [text, setText] = useState(reply?.text ?? '');
  const [appeal, setAppeal] = useState<Exclusion | ''>(reply?.appeal ?? '');
  const saving = useMutation({
    mutationFn: () => replyToOwn(figure, { text: text.trim(), appeal: appeal || null }),
    onSuccess: () => {
      setAsking(false);
      void message.success(say('reply.own.done'));
    },
  });
  return (
    <>
      {reply && (
        <blockquote>
          <p className="message-text">{reply.text}</p>
          {reply.appeal && <p className="quiet">{say('reply.own.asked', { why: say(`rating.exclusion.category.${reply.appeal}`) })}</p>}
          {reply.decision && (
            <p>
              <b>{say(`reply.appeal.${reply.decision.upheld ? 'upheld' : 'dismissed'}`)}</b> {reply.decision.text}
            </p>
          )}
        </blockquote>
      )}
      {!reply?.decision && <Button onClick={() => setAsking(true)}>{say(reply ? 'reply.own.change' : 'reply.own.write')}</Button>}
      <Modal
        open={asking}
        title={say('reply.own.title')}
        mask={{ closable: false }}
        onCancel={() => setAsking(false)}
        okText={say('reply.own.send')}
        cancelText={say('act.cancel')}
        okButtonProps={{ disabled: text.trim() === '' }}
        confirmLoading={saving.isPending}
        onOk={() => saving.mutate()}
      >
        <div className="stack">
          <p>{say('reply.own.help')}</p>
          <Field label={say('reply.own.text')}>
            {(ids) => <Input.TextArea {...ids} rows={4} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
          <fieldset>
            <legend>{say('reply.own.appeal')}</legend>
            <Radio.Group
              vertical
              value={appeal}
              options={[
                { value: '', label: say('reply.own.nothing') },
                ...exclusions.map((value) => ({ value, label: say(`rating.exclusion.category.${value}`) })),
              ]}
              onChange={(event) => setAppeal(event.target.value)}
            />
          </fieldset>
          {saving.isError && <FailedNote error={saving.error} />}
        </div>
      </Modal>
    </>
  );
}
