import { render } from 'preact';
import { createChat } from './chat.ts';
import { openKeep } from './keep.ts';
import { Page } from './page.tsx';
import { isOfScreen, Screen } from './screen.tsx';

const address = new URL(window.location.href);
const asked = address.searchParams.get('start') ?? undefined;
const start = asked !== undefined && /^[\w-]{1,64}$/.test(asked) ? asked : undefined;
const screen = start !== undefined && isOfScreen(start);
// A link is followed once: a reload, or whoever looks at the history, does not find it again. The station's screen stays what it is.
if (!screen && (address.search !== '' || address.hash !== '')) window.history.replaceState(null, '', address.pathname);

// A page taken out of the browser's memory after leaving is not shown again.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload();
});

const place = document.getElementById('page');
if (place && screen) render(<Screen start={start} />, place);
else if (place) {
  const chat = createChat(openKeep(), start);
  chat.start();
  render(<Page chat={chat} />, place);
}
