/** What of the inbox stands in the address: whose tasks, which one is open, what is searched for. */
import { TASK_VIEWS } from '../api/types';

export const INBOX_VIEWS = [...TASK_VIEWS, 'done'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export interface InboxSearch {
  view?: InboxView;
  task?: string;
  q?: string;
}

export function readInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {};
  const view = INBOX_VIEWS.find((each) => each === raw['view']);
  if (view !== undefined && view !== 'mine') search.view = view;
  for (const name of ['task', 'q'] as const) {
    const value = raw[name];
    if (typeof value === 'string' && value.trim() !== '') search[name] = value;
  }
  return search;
}

/** The task to show once `done` has left the list: the one that followed it, else the one before, else none. */
export function taskAfter(ids: readonly string[], done: string): string | undefined {
  const at = ids.indexOf(done);
  if (at < 0) return ids.find((id) => id !== done);
  return ids[at + 1] ?? ids[at - 1];
}
