/** How one act on many tasks is sent: in parts, so that one sees how far it is. */
import type { Task } from '../api/types';

/** At most so many can be chosen. */
export const CHOSEN_MAX = 500;

/** The server takes at most 200 in one request; smaller parts show progress. */
export const PART = 25;

export function inParts<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

/** Whether all are the same step of the same process, so that one answer fits them. */
export function oneKind(tasks: readonly Task[]): boolean {
  const kinds = new Set(tasks.map(({ node, process }) => `${process.key} ${node}`));
  return kinds.size === 1;
}
