import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTitle } from '../frame/title.ts';
import { languages, speak, useWords } from '../words/words.ts';

/** The one sheet that stands before the pages. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { say, language } = useWords();
  useTitle(title);
  return (
    <main className="door">
      <div className="sheet">
        <p className="brand">
          <img src={new URL('../icon.svg', import.meta.url).href} alt="" width={36} height={36} />
          <span>{say('frame.fullName')}</span>
        </p>
        <h1>{title}</h1>
        {children}
      </div>
      <p className="door-languages">
        {languages
          .filter((each) => each !== language)
          .map((each) => (
            <Button key={each} type="link" lang={each} onClick={() => void speak(each)}>
              {say(`language.${each}`)}
            </Button>
          ))}
      </p>
    </main>
  );
}
