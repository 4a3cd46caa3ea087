import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

/** The languages the console speaks. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

type Values = Readonly<Record<string, string | number>>;
/** Words by their key in `locales/<lang>/console.json`. */
export type Say = (key: string, values?: Values) => string;

const files: Record<Language, () => Promise<{ default: object }>> = {
  'zh-CN': () => import('../../../locales/zh-CN/console.json'),
  en: () => import('../../../locales/en/console.json'),
};
const chosen = 'tiexin-language';
const book = i18next.createInstance({
  fallbackLng: false,
  ns: ['console'],
  defaultNS: 'console',
  resources: {},
  interpolation: { escapeValue: false },
});
const listeners = new Set<() => void>();
let current: Language = 'zh-CN';

/** The language on the screen, sent along as `Accept-Language`. */
export const language = (): Language => current;

/** Loads a language's words and shows the page in it; kept for the next visit. */
export async function speak(next: Language): Promise<void> {
  if (!book.isInitialized) await book.init();
  if (!book.hasResourceBundle(next, 'console')) book.addResourceBundle(next, 'console', (await files[next]()).default);
  await book.changeLanguage(next);
  current = next;
  localStorage.setItem(chosen, next);
  document.documentElement.lang = next;
  for (const tell of listeners) tell();
}

/** The language chosen before, else the browser's, else Chinese. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(chosen), navigator.language];
  for (const one of wanted) {
    if (one === null) continue;
    const known = languages.find((each) => one.toLowerCase().startsWith(each.slice(0, 2)));
    if (known) return known;
  }
  return 'zh-CN';
}

/** Words outside a component. */
export const say: Say = (key, values) => book.t(key, { ...values });

/** Whether there are words for a key: for codes of the API that a newer server may add. */
export const hasWords = (key: string): boolean => book.exists(key);

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** Words and language, drawn anew when the language changes. */
export function useWords(): { say: Say; language: Language } {
  const now = useSyncExternalStore(subscribe, language);
  return { say, language: now };
}
