import { useEffect } from 'react';
import { useWords } from '../words/words.ts';

/** Names the tab by its page; never by what a case says. */
export function useTitle(page: string): void {
  const { say } = useWords();
  const title = say('frame.title', { page });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
