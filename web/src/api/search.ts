/** The search over everything. */
import { queryOptions } from '@tanstack/react-query';
import { get, withQuery } from './client';
import type { CaseSummary, PartyRef, PersonRef, Task } from './types';

/** `match`: the variable of an open case that has a word of the search. `more`: there are more cases. */
export interface Found {
  cases: { item: CaseSummary; match: { variable: string; value: string } | null }[];
  more: boolean;
  tasks: Task[];
  people: PersonRef[];
  parties: PartyRef[];
  processes: { key: string; name: string; version: number }[];
}

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => get<Found>(withQuery('/search', { q }), signal),
    staleTime: 0,
  });
