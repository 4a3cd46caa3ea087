import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type Live, listen } from '../api/stream.ts';

const LiveContext = createContext<Live>('live');

/** Whether what is on the screen is kept up to date. */
export const useLive = (): Live => useContext(LiveContext);

/** A short break is nothing to tell anybody. */
const PATIENCE_MS = 5_000;

/** Keeps the one live connection of the page while somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [live, setLive] = useState<Live>('live');
  useEffect(() => {
    let patience: ReturnType<typeof setTimeout> | undefined;
    const stop = listen((now) => {
      clearTimeout(patience);
      patience = now === 'lost' ? setTimeout(() => setLive('lost'), PATIENCE_MS) : undefined;
      if (now === 'live') setLive('live');
    });
    return () => {
      clearTimeout(patience);
      stop();
    };
  }, []);
  return <LiveContext value={live}>{children}</LiveContext>;
}
