/** What surrounds every page: signed out, the sign-in page at whatever address; signed in, the shell. */
import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries';
import { SessionContext } from '../session/session';
import { SignIn } from '../session/SignIn';
import { texts } from '../texts';
import { Failure } from '../ui/Note';
import { Mark } from './Mark';
import { Progress } from './Progress';
import { Shell } from './Shell';
import classes from './Shell.module.css';

export function Root() {
  const session = useQuery(sessionQuery);
  // On a phone the buttons are at the bottom, so what is said comes from the top.
  const small = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  if (session.data === undefined) {
    return (
      <main className={classes.splash} aria-busy={session.isPending}>
        <h1 className="hidden">{texts.product}</h1>
        {session.error ? (
          <Failure error={session.error} again={() => void session.refetch()} />
        ) : (
          <span role="status" aria-label={texts.session.loading} className={classes.splashMark}>
            <Mark size={44} />
          </span>
        )}
      </main>
    );
  }
  return (
    <>
      <Progress />
      <Notifications position={small ? 'top-center' : 'bottom-right'} limit={3} />
      {session.data === null ? (
        <SignIn />
      ) : (
        <SessionContext value={session.data}>
          <Shell>
            <Outlet />
          </Shell>
        </SessionContext>
      )}
    </>
  );
}
