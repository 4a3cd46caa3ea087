import { useRef } from 'react';
import { failureOf } from './problem.ts';

/** Not `crypto.randomUUID`: a station's own network may serve plain HTTP, where browsers don't offer it. */
const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Runs a write under one Idempotency-Key until its outcome is known: pressing again after a lost answer repeats the same
 * attempt, and the server does it once. Other words are another attempt.
 */
export function useAttempt(): <Answer>(words: unknown, write: (key: string) => Promise<Answer>) => Promise<Answer> {
  const open = useRef<{ words: string; key: string } | undefined>(undefined);
  return async (words, write) => {
    const said = JSON.stringify(words);
    if (open.current?.words !== said) open.current = { words: said, key: newKey() };
    try {
      const answer = await write(open.current.key);
      open.current = undefined;
      return answer;
    } catch (error) {
      if (!failureOf(error)?.unsettled) open.current = undefined;
      throw error;
    }
  };
}
