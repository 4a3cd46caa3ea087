import { Icon } from '../icons.tsx';
import type { Outgoing } from '../outgoing.ts';
import type { Part } from '../page.tsx';
import { Preview } from '../photos/photo-sheet.tsx';
import { fill } from '../words.ts';

/** What the resident did, while the desk doesn't show it back yet. */
export function OutgoingOf({ chat, words, one }: Part & { one: Outgoing }) {
  const { said } = one;
  const photos = chat.photosOf(one.id);
  return (
    <article class={`line own-line ${one.state}`} aria-label={words.log.you}>
      <div class="bubble">
        {said.type === 'photos' &&
          (photos.length > 0 ? (
            <ul class="files">
              {photos.map((photo) => (
                <li key={photo.id}>
                  <Preview photo={photo} label={words.line.photo} unseen={words.photos.unseen} />
                </li>
              ))}
            </ul>
          ) : (
            <p class="file">{fill(words.line['photo-count'], { count: said.count })}</p>
          ))}
        {one.shown !== '' && <p class="words">{one.shown}</p>}
      </div>
      <Progress one={one} words={words} chat={chat} />
    </article>
  );
}

function Progress({ chat, words, one }: Pick<Part, 'chat' | 'words'> & { one: Outgoing }) {
  const share = chat.progressOf(one.id);
  switch (one.state) {
    case 'taken':
      return (
        <p class="told">
          <Icon name="check" />
          {words.line.sent}
        </p>
      );
    case 'waiting':
      return <p class="told">{words.line.waiting}</p>;
    case 'sending':
      return share === undefined ? (
        <p class="told">{words.line.sending}</p>
      ) : (
        <p class="told">
          <progress max={1} value={share} aria-label={words.line.sending} />{' '}
          {fill(words.photos.progress, { percent: Math.round(share * 100) })}
        </p>
      );
    case 'refused':
      return (
        <div class="told failed">
          <p>{fill(words.line.refused, { why: one.why ?? words.line.stumbled })}</p>
          <div class="row">
            <button type="button" class="button" onClick={() => chat.again(one.id)}>
              {words.line.again}
            </button>
            <button type="button" class="button" onClick={() => chat.drop(one.id)}>
              {words.line.drop}
            </button>
          </div>
        </div>
      );
    case 'lost':
      return (
        <div class="told failed">
          <p>{words.line.lost}</p>
          <div class="row">
            {one.shown !== '' && (
              <button type="button" class="button" onClick={() => chat.sayInstead(one.id, one.shown)}>
                {words.line['words-only']}
              </button>
            )}
            <button type="button" class="button" onClick={() => chat.drop(one.id)}>
              {words.line.drop}
            </button>
          </div>
        </div>
      );
  }
}
