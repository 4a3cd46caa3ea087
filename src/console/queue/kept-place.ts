import { useEffect } from 'react';

const places = new Map<string, number>();

/** Coming back from a case, the queue is where it was left. */
export function useKeptPlace(search: string, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    window.scrollTo(0, places.get(search) ?? 0);
    const keep = () => places.set(search, window.scrollY);
    window.addEventListener('scroll', keep, { passive: true });
    return () => window.removeEventListener('scroll', keep);
  }, [search, ready]);
}
