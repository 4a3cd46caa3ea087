import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { failureOf } from '../api/problem.ts';
import { useWords } from '../words/words.ts';

/** While something is read for the first time. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { say } = useWords();
  return (
    <div className="state" role="status">
      <span className="unseen">{say('state.loading')}</span>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** Nothing to show, and what that means; `page` where it is all there is. */
export function Nothing({ title, page, children }: { title: string; page?: boolean; children?: ReactNode }) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className="state nothing">
      <Title className="nothing-title">{title}</Title>
      {children}
    </div>
  );
}

/** What went wrong, in the server's words, or that the server was not reached. */
export function FailedNote({ error, again }: { error: unknown; again?: () => void }) {
  const { say } = useWords();
  const problem = failureOf(error)?.problem;
  const title = problem?.title || say(problem ? 'state.refused' : 'state.unreachable');
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={problem ? problem.detail : say('state.unreachableHelp')}
      action={again && <Button onClick={again}>{say('state.again')}</Button>}
    />
  );
}

/** A page that could not be read. */
export function FailedPage({ error, again }: { error: unknown; again: () => void }) {
  return (
    <div className="state">
      <FailedNote error={error} again={again} />
    </div>
  );
}
