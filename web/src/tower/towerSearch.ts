/** What narrows the tower, as it stands in the address; a list that a number opens has an address of the same words. */
import type { TowerQuery } from '../api/tower';

export const PERIODS = ['7', '30', '92'] as const;
const NAMES = ['process', 'party', 'owner', 'variable', 'value'] as const;

export type TowerSearch = TowerQuery;

/** Whatever stands in an address becomes a valid filter; what is not one is dropped, and so is the usual week. */
export function readTowerSearch(raw: Record<string, unknown>): TowerSearch {
  const search: TowerSearch = {};
  for (const name of NAMES) {
    const value = raw[name];
    if (typeof value === 'string' && value.trim() !== '') search[name] = value;
  }
  const days = PERIODS.find((each) => each === raw['days']);
  if (days !== undefined && days !== '7') search.days = days;
  if (search.variable === undefined || search.value === undefined) {
    delete search.variable;
    delete search.value;
  }
  return search;
}

/** Of a page about one process: a month where the address does not say. */
export function readPeriod(raw: Record<string, unknown>): { days?: (typeof PERIODS)[number] } {
  const days = PERIODS.find((each) => each === raw['days']);
  return days === undefined || days === '30' ? {} : { days };
}

export type TowerChange = { [Name in keyof TowerSearch]?: string | null };

export function withTower(search: TowerSearch, change: TowerChange): TowerSearch {
  return readTowerSearch({ ...search, ...change });
}

export function narrowedTower(search: TowerSearch): boolean {
  return NAMES.some((name) => search[name] !== undefined);
}

const TAGS = 'tags';

/** `vendor = ACME`: a variable and what it is, or `#urgent`: a tag; null while it is neither. */
export function readVariable(text: string): { variable: string; value: string } | null {
  const tag = /^\s*#\s*(\S.*?)\s*$/.exec(text)?.[1];
  if (tag !== undefined) return { variable: TAGS, value: tag };
  const at = text.indexOf('=');
  const variable = text.slice(0, Math.max(0, at)).trim();
  const value = text.slice(at + 1).trim();
  return at < 1 || variable === '' || value === '' ? null : { variable, value };
}

/** As it is typed. */
export function writeVariable(variable: string | undefined, value: string | undefined): string {
  if (variable === undefined) return '';
  return variable === TAGS ? `#${value}` : `${variable} = ${value}`;
}

const LISTS = ['/cases', '/tasks', '/incidents', '/ledger/cases'] as const;

/** The address of a list (`cases?state=open&risk=overdue`) in parts. */
export function readList(list: string): { page: (typeof LISTS)[number]; search: Record<string, string> } {
  const [page, query = ''] = list.split('?');
  const search = Object.fromEntries(new URLSearchParams(query));
  delete search['view'];
  return { page: LISTS.find((each) => each === `/${page}`) ?? '/cases', search };
}

/** By how much something differs from the usual, in whole percent; null where that says nothing. */
export function againstUsual(now: number | null | undefined, usual: number | null | undefined): number | null {
  if (now === null || now === undefined || usual === null || usual === undefined || usual === 0) return null;
  return Math.round(((now - usual) / usual) * 100);
}
