/** Who is here, and as whom: everything a screen needs to know about the reader. */
import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/queries';
import type { PersonRef, Session } from '../api/types';

/** For screens inside the shell, which is shown only to somebody signed in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('Expected somebody to be signed in, but nobody is');
  return data;
}

/** The person whose work is shown: in the demo, whoever one acts as. */
export function useMe(): PersonRef {
  const { person, actingAs } = useSession();
  return actingAs ?? person;
}
