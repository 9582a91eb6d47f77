/** The server's news of what changed, and which of the reads on the screen that concerns. */
import type { QueryKey } from '@tanstack/react-query';

export interface Change {
  everything: boolean;
  /** People, teams, policies, calendars, tokens, processes, and what else is on record outside the cases. */
  company: boolean;
  cases: number[];
}

/** Reads of one case, by the first part of their cache key: the second names the case, or a task in it. */
const OF_ONE_CASE = new Set(['case', 'steps', 'variables', 'journal', 'task', 'ledger', 'comments', 'files', 'deliveries', 'buffer', 'packet']);

/** Reads that nothing changes whose news is told. */
const OF_NOTHING = new Set(['bpmn', 'form', 'views', 'home']);

/** Reads that no case changes, but the company. */
const OF_THE_COMPANY = new Set([
  'session',
  'teams',
  'people',
  'person',
  'process',
  'policies',
  'calendars',
  'countries',
  'tokens',
  'brand',
  'audit',
]);

/** Lists that show something of both. */
const BOTH = new Set(['processes', 'connections', 'channels', 'overview', 'search']);

export function concerns(change: Change, key: QueryKey): boolean {
  const [kind, name] = key;
  if (typeof kind !== 'string' || OF_NOTHING.has(kind)) return false;
  if (OF_THE_COMPANY.has(kind)) return change.company;
  if (!change.everything && change.cases.length === 0) return BOTH.has(kind);
  if (change.everything || !OF_ONE_CASE.has(kind) || typeof name !== 'string') return true;
  const number = caseNumber(name);
  return number === null || change.cases.includes(number);
}

/** Of a key (`PAY-1042`) or the id of a task (`1042.7`). */
function caseNumber(name: string): number | null {
  const found = /^(?:[A-Z]+-)?(\d+)(?:\.\d+)?$/.exec(name);
  return found?.[1] === undefined ? null : Number(found[1]);
}

export function merge(one: Change | null, other: Change): Change {
  if (one === null) return other;
  return { everything: one.everything || other.everything, company: one.company || other.company, cases: [...new Set([...one.cases, ...other.cases])] };
}
