import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { failureOf } from './problem.ts';

/** Who is signed in, as the cache keeps it; null: nobody. */
export const sessionKey = ['session'] as const;

/** The console's one cache. A session that has ended anywhere shows the sign-in page, with every draft kept. */
export const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => signedOutBy(error) }),
  mutationCache: new MutationCache({ onError: (error) => signedOutBy(error) }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (times, error) => times < 2 && (failureOf(error)?.unsettled ?? false),
      retryDelay: (times) => 500 * 2 ** times,
    },
    mutations: { retry: false },
  },
});

function signedOutBy(error: unknown): void {
  const code = failureOf(error)?.code;
  if (code === 'signed-out') client.setQueryData(sessionKey, null);
  if (code === 'must-change-password') void client.invalidateQueries({ queryKey: sessionKey });
}
