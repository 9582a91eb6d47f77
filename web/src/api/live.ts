/**
 * How a screen stays current: the server tells which cases change, and what shows them is read again. While it cannot tell
 * (a proxy that swallows the stream, a lost connection) screens are polled. No screen knows which of the two it is.
 */
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type DefaultError,
  type InfiniteData,
  type UndefinedInitialDataInfiniteOptions,
  type QueryKey,
  type UndefinedInitialDataOptions,
} from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { concerns, merge, type Change } from './changes';

/** Without news. */
const EVERY_MS = 5_000;
/** With news: for what no case tells, such as a date that is over now. */
const EVERY_MS_TOLD = 60_000;
/** Changes are gathered this long, so that a burst reads a screen once. */
const GATHERING_MS = 300;

let told = false;
const listeners = new Set<() => void>();

function setTold(now: boolean) {
  if (told === now) return;
  told = now;
  listeners.forEach((listener) => listener());
}

function useTold(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => told,
  );
}

/** Listens while the window is looked at: browsers allow few streams, and a hidden window needs no news. */
export function useNews() {
  const client = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === 'undefined') return undefined;
    let source: EventSource | null = null;
    let waiting: Change | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      const change = waiting;
      waiting = null;
      if (change === null) return;
      void client.invalidateQueries({
        predicate: (query) => query.meta?.['unchanging'] !== true && concerns(change, query.queryKey),
      });
    };
    const hear = (event: MessageEvent<string>) => {
      waiting = merge(waiting, JSON.parse(event.data) as Change);
      timer ??= setTimeout(refresh, GATHERING_MS);
    };
    const open = () => {
      if (source !== null || document.hidden) return;
      source = new EventSource('/api/live');
      source.addEventListener('open', () => setTold(true));
      source.addEventListener('error', () => {
        setTold(false);
        // Where the browser gives up (signed out, too many windows), polling goes on and finds out why.
        if (source?.readyState === EventSource.CLOSED) source = null;
      });
      source.addEventListener('changed', hear);
    };
    const close = () => {
      source?.close();
      source = null;
      setTold(false);
    };
    const look = () => {
      if (document.hidden) {
        close();
        return;
      }
      open();
      // What happened while nobody looked.
      void client.invalidateQueries({ predicate: (query) => concerns({ everything: true, company: true, cases: [] }, query.queryKey) });
    };
    open();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(timer);
      close();
    };
  }, [client]);
}

export function useLive<T, Data = T, Key extends QueryKey = QueryKey>(
  options: UndefinedInitialDataOptions<T, DefaultError, Data, Key>,
) {
  const every = useTold() ? EVERY_MS_TOLD : EVERY_MS;
  return useQuery({ ...options, refetchInterval: every });
}

/** A refresh reads every loaded page again, so the more pages, the rarer. Old rows stay while new filters load. */
export function useLivePages<T, Data = InfiniteData<T>, Key extends QueryKey = QueryKey>(
  options: UndefinedInitialDataInfiniteOptions<T, DefaultError, Data, Key, string | null>,
) {
  const every = useTold() ? EVERY_MS_TOLD : EVERY_MS;
  return useInfiniteQuery({
    ...options,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => every * Math.max(1, query.state.data?.pages.length ?? 1),
  });
}
