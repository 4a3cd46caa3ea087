import { useEffect, useRef, useState } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { Icon } from './icons.tsx';
import { More } from './more.tsx';
import { OwnPhone } from './own-phone.tsx';
import type { Part } from './page.tsx';
import { PhotoSheet } from './photos/photo-sheet.tsx';
import { usePhotos } from './photos/use-photos.tsx';
import { usePlace } from './place.ts';
import { lastAsking } from './thread/asking.ts';

const SAID_FOR_MS = 4_000;

/** Where the resident writes, with what the open question can be answered by beside it. */
export function Foot(part: Part & { begun: boolean }) {
  const { chat, state, words, begun } = part;
  const photos = usePhotos();
  const place = usePlace(chat, words);
  const [more, setMore] = useState(false);
  const expects = lastAsking(state.lines)?.expects;

  return (
    <footer class="foot">
      <Trouble {...part} />
      {begun && <OwnPhone {...part} brief />}
      {place.said !== '' && (
        <p class="note" role="status">
          {place.said}
        </p>
      )}
      {expects === 'photos' && (
        <div class="row offers">
          <button type="button" class="button" onClick={() => photos.choose('camera')}>
            <Icon name="camera" />
            {words.more.camera}
          </button>
          <button type="button" class="button" onClick={() => photos.choose('album')}>
            <Icon name="album" />
            {words.more.album}
          </button>
        </div>
      )}
      {expects === 'place' && (
        <div class="row offers">
          <button type="button" class="button" onClick={place.send}>
            <Icon name="place" />
            {words.more.place}
          </button>
        </div>
      )}
      <Composer {...part} more={more} toggleMore={() => setMore(!more)} choosePhotos={() => photos.choose('album')} />
      {more && (
        <More
          {...part}
          close={() => setMore(false)}
          camera={() => photos.choose('camera')}
          album={() => photos.choose('album')}
          place={place.send}
        />
      )}
      {photos.inputs}
      {photos.chosen && <PhotoSheet {...part} photos={photos} />}
    </footer>
  );
}

/** Says honestly that nothing gets through, and what to do when it can't wait. */
function Trouble({ state, words }: Part) {
  const { trouble, renewed } = state;
  const before = useRef(trouble);
  const [back, setBack] = useState(false);
  useEffect(() => {
    const mended = before.current !== 'none' && trouble === 'none';
    before.current = trouble;
    setBack(mended);
    if (!mended) return;
    const timer = setTimeout(() => setBack(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [trouble]);
  const said = { none: '', offline: words.link.offline, unreachable: words.link.unreachable, busy: words.link.full }[trouble];
  return (
    <div role="status">
      {said !== '' && (
        <p class="trouble">
          {said} <strong>{words.link.urgent}</strong>
        </p>
      )}
      {back && <p class="trouble">{words.link.back}</p>}
      {renewed && trouble === 'none' && <p class="trouble">{words.notice.renewed}</p>}
    </div>
  );
}
