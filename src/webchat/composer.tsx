import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import type { Part } from './page.tsx';
import { fill } from './words.ts';

/** As `channels/web/contract.ts` has it. */
export const TEXT_LIMIT = 4000;
const LINES_AT_MOST = 6;

/** A box that grows with what is written; half-written words outlast a reload. */
export function Composer({
  chat,
  words,
  more,
  toggleMore,
  choosePhotos,
}: Part & { more: boolean; toggleMore: () => void; choosePhotos: () => void }) {
  const [text, setText] = useState(chat.draft());
  const box = useRef<HTMLTextAreaElement>(null);
  const over = text.trim().length - TEXT_LIMIT;

  const write = (now: string) => {
    setText(now);
    chat.setDraft(now);
  };
  const send = () => {
    const said = text.trim();
    if (said === '' || over > 0) return;
    chat.sayText(said);
    write('');
    box.current?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written is what the box grows with
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.rows = 1;
    while (area.rows < LINES_AT_MOST && area.scrollHeight > area.clientHeight + 2) area.rows += 1;
  }, [text]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {over > 0 && (
        <p class="wrong" role="status">
          {fill(words.write['too-long'], { count: over })}
        </p>
      )}
      <div class="writing">
        <button
          type="button"
          class="round"
          aria-label={more ? words.write.close : words.write.more}
          aria-expanded={more}
          onClick={toggleMore}
        >
          <Icon name={more ? 'close' : 'plus'} />
        </button>
        <textarea
          ref={box}
          rows={1}
          value={text}
          aria-label={words.write.label}
          placeholder={words.write.placeholder}
          enterkeyhint="send"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter chooses a character while one is being composed; on a phone it ends the line.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            if (window.matchMedia('(pointer: coarse)').matches) return;
            event.preventDefault();
            send();
          }}
        />
        {text.trim() === '' ? (
          <button type="button" class="round" aria-label={words.photos.button} onClick={choosePhotos}>
            <Icon name="camera" />
          </button>
        ) : (
          <button type="submit" class="button primary send" aria-disabled={over > 0}>
            {words.write.send}
          </button>
        )}
      </div>
    </form>
  );
}
