/** Who is here, and as whom: everything a screen needs to know about the reader. */
import { createContext, useContext } from 'react';
import type { PersonRef, Session } from '../api/types';

/** Given by the root to everything inside the shell, which is shown only to somebody signed in. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('Expected to be inside the shell, where somebody is signed in');
  return session;
}

/** The person whose work is shown: in the demo, whoever one acts as. */
export function useMe(): PersonRef {
  return useSession().person;
}
