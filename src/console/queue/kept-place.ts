import { useEffect } from 'react';

const places = new Map<string, number>();
let lastOpened = '';

/** The case now open: coming back, its row is where the keyboard goes on. */
export const rememberOpened = (reference: string): void => {
  lastOpened = reference;
};

/** Coming back from a case, the queue is where it was left. */
export function useKeptPlace(search: string, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    document.querySelector<HTMLElement>(`[data-row="${CSS.escape(lastOpened)}"]`)?.focus({ preventScroll: true });
    window.scrollTo(0, places.get(search) ?? 0);
    const keep = () => places.set(search, window.scrollY);
    window.addEventListener('scroll', keep, { passive: true });
    return () => window.removeEventListener('scroll', keep);
  }, [search, ready]);
}
