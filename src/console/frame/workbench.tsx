import { lazy, Suspense, useEffect, useRef } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useOfficer } from '../api/session.ts';
import { CasePage } from '../case/case-page.tsx';
import { Emergencies } from '../emergencies/emergencies.tsx';
import { Queue } from '../queue/queue.tsx';
import { useWords } from '../words/words.ts';
import { Header } from './header.tsx';
import { InspectorChanges } from './inspector-changes.tsx';
import { LiveProvider } from './live.tsx';
import { type Page, pagesFor, pathOf } from './pages.ts';
import { Shortcuts } from './shortcuts.tsx';
import { Loading, Nothing } from './states.tsx';

const screens: Record<Page, React.ComponentType> = {
  cases: Queue,
  new: lazy(() => import('../new-case/new-case.tsx')),
  deliveries: lazy(() => import('../deliveries/deliveries.tsx')),
  figures: lazy(() => import('../figures/figures.tsx')),
  ratings: lazy(() => import('../ratings/ratings.tsx')),
  replies: lazy(() => import('../ratings/replies.tsx')),
  officers: lazy(() => import('../officers/officers.tsx')),
  audit: lazy(() => import('../audit/audit.tsx')),
  setup: lazy(() => import('../setup/setup.tsx')),
};
const NewPassword = lazy(() => import('../sign-in/new-password.tsx').then((file) => ({ default: file.NewPassword })));

/** A page that went took the focus along: it goes on at the new page's start, where nothing there has taken it. */
function useFocusOnPage(): void {
  const [place] = useLocation();
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    if (document.activeElement === document.body) document.getElementById('page')?.focus({ preventScroll: true });
  }, [place]);
}

/** Header, emergencies, and the page the address names. */
export function Workbench() {
  const { say } = useWords();
  const { officer } = useOfficer();
  const mine = pagesFor(officer.role);
  const readsCases = mine.includes('cases');
  const home = mine[0] ?? 'cases';
  useFocusOnPage();
  return (
    <LiveProvider>
      <a className="skip" href="#page">
        {say('frame.skip')}
      </a>
      <Header />
      {readsCases && <Emergencies />}
      <InspectorChanges />
      <main id="page" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Switch>
            {mine.map((page) => (
              <Route key={page} path={pathOf[page]} component={screens[page]} />
            ))}
            {readsCases && <Route path="/cases/:reference">{({ reference }) => <CasePage key={reference} reference={reference} />}</Route>}
            <Route path="/password">
              <NewPassword forced={false} />
            </Route>
            {home !== 'cases' && (
              <Route path="/">
                <Redirect to={pathOf[home]} replace />
              </Route>
            )}
            <Route>
              <Nothing page title={say('state.noSuchPage')} />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <Shortcuts />
    </LiveProvider>
  );
}
