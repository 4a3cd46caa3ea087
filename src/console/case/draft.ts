import { useState } from 'react';

const at = (name: string): string => `tiexin-draft:${name}`;

/** Words not yet sent: they outlive a reload and a session that ended, in this tab alone, until they are sent or signed out of. */
export function useDraft(name: string): [words: string, write: (words: string) => void] {
  const [words, setWords] = useState(() => sessionStorage.getItem(at(name)) ?? '');
  const write = (next: string) => {
    setWords(next);
    if (next) sessionStorage.setItem(at(name), next);
    else sessionStorage.removeItem(at(name));
  };
  return [words, write];
}
