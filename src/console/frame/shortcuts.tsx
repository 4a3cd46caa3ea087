import { Modal, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { lastQueue } from '../queue/asked.ts';
import { useWords } from '../words/words.ts';
import { press, step, typing } from './keys.ts';

const off = 'tiexin-shortcuts-off';
const asked = 'tiexin:shortcuts';

/** Opens the list of shortcuts from anywhere. */
export const showShortcuts = (): void => {
  window.dispatchEvent(new Event(asked));
};

const keys = ['j', 'k', 'Enter', 'r', 'n', 'u', 'Ctrl+Enter', '/', '?'] as const;
const names: Readonly<Record<string, string>> = { '/': 'search', '?': 'help', 'Ctrl+Enter': 'send' };

/** Single keys for those who live in the queue; switched off in the list itself for those who speak to their computer. */
export function Shortcuts() {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(() => localStorage.getItem(off) === null);
  const [place, go] = useLocation();

  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(asked, show);
    return () => window.removeEventListener(asked, show);
  }, []);

  useEffect(() => {
    if (!on) return;
    /** Each says whether there was something to do. */
    const does: Readonly<Record<string, () => boolean>> = {
      j: () => step(1),
      k: () => step(-1),
      r: () => press('r'),
      n: () => press('n'),
      '/': () => press('/'),
      u: () => {
        if (place.startsWith('/cases/')) go(lastQueue());
        return place.startsWith('/cases/');
      },
      '?': () => {
        setOpen(true);
        return true;
      },
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
      const done = does[event.key]?.() ?? false;
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [on, place, go]);

  const turn = (next: boolean) => {
    setOn(next);
    if (next) localStorage.removeItem(off);
    else localStorage.setItem(off, 'yes');
  };
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={say('shortcuts.title')}>
      <dl className="keys">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(`shortcuts.${names[key] ?? key}`)}</dd>
          </div>
        ))}
      </dl>
      <span className="duty">
        <Switch checked={on} onChange={turn} aria-label={say('shortcuts.on')} />
        <span>{say('shortcuts.on')}</span>
      </span>
    </Modal>
  );
}
