/**
 * How a screen stays current. This is the only place that knows it is done by polling (and only while the window is
 * visible); when the server sends events, this file subscribes and invalidates instead, and no screen changes.
 */
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  type DefaultError,
  type InfiniteData,
  type UndefinedInitialDataInfiniteOptions,
  type QueryKey,
  type UndefinedInitialDataOptions,
} from '@tanstack/react-query';

const EVERY_MS = 5_000;

export function useLive<T, Data = T, Key extends QueryKey = QueryKey>(
  options: UndefinedInitialDataOptions<T, DefaultError, Data, Key>,
) {
  return useQuery({ ...options, refetchInterval: EVERY_MS });
}

/** A refresh reads every loaded page again, so the more pages, the rarer. Old rows stay while new filters load. */
export function useLivePages<T, Data = InfiniteData<T>, Key extends QueryKey = QueryKey>(
  options: UndefinedInitialDataInfiniteOptions<T, DefaultError, Data, Key, string | null>,
) {
  return useInfiniteQuery({
    ...options,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => EVERY_MS * Math.max(1, query.state.data?.pages.length ?? 1),
  });
}
