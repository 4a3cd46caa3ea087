import { askAgain } from './form.ts';
import { showDoors } from './home.ts';
import { change, say, type Talk } from './talk.ts';

/** Each language in its own name. */
export function askLanguage(talk: Talk): void {
  say(talk, {
    key: 'desk:language.ask',
    expects: 'choice',
    buttons: [
      talk.context.words.locales.map((locale) => ({
        label: { words: talk.context.words.t('desk:language.name', locale) },
        tap: { on: 'language', locale },
      })),
    ],
  });
}

/** From here on in another language; the open question is asked again in it. */
export function switchLanguage(talk: Talk, locale: string): void {
  if (!talk.context.words.locales.includes(locale)) {
    askLanguage(talk);
    return;
  }
  talk.locale = locale;
  change(talk, { do: 'setConversation', locale });
  say(talk, { key: 'desk:language.done' });
  const { intake } = talk.memory;
  if (intake) {
    askAgain(talk, intake);
    return;
  }
  showDoors(talk);
}
