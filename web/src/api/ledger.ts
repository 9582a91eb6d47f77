/** The ledgers of a period added up, and the cases behind each sum. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, withQuery } from './client';
import type { Counted, Span } from './tower';
import type { Page, PartyRef, PersonRef } from './types';

/** `from` and `to` are moments; without them it is the last 30 days. */
export type LedgerQuery = Partial<Record<'process' | 'party' | 'holder' | 'from' | 'to', string>>;

/** Amounts in the currency of the sum; null for who may not see them. */
interface Amounts {
  elapsed: Span;
  working: Span;
  currency: string | null;
  cost: { work: number; party: number; waiting: number; total: number } | null;
}

export interface Sum extends Amounts {
  process: { key: string; name: string } | null;
  party: PartyRef | null;
  holder: PersonRef | null;
  cases: number;
  list: string;
}

export interface Sums {
  from: string;
  to: string;
  cases: number;
  list: string;
  charges: Sum[];
  parties: Sum[];
  processes: Sum[];
}

export interface SummedCase extends Amounts {
  key: string;
  title: string | null;
  process: { key: string; name: string };
  owner: PersonRef | null;
  endedAt: string;
}

export const counted = ({ cases, list }: Pick<Sum, 'cases' | 'list'>): Counted => ({ count: cases, list });

export const ledgerSumsQuery = (query: LedgerQuery) =>
  queryOptions({
    queryKey: ['ledgers', query],
    queryFn: ({ signal }) => get<Sums>(withQuery('/ledger', query), signal),
  });

export const ledgerCasesQuery = (query: LedgerQuery) =>
  infiniteQueryOptions({
    queryKey: ['ledgers', 'cases', query],
    queryFn: ({ signal, pageParam }) => get<Page<SummedCase>>(withQuery('/ledger/cases', { ...query, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
