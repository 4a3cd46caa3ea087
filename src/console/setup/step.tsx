import { CheckCircleFilled } from '@ant-design/icons';
import { type ReactNode, useId } from 'react';
import { useWords } from '../words/words.ts';

/** One thing to see to, and whether it stands. */
export function Step({ title, help, done, children }: { title: string; help: string; done: boolean; children: ReactNode }) {
  const { say } = useWords();
  const id = useId();
  return (
    <li>
      <section className="panel" aria-labelledby={id}>
        <h2 id={id}>{title}</h2>
        <p className={done ? 'step-done' : 'step-open'}>
          {done && <CheckCircleFilled aria-hidden />} {say(done ? 'setup.done' : 'setup.open')}
        </p>
        <p className="quiet">{help}</p>
        {children}
      </section>
    </li>
  );
}
