import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../words/words.ts';

/** Typing is over. */
const PAUSE_MS = 350;

/** Words, a reference or an alias; asked after a pause, never between two keys of an input method. */
export function SearchBox({ words, change }: { words: string; change: (words: string) => void }) {
  const { say } = useWords();
  const [typed, setTyped] = useState(words);
  const [composing, setComposing] = useState(false);
  useEffect(() => setTyped(words), [words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `change` on each drawing must not start the pause anew
  useEffect(() => {
    if (composing || typed.trim() === words) return;
    const timer = setTimeout(() => change(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, composing, words]);
  return (
    <Input
      className="search"
      data-key="/"
      type="search"
      prefix={<SearchOutlined aria-hidden />}
      aria-label={say('queue.search')}
      placeholder={say('queue.search')}
      allowClear
      maxLength={100}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
