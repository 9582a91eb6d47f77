/** What is done in a play, as the server takes it, and how the list of it changes. */
import type { CaseDetail, FormSchema, JournalEntry, PersonRef, TaskAct, TaskDetail, Variables } from '../../api/types';
import type { DialogAct, Answer } from '../../inbox/taskActs';
import { requestOf } from '../../inbox/taskActs';
import type { Problem } from '../useChecked';

/** Steps, events and incidents are named by their node: `approve#2` is the second one open there. */
export type PlayAct = { by?: string } & (
  | { act: 'START'; process?: string; step?: string; at?: string; variables: Variables }
  | { act: 'COMPLETE'; step: string; variables: Variables }
  | ({ act: TaskAct; step: string; agreed?: boolean } & Partial<Pick<Answer, 'reason' | 'at' | 'person' | 'team' | 'obstacle'>>)
  | ({ act: CaseAct } & Partial<Pick<Answer, 'reason' | 'at' | 'person'>>)
  | { act: 'COMPLETE_JOB'; step: string; variables: Variables }
  | { act: 'FAIL_JOB'; step: string; reason: string }
  | { act: 'THROW_ERROR'; step: string; code: string }
  | { act: 'RECEIVE'; step: string; variables: Variables }
  | { act: 'RETRY'; step: string }
  | { act: 'SET_VARIABLES'; variables: Variables }
  | { act: 'WAIT'; duration?: string; until?: string }
);

/** What can be done with the case as a whole. */
export type CaseAct = 'PAUSE' | 'RESUME' | 'CHANGE_CASE_DUE' | 'HAND_OVER' | 'CANCEL' | 'ACCEPT_CASE' | 'DECLINE_CASE';

export interface CaseActor {
  person: PersonRef;
  acts: CaseAct[];
}

export interface Actor {
  person: PersonRef;
  as: 'ASKED' | 'HOLDER' | 'TEAM' | 'BLOCKER' | 'OWNER';
  mayComplete: boolean;
  acts: TaskAct[];
}

export interface PlayedTask {
  step: string;
  task: TaskDetail;
  actors: Actor[];
}

export interface PlayedJob {
  step: string;
  name: string;
  type: string;
  retries: number;
  variables: Variables;
}

export interface Beginning {
  process: string;
  event: string | null;
  name: string;
  kind: 'PLAIN' | 'MESSAGE' | 'TIMER';
  formSchema: FormSchema | null;
}

export interface Stopped {
  act: number;
  node: string | null;
  code: string;
  reason: string;
}

/** How a play stands after the first `done` of its acts. `detail` is null before the case has started. */
export interface Played {
  problems: Problem[];
  now: string;
  done: number;
  stopped: Stopped | null;
  beginnings: Beginning[];
  detail: CaseDetail | null;
  caseActors: CaseActor[];
  tasks: PlayedTask[];
  jobs: PlayedJob[];
  awaited: { step: string; name: string; message: string; key: string }[];
  incidents: { step: string; name: string; kind: string; message: string }[];
  next: { at: string; text: string } | null;
  told: { at: string; reason: string; text: string; to: PersonRef | null }[];
  journal: JournalEntry[];
  transcript: string;
}

/** What comes next takes the place of what no longer applies. */
export function withAct(acts: readonly PlayAct[], done: number, act: PlayAct): PlayAct[] {
  return [...acts.slice(0, done), act];
}

/** An act that needed a dialog; null while something is missing. */
export function answered(act: DialogAct, step: string, by: string, answer: Answer): PlayAct | null {
  if (requestOf(act, step, answer) === null) return null;
  const { reason, at, person, team, obstacle } = answer;
  return {
    act,
    step,
    by,
    ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(at === null ? {} : { at }),
    ...(person === null ? {} : { person }),
    ...(team === null ? {} : { team }),
    ...(obstacle === null ? {} : { obstacle }),
  };
}

/** The node that an act is about, without the number behind it. */
export function nodeOf(act: PlayAct): string | null {
  const step = 'step' in act ? act.step : undefined;
  return step === undefined ? null : step.replace(/#\d+$/, '');
}

/** What is done at a step, a job or an event, but for trying an incident there again. */
export function isAt(step: string): (act: PlayAct) => boolean {
  return (act) => act.act !== 'RETRY' && 'step' in act && act.step === step;
}
