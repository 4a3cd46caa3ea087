import { Icon } from './icons.tsx';
import type { Part } from './page.tsx';
import { otherLocale } from './words.ts';

/** Whose page this is, the way out, and the numbers to call: on every screen. */
export function Header({ chat, state, words }: Part) {
  const other = otherLocale(state.locale);
  return (
    <header class="header">
      <div class="bar">
        <h1 class="station">{state.station || words.station}</h1>
        <button type="button" class="quiet" lang={other} onClick={() => chat.setLocale(other, words.language.switch)}>
          {words.language.switch}
        </button>
        <button type="button" class="leave" title={words.leave.explain} onClick={() => chat.leave()}>
          <Icon name="leave" />
          {words.leave.button}
        </button>
      </div>
      <nav class="urgent" aria-label={words.urgent.label}>
        <a href="tel:110">
          {words.urgent.call} <b>110</b>
        </a>
        <a href="sms:12110">
          {words.urgent.text} <b>12110</b>
        </a>
      </nav>
    </header>
  );
}
