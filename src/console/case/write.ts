import { useMutation } from '@tanstack/react-query';
import type { CaseView } from '../../http/views/case.ts';
import { useAttempt } from '../api/attempt.ts';
import { forgetCase, refreshCase, type Under } from '../api/cases.ts';
import { failureOf } from '../api/problem.ts';

interface Then {
  done: () => void;
  /** The case is out of the writer's sight afterwards. */
  leaves?: boolean;
}

/**
 * A write on a case under the version on the screen. Where somebody was faster the case is read again, `stale` says what
 * changed, and the next send goes over it.
 */
export function useCaseWrite<Body>(file: CaseView, write: (body: Body, under: Under) => Promise<unknown>, { done, leaves }: Then) {
  const attempt = useAttempt();
  const writing = useMutation({
    mutationFn: ({ body, seen }: { body: Body; seen: number }) => attempt(body, (key) => write(body, { seen, key })),
    onSuccess: async () => {
      if (leaves) forgetCase(file.reference);
      done();
      if (!leaves) await refreshCase(file.reference);
    },
    onError: (error) => (failureOf(error)?.code === 'stale' ? refreshCase(file.reference) : undefined),
  });
  const failed = failureOf(writing.error);
  const stale = failed?.code === 'stale' ? failed.problem : undefined;
  return {
    send: (body: Body) => writing.mutate({ body, seen: Math.max(file.version, stale?.version ?? 0) }),
    busy: writing.isPending,
    stale,
    error: stale ? undefined : (writing.error ?? undefined),
    failed,
    forget: writing.reset,
  };
}
