/** The filters of the case list as they stand in the address: only what differs from "all open cases" is written. */
import type { CaseQuery } from '../api/queries';

export const STATES = ['open', 'incident', 'completed', 'cancelled', 'all'] as const;
export type StateFilter = (typeof STATES)[number];

export interface CasesSearch {
  state?: StateFilter;
  process?: string;
  owner?: string;
  party?: string;
  q?: string;
}

/** Whatever stands in an address becomes a valid filter; what is not one is dropped. */
export function readCasesSearch(raw: Record<string, unknown>): CasesSearch {
  const search: CasesSearch = {};
  const state = STATES.find((each) => each === raw['state']);
  if (state !== undefined && state !== 'open') search.state = state;
  for (const name of ['process', 'owner', 'party', 'q'] as const) {
    const value = raw[name];
    if (typeof value === 'string' && value.trim() !== '') search[name] = value;
  }
  return search;
}

export function toCaseQuery(search: CasesSearch): CaseQuery {
  const { state = 'open', ...rest } = search;
  return state === 'all' ? rest : { ...rest, state };
}

export function withFilter(search: CasesSearch, change: { [Name in keyof CasesSearch]?: string | null }): CasesSearch {
  return readCasesSearch({ ...search, ...change });
}

/** Whether anything but the state narrows the list. */
export function narrowed(search: CasesSearch): boolean {
  return Boolean(search.process ?? search.owner ?? search.party ?? search.q);
}
