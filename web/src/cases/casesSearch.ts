/** The filters of the case list as they stand in the address: only what differs from "all open cases" is written. */
import type { CaseQuery } from '../api/queries';

export const STATES = ['open', 'incident', 'completed', 'cancelled', 'all'] as const;
export type StateFilter = (typeof STATES)[number];

/** What has a control of its own in the bar above the list; the others come with a number that was opened. */
export const IN_THE_BAR = ['state', 'process', 'owner', 'party', 'q'] as const;

const TEXTS = [
  'process',
  'owner',
  'party',
  'q',
  'holder',
  'step',
  'untaken',
  'risk',
  'incident',
  'currency',
  'variable',
  'value',
  'startedSince',
  'startedBefore',
  'endedSince',
  'endedBefore',
  'dueSince',
  'dueBefore',
  'version',
  'rework',
  'took',
  'longest',
] as const;

export type CasesSearch = { state?: StateFilter } & { [Name in (typeof TEXTS)[number]]?: string };

export const nothing = Object.fromEntries(TEXTS.map((name) => [name, null])) as { [Name in (typeof TEXTS)[number]]: null };

/** Whatever stands in an address becomes a valid filter; what is not one is dropped. */
export function readCasesSearch(raw: Record<string, unknown>): CasesSearch {
  const search: CasesSearch = {};
  const state = STATES.find((each) => each === raw['state']);
  if (state !== undefined && state !== 'open') search.state = state;
  for (const name of TEXTS) {
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
  return TEXTS.some((name) => search[name] !== undefined);
}
