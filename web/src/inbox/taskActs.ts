/** The acts on a task besides completing it: which need a dialog, by which key they come, and what they ask the server. */
import type { Act } from '../api/act';
import type { TaskAct } from '../api/types';

export type DialogAct = Extract<
  TaskAct,
  'OFFER' | 'PROMISE' | 'PROPOSE' | 'CHANGE_DUE' | 'REPORT_STUCK' | 'SEND_BACK' | 'DECLINE' | 'WAIVE'
>;

export const OBSTACLES = ['MISSING_INPUT', 'QUESTION', 'DECISION', 'RESOURCES', 'SYSTEM', 'OUTSIDE_PARTY', 'OTHER'] as const;

export interface Answer {
  reason: string;
  at: string | null;
  person: string | null;
  team: string | null;
  obstacle: (typeof OBSTACLES)[number] | null;
}

export const NO_ANSWER: Answer = { reason: '', at: null, person: null, team: null, obstacle: null };

/** In the order of the menu. */
export const MENU: { act: DialogAct; key: string | null }[] = [
  { act: 'PROMISE', key: 'd' },
  { act: 'OFFER', key: 'p' },
  { act: 'SEND_BACK', key: 'b' },
  { act: 'REPORT_STUCK', key: 's' },
  { act: 'PROPOSE', key: 'o' },
  { act: 'DECLINE', key: 'x' },
  { act: 'CHANGE_DUE', key: null },
  { act: 'WAIVE', key: null },
];

/** Null while something is still missing. */
export function requestOf(act: DialogAct, task: string, answer: Answer): Act | null {
  const path = `/tasks/${encodeURIComponent(task)}`;
  const reason = answer.reason.trim();
  switch (act) {
    case 'OFFER':
      if (reason === '' || (answer.person === null && answer.team === null)) return null;
      return {
        method: 'POST',
        path: `${path}/offer`,
        body: { ...(answer.person === null ? { team: answer.team } : { person: answer.person }), reason },
      };
    case 'PROMISE':
      return answer.at === null ? null : { method: 'POST', path: `${path}/promise`, body: { at: answer.at } };
    case 'PROPOSE':
      if (answer.at === null || reason === '') return null;
      return { method: 'POST', path: `${path}/proposal`, body: { due: answer.at, reason } };
    case 'CHANGE_DUE':
      if (answer.at === null || reason === '') return null;
      return { method: 'PUT', path: `${path}/due`, body: { due: answer.at, reason } };
    case 'REPORT_STUCK':
      if (answer.obstacle === null || reason === '') return null;
      return {
        method: 'POST',
        path: `${path}/obstacle`,
        body: { kind: answer.obstacle, reason, ...(answer.person === null ? {} : { blocker: answer.person }) },
      };
    case 'SEND_BACK':
      return reason === '' ? null : { method: 'POST', path: `${path}/return`, body: { missing: reason } };
    case 'DECLINE':
      return reason === '' ? null : { method: 'POST', path: `${path}/decline`, body: { reason } };
    case 'WAIVE':
      return reason === '' ? null : { method: 'POST', path: `${path}/waiver`, body: { reason } };
  }
}
