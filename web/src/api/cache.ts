/** The cache of everything read. Whoever is told "not signed in" by any answer sees the sign-in page at once. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { worthRetrying } from '../ui/explain';
import { ApiError } from './client';
import { sessionQuery } from './queries';

export function makeQueryClient(): QueryClient {
  const signedOut = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401 && client.getQueryData(sessionQuery.queryKey)) {
      client.setQueryData(sessionQuery.queryKey, null);
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({ onError: signedOut }),
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 2_000 },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
