import { useEffect } from 'react';
import { Link } from 'wouter';
import { useCase } from '../api/cases.ts';
import { client } from '../api/client.ts';
import { failureOf } from '../api/problem.ts';
import { FailedNote, FailedPage, Loading, Nothing } from '../frame/states.tsx';
import { useTitle } from '../frame/title.ts';
import { lastQueue } from '../queue/asked.ts';
import { rememberOpened } from '../queue/kept-place.ts';
import { shownReference } from '../words/reference.ts';
import { useWords } from '../words/words.ts';
import { CaseScreen } from './case-screen.tsx';

/** One case. What is out of sight, by now or ever, is not there. */
export function CasePage({ reference }: { reference: string }) {
  const { say } = useWords();
  const file = useCase(reference);
  useTitle(say('case.title', { reference: shownReference(reference) }));
  const read = file.data !== undefined;
  useEffect(() => {
    rememberOpened(reference);
    // What was news in the queue is read now.
    if (read) void client.invalidateQueries({ queryKey: ['queue'], refetchType: 'none' });
  }, [reference, read]);
  if (failureOf(file.error)?.code === 'not-found')
    return (
      <Nothing page title={say('case.notFound')}>
        <Link href={lastQueue()}>{say('case.back')}</Link>
      </Nothing>
    );
  if (!file.data)
    return (
      <>
        <h1 className="unseen">{say('case.title', { reference: shownReference(reference) })}</h1>
        {file.isPending ? <Loading rows={10} /> : <FailedPage error={file.error} again={() => void file.refetch()} />}
      </>
    );
  return (
    <>
      {file.isError && <FailedNote error={file.error} again={() => void file.refetch()} />}
      <CaseScreen file={file.data} />
    </>
  );
}
