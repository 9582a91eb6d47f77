/** Becoming somebody else in the demo, and oneself again (null). Everything is read anew through their eyes. */
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useAct } from '../api/act';
import { sessionQuery } from '../api/queries';
import type { Session } from '../api/types';
import { toastFailure } from '../ui/toast';

export function useActAs() {
  const client = useQueryClient();
  const act = useAct<Session | undefined>();
  const router = useRouter();
  const become = () => {
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    // The tasks on the screen are not theirs: their inbox is read anew and starts at its top.
    void client.resetQueries({ queryKey: ['tasks'] });
    if (router.state.location.pathname === '/inbox') void router.navigate({ to: '/inbox' });
  };
  return (person: string | null) =>
    act.mutate(
      person === null
        ? { method: 'DELETE', path: '/session/acting-as' }
        : { method: 'PUT', path: '/session/acting-as', body: { person } },
      { onError: toastFailure, onSuccess: become },
    );
}
