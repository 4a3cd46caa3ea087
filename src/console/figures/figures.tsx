import { useOfficer } from '../api/session.ts';
import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/words.ts';
import { OwnFigures } from './own-figures.tsx';
import { UnitFigures } from './unit-figures.tsx';

/** What residents' ratings say: of the units in reach, and of oneself. */
export default function FiguresPage() {
  const { say } = useWords();
  const { officer } = useOfficer();
  useTitle(say('figures.title'));
  return (
    <section className="page figures">
      <h1>{say('figures.title')}</h1>
      <p className="quiet">{say('figures.help')}</p>
      {officer.role !== 'officer' && <UnitFigures />}
      {officer.role !== 'inspector' && <OwnFigures />}
    </section>
  );
}
