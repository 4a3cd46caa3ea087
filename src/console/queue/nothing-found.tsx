import { Link } from 'wouter';
import { Nothing } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { type Asked, viewOf } from './asked.ts';

/** An empty queue is good news; an empty search wants a way back. */
export function NothingFound({ asked }: { asked: Asked }) {
  const { say } = useWords();
  const view = viewOf(asked);
  if (view !== undefined) return <Nothing title={say(`queue.empty.${view}`)} />;
  return (
    <Nothing title={say('queue.empty.filtered')}>
      <Link href="/">{say('queue.clear')}</Link>
    </Nothing>
  );
}
