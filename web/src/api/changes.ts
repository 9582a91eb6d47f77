/** The server's news of what changed, and which of the reads on the screen that concerns. */
import type { QueryKey } from '@tanstack/react-query';

export interface Change {
  everything: boolean;
  cases: number[];
}

/** Reads of one case, by the first part of their cache key: the second names the case, or a task in it. */
const OF_ONE_CASE = new Set(['case', 'steps', 'variables', 'journal', 'task', 'ledger', 'comments', 'files', 'buffer', 'packet']);

/** Reads that no case changes. */
const OF_NO_CASE = new Set([
  'session',
  'bpmn',
  'form',
  'teams',
  'people',
  'person',
  'process',
  'policies',
  'calendars',
  'countries',
  'tokens',
  'views',
  'home',
]);

export function concerns(change: Change, key: QueryKey): boolean {
  const [kind, name] = key;
  if (typeof kind !== 'string' || OF_NO_CASE.has(kind)) return false;
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
  return { everything: one.everything || other.everything, cases: [...new Set([...one.cases, ...other.cases])] };
}
