import { lazy, Suspense, useState } from 'react';
import type { z } from 'zod';
import type { mediaView } from '../../http/views/case.ts';
import { hasWords, useWords } from '../words/words.ts';

export type Media = z.infer<typeof mediaView>;
const Lightbox = lazy(() => import('./lightbox.tsx'));

/** Opened by the server for those who may see the case, and for nobody else. */
export const fileAt = (media: Media): string => `/api/v1/attachments/${encodeURIComponent(media.id)}`;

const isPicture = (media: Media): boolean =>
  media.state === 'stored' && ['image/jpeg', 'image/png', 'image/webp', 'image/gif'].includes(media.mime ?? '');

/** A file that was not kept says so and why; nothing is missing silently. */
function NotKept({ media }: { media: Media }) {
  const { say } = useWords();
  const why = `media.why.${media.why}`;
  return (
    <p className="quiet not-kept">
      {say('media.notKept', { kind: say(`media.kind.${media.kind}`), why: hasWords(why) ? say(why) : say('media.why.other') })}
    </p>
  );
}

function Thumb({ media, nth, open }: { media: Media; nth: number; open: () => void }) {
  const { say } = useWords();
  const [broken, setBroken] = useState(false);
  if (broken) return <p className="quiet not-kept">{say('media.broken')}</p>;
  return (
    <button type="button" className="thumb" onClick={open}>
      <img src={fileAt(media)} alt={say('media.photo', { nth })} loading="lazy" onError={() => setBroken(true)} />
    </button>
  );
}

/** Pictures small, larger when pressed; other files as a link. */
export function Photos({ media }: { media: readonly Media[] }) {
  const { say } = useWords();
  const [shown, setShown] = useState<number>();
  const pictures = media.filter(isPicture);
  if (media.length === 0) return null;
  return (
    <div className="photos">
      {pictures.map((picture, index) => (
        <Thumb key={picture.id} media={picture} nth={index + 1} open={() => setShown(index)} />
      ))}
      {media
        .filter((each) => !isPicture(each))
        .map((each) =>
          each.state === 'stored' ? (
            <a key={each.id} href={fileAt(each)} download>
              {say('media.open', { kind: say(`media.kind.${each.kind}`) })}
            </a>
          ) : (
            <NotKept key={each.id} media={each} />
          ),
        )}
      {shown !== undefined && (
        <Suspense>
          <Lightbox pictures={pictures} at={shown} go={setShown} close={() => setShown(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
