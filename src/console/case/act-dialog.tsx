import { Alert, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import type { Under } from '../api/cases.ts';
import { errorAt, Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { ChangedSince } from './changed-since.tsx';
import { useCaseWrite } from './write.ts';

export interface Question {
  name: string;
  /** Must be answered. */
  needed: boolean;
  /** Choices; absent: words. */
  options?: readonly { value: string; label: string }[];
  max?: number;
  /** A day, chosen from a calendar. */
  date?: true;
}

/** An act that needs words of its own before it is done. */
export interface Asking {
  /** Names its words: `act.<name>`. */
  name: string;
  questions: readonly Question[];
  write: (answers: Readonly<Record<string, string>>, under: Under) => Promise<unknown>;
  warning?: boolean;
  danger?: boolean;
  leaves?: boolean;
}

interface ActDialogShape {
  file: CaseView;
  asking: Asking;
  close: () => void;
  done: () => void;
}

/** Asks what an act needs, says what it will do, and does it. */
export function ActDialog({ file, asking, close, done }: ActDialogShape) {
  const { say } = useWords();
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const writing = useCaseWrite(file, asking.write, { done, ...(asking.leaves && { leaves: true }) });
  const words = (name: string) => say(`act.${asking.name}.${name}`);
  const ready = asking.questions.every(({ name, needed }) => !needed || answers[name]?.trim());
  const field = (question: Question): ReactNode => (
    <Field
      key={question.name}
      label={words(question.name)}
      error={errorAt(writing.failed, `/${question.name}`)}
      {...(!question.needed && { optional: say('act.optional') })}
    >
      {(ids) =>
        question.date ? (
          <Input {...ids} type="date" onChange={(event) => setAnswers({ ...answers, [question.name]: event.target.value })} />
        ) : question.options ? (
          <Select
            {...ids}
            className="whole"
            showSearch={question.options.length > 8 ? { optionFilterProp: 'label' } : false}
            options={[...question.options]}
            onChange={(value: string) => setAnswers({ ...answers, [question.name]: value })}
          />
        ) : (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={question.max ?? 500}
            value={answers[question.name] ?? ''}
            onChange={(event) => setAnswers({ ...answers, [question.name]: event.target.value })}
          />
        )
      }
    </Field>
  );
  return (
    <Modal
      open
      title={words('title')}
      mask={{ closable: false }}
      onCancel={close}
      okText={say(writing.stale ? 'stale.doAnyway' : `act.${asking.name}.do`)}
      cancelText={say('act.cancel')}
      okButtonProps={{ disabled: !ready, danger: asking.danger ?? false }}
      confirmLoading={writing.busy}
      onOk={() => writing.send(answers)}
    >
      <div className="stack">
        {asking.warning ? <Alert type="warning" showIcon title={words('warning')} /> : <p>{words('help')}</p>}
        {writing.stale && <ChangedSince changes={(writing.stale.changed ?? []) as never} />}
        {asking.questions.map(field)}
        {writing.error && <FailedNote error={writing.error} />}
      </div>
    </Modal>
  );
}
