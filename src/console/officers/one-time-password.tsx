import { Button, Modal } from 'antd';
import { Once } from '../frame/once.tsx';
import { useWords } from '../words/words.ts';

export interface NewWord {
  username: string;
  password: string;
}

/** A one-time password, shown this once: it is nowhere else. */
export function OneTimePassword({ word, close }: { word: NewWord; close: () => void }) {
  const { say } = useWords();
  return (
    <Modal
      open
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      title={say('oneTime.title', { username: word.username })}
      footer={
        <Button type="primary" onClick={close}>
          {say('oneTime.written')}
        </Button>
      }
    >
      <Once label={say('oneTime.label')} secret={word.password} />
      <p>{say('oneTime.help')}</p>
    </Modal>
  );
}
