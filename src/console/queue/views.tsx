import { Link } from 'wouter';
import { useWords } from '../words/words.ts';
import { type Asked, hrefOf, viewNames, viewOf, views } from './asked.ts';

/** The questions asked every day. */
export function Views({ asked }: { asked: Asked }) {
  const { say } = useWords();
  const here = viewOf(asked);
  return (
    <nav aria-label={say('queue.views')} className="views">
      <ul>
        {viewNames.map((name) => (
          <li key={name}>
            <Link
              href={hrefOf({ ...views[name], ...(asked.sort && { sort: asked.sort }) })}
              className="view"
              aria-current={name === here ? 'true' : undefined}
            >
              {say(`queue.view.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
