import { useEffect, useState } from 'preact/hooks';
import { call } from './call.ts';
import { type Chat, createChat } from './chat.ts';
import { openKeep } from './keep.ts';
import { oneTap } from './one-tap.ts';
import { Page } from './page.tsx';
import { type Locale, wordsIn } from './words.ts';

/** Whether a link is that of the station's own screen, where one person rates after another. */
export const isOfScreen = (start: string): boolean => start.startsWith('rate-screen-');

/** Untouched for so long, whoever stood there has gone. */
const GONE_AFTER_MS = 60_000;
const languages: readonly Locale[] = ['zh-CN', 'en'];

/** The station's screen: waits for somebody, and has forgotten them before the next one comes. */
export function Screen({ start }: { start: string }) {
  const [chat, setChat] = useState<Chat>();
  useEffect(() => chat && leaveOnceAlone(chat), [chat]);
  if (chat) return <Page chat={chat} shared />;
  const begin = async (locale: Locale) => {
    const keep = openKeep();
    keep.clear();
    // Of whoever was here when the screen was switched off.
    await call('DELETE', '/chat/session', locale).catch(() => undefined);
    keep.set('locale', locale);
    const begun = createChat(keep, start);
    begun.start();
    setChat(begun);
  };
  return (
    <main class="screen">
      {languages.map((locale) => {
        const words = wordsIn(locale).screen;
        return (
          <section key={locale} lang={locale}>
            <h1>{words.title}</h1>
            <p>{words.explain}</p>
            <button type="button" class="button primary" onClick={oneTap(() => void begin(locale))}>
              {words.begin}
            </button>
          </section>
        );
      })}
    </main>
  );
}

/** Leaves once nobody has touched anything for a while; returns how to stop looking. */
function leaveOnceAlone(chat: Chat): () => void {
  let timer = setTimeout(chat.leave, GONE_AFTER_MS);
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(chat.leave, GONE_AFTER_MS);
  };
  const touches = ['pointerdown', 'keydown', 'wheel'] as const;
  for (const touch of touches) window.addEventListener(touch, again, { capture: true, passive: true });
  return () => {
    clearTimeout(timer);
    for (const touch of touches) window.removeEventListener(touch, again, { capture: true });
  };
}
