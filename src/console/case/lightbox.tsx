import { Button, Modal } from 'antd';
import { useEffect } from 'react';
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
  const step = (by: number) => go((at + by + pictures.length) % pictures.length);
  useEffect(() => {
    const pressed = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowRight' || key === 'ArrowLeft') step(key === 'ArrowRight' ? 1 : -1);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
  const picture = pictures[at];
  if (!picture) return null;
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
      <img className="lightbox" src={fileAt(picture)} alt={say('media.photo', { nth: at + 1 })} />
    </Modal>
  );
}
