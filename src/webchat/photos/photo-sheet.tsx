import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../dialog.tsx';
import { Icon } from '../icons.tsx';
import type { Part } from '../page.tsx';
import { fill } from '../words.ts';
import { PHOTOS_AT_ONCE, type Photo } from './photo.ts';
import type { ChosenPhotos } from './use-photos.tsx';

/** The chosen photos before they go: look, leave some out, say a word. */
export function PhotoSheet({ chat, words, photos }: Part & { photos: ChosenPhotos }) {
  const [caption, setCaption] = useState('');
  const { chosen = [], left, remove, clear, choose } = photos;
  const said = words.photos;
  const send = () => {
    if (chosen.length === 0) return;
    chat.sendPhotos(chosen, caption.trim());
    clear();
  };
  return (
    <Dialog label={said.title} close={clear}>
      <h2>{said.title}</h2>
      {left.map((why) => (
        <p class="wrong" role="status" key={why}>
          {fill(said[why], { max: PHOTOS_AT_ONCE })}
        </p>
      ))}
      <ul class="chosen">
        {chosen.map((photo, at) => (
          <li key={photo.id}>
            <Preview photo={photo} label={fill(said.preview, { at: at + 1 })} unseen={said.unseen} />
            <button type="button" class="remove" aria-label={fill(said.remove, { at: at + 1 })} onClick={() => remove(photo.id)}>
              <Icon name="close" />
            </button>
          </li>
        ))}
        {chosen.length < PHOTOS_AT_ONCE && (
          <li>
            <button type="button" class="add" onClick={() => choose('album')}>
              <Icon name="plus" />
              {said.add}
            </button>
          </li>
        )}
      </ul>
      <label>
        {said.caption}
        <textarea rows={2} maxLength={1000} value={caption} onInput={(event) => setCaption(event.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="button" class="button primary" aria-disabled={chosen.length === 0} onClick={send}>
          {fill(said.send, { count: chosen.length })}
        </button>
        <button type="button" class="button" onClick={clear}>
          {said.cancel}
        </button>
      </div>
    </Dialog>
  );
}

/** A photo drawn by the page itself: it has not left the device. */
export function Preview({ photo, label, unseen }: { photo: Photo; label: string; unseen: string }) {
  const place = useRef<HTMLCanvasElement>(null);
  const { preview } = photo;
  useEffect(() => {
    const canvas = place.current;
    if (!canvas || !preview) return;
    canvas.width = preview.width;
    canvas.height = preview.height;
    canvas.getContext('2d')?.drawImage(preview, 0, 0);
  }, [preview]);
  return preview ? <canvas ref={place} class="preview" role="img" aria-label={label} /> : <p class="preview unseen-photo">{unseen}</p>;
}
