import { lazy, Suspense, useEffect } from 'react';
import { useSession } from '../api/session.ts';
import { NewPassword } from '../sign-in/new-password.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { FailedPage, Loading } from './states.tsx';

/** The pages come while one signs in: nobody waits for them before the door. */
const pages = () => import('./workbench.tsx').then((file) => ({ default: file.Workbench }));
const Workbench = lazy(pages);

/** What stands before the pages: signing in, and a one-time password that must be changed first. */
export function Gate() {
  const session = useSession();
  useEffect(() => void pages(), []);
  if (session.isPending) return <Loading />;
  if (session.data === null) return <SignIn />;
  if (!session.data) return <FailedPage error={session.error} again={() => void session.refetch()} />;
  if (session.data.officer.mustChangePassword) return <NewPassword forced />;
  return (
    <Suspense fallback={<Loading />}>
      <Workbench />
    </Suspense>
  );
}
