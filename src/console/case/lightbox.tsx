import { Button, Modal } from 'antd';
import type { KeyboardEvent } from 'react';
import { useWords } from '../words/words.ts';
import { fileAt, type Media } from './photos.tsx';

interface LightboxShape {
  pictures: readonly Media[];
  at: number;
  go: (to: number) => void;
  close: () => void;
}

/** One picture as large as the screen allows; the arrow keys go on to the others. */
export default function Lightbox({ pictures, at, go, close }: LightboxShape) {
  const { say } = useWords();
  const picture = pictures[at];
  if (!picture) return null;
  const step = (by: number) => go((at + by + pictures.length) % pictures.length);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
  };
  return (
    <Modal
      open
      centered
      width="auto"
      onCancel={close}
      title={say('media.photoOf', { nth: at + 1, count: pictures.length })}
      footer={
        pictures.length > 1 && (
          <div className="lightbox-steps">
            <Button onClick={() => step(-1)}>{say('media.before')}</Button>
            <Button onClick={() => step(1)}>{say('media.next')}</Button>
          </div>
        )
      }
    >
      <div role="presentation" onKeyDown={pressed}>
        <img className="lightbox" src={fileAt(picture)} alt={say('media.photo', { nth: at + 1 })} />
      </div>
    </Modal>
  );
}
