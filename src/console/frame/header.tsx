import { Link, useRoute } from 'wouter';
import { useOfficer } from '../api/session.ts';
import { useWords } from '../words/words.ts';
import { Account } from './account.tsx';
import { DutySwitch } from './duty-switch.tsx';
import { useLive } from './live.tsx';
import { type Page, pagesFor, pathOf } from './pages.ts';

function Place({ page }: { page: Page }) {
  const { say } = useWords();
  const [exactly] = useRoute(pathOf[page]);
  const [inCase] = useRoute('/cases/:reference');
  const here = exactly || (page === 'cases' && inCase);
  return (
    <li>
      <Link href={pathOf[page]} className="place" aria-current={here ? 'page' : undefined}>
        {say(`frame.page.${page}`)}
      </Link>
    </li>
  );
}

/** Where one is, whether one is on duty, and who one is. */
export function Header() {
  const { say } = useWords();
  const { officer } = useOfficer();
  const live = useLive();
  return (
    <header className="header">
      <div className="header-line">
        <Link href="/" className="brand" aria-label={say('frame.home')}>
          <img src={new URL('../icon.svg', import.meta.url).href} alt="" width={28} height={28} />
          <span>{say('frame.name')}</span>
        </Link>
        <nav aria-label={say('frame.navigation')} className="places">
          <ul>
            {pagesFor(officer.role).map((page) => (
              <Place key={page} page={page} />
            ))}
          </ul>
        </nav>
        <div className="header-end">
          {officer.role !== 'administrator' && <DutySwitch />}
          <Account />
        </div>
      </div>
      <div role="status">{live === 'lost' && <p className="lost">{say('frame.lost')}</p>}</div>
    </header>
  );
}
