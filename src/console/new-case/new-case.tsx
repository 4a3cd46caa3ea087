import { useState } from 'react';
import type { Made } from '../api/cases.ts';
import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/words.ts';
import { CaseMade } from './case-made.tsx';
import { NewCaseForm } from './new-case-form.tsx';

/** Written down for someone at the counter, on the phone or at their door. */
export default function NewCase() {
  const { say } = useWords();
  const [made, setMade] = useState<Made>();
  useTitle(say('newCase.title'));
  return (
    <section className="page narrow">
      <h1>{say(made ? 'newCase.madeTitle' : 'newCase.title')}</h1>
      {made ? <CaseMade made={made} another={() => setMade(undefined)} /> : <NewCaseForm done={setMade} />}
    </section>
  );
}
