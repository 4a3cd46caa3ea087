import { Modal, Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { lastQueue } from '../queue/asked.ts';
import { useWords } from '../words/words.ts';

const off = 'tiexin-shortcuts-off';
const asked = 'tiexin:shortcuts';

/** Opens the list of shortcuts from anywhere. */
export const showShortcuts = (): void => {
  window.dispatchEvent(new Event(asked));
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null);

/** Presses what carries `data-key` for the key, or focuses it where it is a field. */
function press(key: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const field = target?.matches('input, textarea') ? target : target?.querySelector<HTMLElement>('input, textarea');
  if (field) field.focus();
  else target?.click();
  return target !== null;
}

/** The next or the one before among what carries `data-row`. */
function step(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const here = rows.findIndex((row) => row === document.activeElement);
  const next = rows[here === -1 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

const keys = ['j', 'k', 'Enter', 'r', 'n', 'u', '/', '?'] as const;

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
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
      const done =
        (event.key === 'j' && step(1)) ||
        (event.key === 'k' && step(-1)) ||
        (event.key === 'u' && place.startsWith('/cases/') && (go(lastQueue()), true)) ||
        (event.key === '?' && (setOpen(true), true)) ||
        (['r', 'n', '/'].includes(event.key) && press(event.key));
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
            <dd>{say(`shortcuts.${key === '/' ? 'search' : key === '?' ? 'help' : key}`)}</dd>
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
