import { useMutation } from '@tanstack/react-query';
import { App, Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { ReplyView } from '../../http/views/figures.ts';
import { decideAppeal } from '../api/figures.ts';
import { Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';

/** What an officer asks of inspection, and what it decides: once. */
export function Appeal({ reply }: { reply: ReplyView }) {
  const { say } = useWords();
  const { message } = App.useApp();
  const [deciding, setDeciding] = useState(false);
  const [upheld, setUpheld] = useState<boolean>();
  const [text, setText] = useState('');
  const saving = useMutation({
    mutationFn: (decided: boolean) => decideAppeal(reply, { upheld: decided, text: text.trim() }),
    onSuccess: () => {
      setDeciding(false);
      void message.success(say('reply.appeal.done'));
    },
  });
  if (!reply.appeal) return <p className="quiet">{say('reply.own.nothing')}</p>;
  return (
    <>
      <p>{say(`rating.exclusion.category.${reply.appeal}`)}</p>
      {reply.decision ? (
        <p>
          <b>{say(`reply.appeal.${reply.decision.upheld ? 'upheld' : 'dismissed'}`)}</b> {reply.decision.text}
        </p>
      ) : (
        <Button onClick={() => setDeciding(true)}>{say('reply.appeal.decide')}</Button>
      )}
      <Modal
        open={deciding}
        title={say('reply.appeal.title')}
        mask={{ closable: false }}
        onCancel={() => setDeciding(false)}
        okText={say('reply.appeal.decide')}
        cancelText={say('act.cancel')}
        okButtonProps={{ disabled: upheld === undefined || text.trim() === '' }}
        confirmLoading={saving.isPending}
        onOk={() => upheld !== undefined && saving.mutate(upheld)}
      >
        <div className="stack">
          <p>{say('reply.appeal.help')}</p>
          <Radio.Group
            vertical
            aria-label={say('reply.appeal.title')}
            value={upheld}
            options={[true, false].map((value) => ({ value, label: say(`reply.appeal.${value ? 'upheld' : 'dismissed'}`) }))}
            onChange={(event) => setUpheld(event.target.value)}
          />
          <Field label={say('reply.appeal.text')}>
            {(ids) => <Input.TextArea {...ids} rows={3} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
          {saving.isError && <FailedNote error={saving.error} />}
        </div>
      </Modal>
    </>
  );
}
