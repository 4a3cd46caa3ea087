import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat, State } from './chat.ts';
import { Foot } from './foot.tsx';
import { Header } from './header.tsx';
import { LookUp } from './look-up.tsx';
import { Thread } from './thread/thread.tsx';
import { Welcome } from './welcome.tsx';
import { type Words, wordsIn } from './words.ts';

/** What every part of the page is given. */
export interface Part {
  chat: Chat;
  state: State;
  words: Words;
  /** Opens the look-up by number and code. */
  lookUp: () => void;
}

/** The state as it is now, and again whenever it changes. */
function useStateOf(chat: Chat): State {
  const [, again] = useState(0);
  useEffect(() => {
    const look = () => again((times) => times + 1);
    look();
    return chat.subscribe(look);
  }, [chat]);
  return chat.state();
}

/** Whether something was said while nobody looked. */
function useUnseen({ lines }: State): boolean {
  const [unseen, setUnseen] = useState(false);
  const known = useRef(0);
  useEffect(() => {
    const heard = lines.filter(({ from }) => from !== 'resident').length;
    if (document.hidden && known.current > 0 && heard > known.current) setUnseen(true);
    known.current = heard;
  }, [lines]);
  useEffect(() => {
    const look = () => !document.hidden && setUnseen(false);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return unseen;
}

/** `shared`: on the station's own screen, where the way out leads back to the beginning. */
export function Page({ chat, shared = false }: { chat: Chat; shared?: boolean }) {
  const state = useStateOf(chat);
  const words = wordsIn(state.locale);
  const [looking, setLooking] = useState(false);
  const { locale, station, gone } = state;
  const unseen = useUnseen(state);
  useEffect(() => {
    document.documentElement.lang = locale;
    const title = station === '' ? words.title : `${station} · ${words.title}`;
    document.title = unseen ? `● ${title}` : title;
  }, [locale, station, words, unseen]);
  useEffect(() => {
    if (gone && shared) window.location.reload();
    else if (gone) window.location.replace(words.leave.to);
  }, [gone, words, shared]);
  if (gone) return null;

  const part: Part = { chat, state, words, lookUp: () => setLooking(true) };
  const begun = state.lines.length > 0 || state.outgoing.length > 0 || state.open === true;
  const talking = begun || (state.open === undefined && chat.wasHere);
  return (
    <Mending words={words}>
      <div class="page">
        <Header {...part} />
        <main class={talking ? 'middle' : 'middle first'}>{talking ? <Thread {...part} /> : <Welcome {...part} />}</main>
        <Foot {...part} begun={begun} />
        {looking && <LookUp {...part} close={() => setLooking(false)} />}
      </div>
    </Mending>
  );
}

/** Where the page itself breaks, it says so; nothing written is lost. */
class Mending extends Component<{ words: Words; children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch() {
    this.setState({ broken: true });
  }

  override render() {
    const { broken, link, urgent } = this.props.words;
    if (!this.state.broken) return this.props.children;
    return (
      <main class="broken">
        <h1>{broken.title}</h1>
        <p>{broken.explain}</p>
        <p>{link.urgent}</p>
        <button type="button" class="button primary" onClick={() => window.location.reload()}>
          {broken.again}
        </button>
        <a class="button" href="tel:110">
          {urgent.call} 110
        </a>
      </main>
    );
  }
}
