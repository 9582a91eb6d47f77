/** What the ledger is narrowed to, as it stands in the address: days where no dates are given, and by what it is added up. */
import type { LedgerQuery } from '../api/ledger';
import { startOfDay } from '../time/time';

export const WAYS = ['person', 'party', 'process'] as const;
export type Way = (typeof WAYS)[number];

export const PERIODS = ['7', '30', '92', '365'] as const;
export type LedgerPeriod = (typeof PERIODS)[number];

const NAMES = ['process', 'party', 'holder', 'from', 'to'] as const;

/** `from` and `to` are days, both counted in. */
export type LedgerSearch = { by?: Way; days?: LedgerPeriod } & Partial<Record<(typeof NAMES)[number], string>>;

/** Whatever stands in an address becomes a valid filter; what is usual is not written. */
export function readLedgerSearch(raw: Record<string, unknown>): LedgerSearch {
  const search: LedgerSearch = {};
  for (const name of NAMES) {
    const value = raw[name];
    if (typeof value !== 'string' || value.trim() === '') continue;
    if ((name === 'from' || name === 'to') && startOfDay(value) === undefined) continue;
    search[name] = value;
  }
  const by = WAYS.find((each) => each === raw['by']);
  if (by !== undefined && by !== 'person') search.by = by;
  const days = PERIODS.find((each) => each === raw['days']);
  if (days !== undefined && days !== '30' && search.from === undefined && search.to === undefined) search.days = days;
  return search;
}

/** As the server is asked. Days are counted from this morning, so that the question stays the same all day. */
export function toLedgerQuery({ process, party, holder, from, to, days = '30' }: LedgerSearch, today: Date): LedgerQuery {
  const dated = from !== undefined || to !== undefined;
  const since = new Date(today.getFullYear(), today.getMonth(), today.getDate() - Number(days));
  const first = dated ? startOfDay(from) : since.toISOString();
  const end = startOfDay(to, 1);
  return {
    ...(process === undefined ? {} : { process }),
    ...(party === undefined ? {} : { party }),
    ...(holder === undefined ? {} : { holder }),
    ...(first === undefined ? {} : { from: first }),
    ...(end === undefined ? {} : { to: end }),
  };
}
