import { Link } from 'wouter';
import { useCase } from '../api/cases.ts';
import { failureOf } from '../api/problem.ts';
import { FailedNote, FailedPage, Loading, Nothing } from '../frame/states.tsx';
import { lastQueue } from '../queue/asked.ts';
import { useWords } from '../words/words.ts';
import { CaseScreen } from './case-screen.tsx';

/** One case. What is out of sight, by now or ever, is not there. */
export function CasePage({ reference }: { reference: string }) {
  const { say } = useWords();
  const file = useCase(reference);
  if (failureOf(file.error)?.code === 'not-found')
    return (
      <Nothing title={say('case.notFound')}>
        <Link href={lastQueue()}>{say('case.back')}</Link>
      </Nothing>
    );
  if (file.isPending) return <Loading rows={10} />;
  if (!file.data) return <FailedPage error={file.error} again={() => void file.refetch()} />;
  return (
    <>
      {file.isError && <FailedNote error={file.error} again={() => void file.refetch()} />}
      <CaseScreen file={file.data} />
    </>
  );
}
