/** What plain lists say, and what they are narrowed to. */
import { inWords } from './words';

const NARROWED: Record<string, string> = {
  party: 'waits with',
  holder: 'held by',
  person: 'waits for',
  step: 'at step',
  untaken: 'not taken',
  risk: 'is',
  incident: 'incident',
  startedSince: 'started since',
  startedBefore: 'started before',
  endedSince: 'ended since',
  endedBefore: 'ended before',
  dueSince: 'due since',
  dueBefore: 'due before',
  version: 'in version',
  rework: 'with rework',
  raisedSince: 'raised since',
  currency: 'waiting costs',
};

export const lists = {
  tasks: 'Open tasks',
  incidents: 'Incidents',
  noTasks: 'No open task matches',
  noTasksHow: 'The work behind that number is done, or moved on a moment ago.',
  noIncidents: 'No open incident matches',
  noIncidentsHow: 'What was in trouble has been dealt with, or never was.',
  toTower: 'Go to the control tower',
  loadMore: 'Load more',
  loaded: (count: number) => `${count.toLocaleString()} shown`,
  task: 'Task',
  incident: 'Incident',
  case: 'Case',
  holder: 'Who has it',
  since: 'Since',
  due: 'Due',
  narrowedTo: 'Narrowed to',
  drop: (name: string) => `Remove ${name}`,
  by: (name: string) => NARROWED[name] ?? inWords(name),
} as const;
