import { render } from 'preact';
import { createChat } from './chat.ts';
import { openKeep } from './keep.ts';
import { Page } from './page.tsx';

const address = new URL(window.location.href);
const start = address.searchParams.get('start') ?? undefined;
// A link is followed once: a reload, or whoever looks at the history, does not find it again.
if (address.search !== '' || address.hash !== '') window.history.replaceState(null, '', address.pathname);

// A page taken out of the browser's memory after leaving is not shown again.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload();
});

const chat = createChat(openKeep(), start !== undefined && /^[\w-]{1,64}$/.test(start) ? start : undefined);
chat.start();
const place = document.getElementById('page');
if (place) render(<Page chat={chat} />, place);
