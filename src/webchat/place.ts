import { useState } from 'preact/hooks';
import type { Chat } from './chat.ts';
import type { Words } from './words.ts';

const PATIENCE_MS = 15_000;
const SAID_FOR_MS = 8_000;

/** Sends where the phone is, once, and only when asked to. */
export function usePlace(chat: Chat, words: Words) {
  const [said, setSaid] = useState('');
  const tell = (what: string) => {
    setSaid(what);
    setTimeout(() => setSaid((now) => (now === what ? '' : now)), SAID_FOR_MS);
  };
  return {
    said,
    send() {
      if (!('geolocation' in navigator)) return tell(words.place.missing);
      setSaid(words.place.finding);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          setSaid('');
          chat.place(coords.latitude, coords.longitude, words.line.place);
        },
        ({ code, PERMISSION_DENIED }) => tell(code === PERMISSION_DENIED ? words.place.denied : words.place.missing),
        { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
      );
    },
  };
}
