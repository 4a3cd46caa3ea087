import { useState } from 'preact/hooks';
import type { LineMedia } from '../../channels/web/contract.ts';
import { Dialog } from '../dialog.tsx';
import type { Words } from '../words.ts';

const SHOWN = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Photos and files of a line; one that could not be kept says why. */
export function Files({ media, words }: { media: readonly LineMedia[]; words: Words }) {
  const [large, setLarge] = useState<string>();
  if (media.length === 0) return null;
  return (
    <ul class="files">
      {media.map(({ id, kind, mime, state, why }) => (
        <li key={id}>
          {state !== 'stored' ? (
            <p class="file">
              {kind === 'photo' ? words.line.photo : words.line.file}: {whyNot(why, words)}
            </p>
          ) : SHOWN.has(mime ?? '') ? (
            <button type="button" class="photo" aria-label={words.line['photo-open']} onClick={() => setLarge(id)}>
              <img src={`/chat/media/${id}`} alt={words.line.photo} loading="lazy" decoding="async" />
            </button>
          ) : kind === 'photo' ? (
            <p class="file">{words.line['photo-original']}</p>
          ) : (
            <a class="file" href={`/chat/media/${id}`} download>
              {words.line.file}
            </a>
          )}
        </li>
      ))}
      {large !== undefined && (
        <Dialog label={words.line.photo} close={() => setLarge(undefined)} wide>
          <img class="large" src={`/chat/media/${large}`} alt={words.line.photo} />
          <div class="row">
            <button type="button" class="button" onClick={() => setLarge(undefined)}>
              {words.close}
            </button>
          </div>
        </Dialog>
      )}
    </ul>
  );
}

function whyNot(why: string | null, { line }: Words): string {
  const known = ['too-big', 'unreadable', 'no-space', 'gone', 'not-fetched'] as const;
  const found = known.find((one) => one === why);
  return found ? line[found] : line.unreadable;
}
