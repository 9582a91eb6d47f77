/** What the pages of a process say, and drawings. */
import { plural } from './words';

export const processes = {
  title: 'Processes',
  lead: 'What this organisation runs, in its newest version.',
  columns: { name: 'Process', key: 'Key', version: 'Version', open: 'Open cases', deployed: 'Deployed' },
  version: (version: number) => `v${version}`,
  start: 'Start a case',
  startOf: (name: string) => `Start a case of ${name}`,
  startTitle: (name: string) => `Start: ${name}`,
  startConfirm: 'Start the case',
  noForm: 'This process has no start form. Give the variables it starts with, or none.',
  started: (key: string) => `${key} has started.`,
  startedByOthers: 'Started by other teams.',
  startedByItself: 'Starts by a message or a timer, not by hand.',
  open: 'Open the case',
  emptyTitle: 'No process is deployed yet',
  emptyHow: 'Draw one in BPMN 2.0 and deploy it with POST /api/processes, or start the demo with ./baton demo.',
  back: 'Processes',
  versions: 'Versions',
  published: 'published by',
  figures: 'Figures',
  whereTheyStand: 'Where cases stand',
  steps: 'Steps',
  stepsLead: 'The longest held first. What is usual is counted over all versions, from steps that were done.',
  stepColumns: { step: 'Step', party: 'Party', here: 'Here now', untaken: 'Not taken', held: 'There, median', usual: 'Usually', p85: '85th percentile', policy: 'If nobody acts' },
  here: (name: string) => `${name}, cases here now`,
  usuallyOf: (name: string, n: number) => `${name}, median of ${n.toLocaleString()} that were done. Open the last of these cases`,
  longestOf: (name: string, n: number) => `${name}, 85 % of ${n.toLocaleString()} took no longer. Open those that took longest`,
  weeks: 'Completed, week by week',
  week: (since: string, completed: number, late: number) => `Week from ${since}: ${plural(completed, 'case', 'cases')} completed, ${late} late`,
  weeksKey: { onTime: 'On time, or without a due date', late: 'Late' },
  weeksNone: 'No case was completed in the last 13 weeks.',
  quality: 'Right the first time',
  qualityIs: 'of the cases completed in the period, without work that was sent back.',
  reworked: (count: number) => `${plural(count, 'case', 'cases')} with work sent back`,
  qualityNone: 'No case was completed in the period.',
  versionColumns: {
    version: 'Version', published: 'Published', by: 'By', open: 'Open', completed: 'Completed', onTime: 'On time', median: 'Median time', p85: '85th percentile', right: 'First time right',
  },
  inVersion: (what: string, version: number) => `${what}, v${version}`,
  starts: 'Who may start a case',
  startsBy: (how: string, what: string | null, prefix: string): string => {
    switch (how) {
      case 'BY_HAND':
        return what === null ? 'Every member, by hand or by a program of theirs' : `Members of ${what}, and administrators`;
      case 'BY_MAIL':
        return `Members and contacts, by a mail to start+${prefix}@…`;
      case 'BY_ANY_MAIL':
        return `Anyone, by a mail to start+${prefix}@…`;
      case 'BY_MESSAGE':
        return `Another system, by the message ${what ?? ''}`;
      case 'ON_SCHEDULE':
        return what === null ? 'Nobody: it starts on a schedule' : `Nobody: it starts on a schedule (${what})`;
      default:
        return `The process ${what ?? ''}, which calls it`;
    }
  },
  startsNone: 'Nothing in its drawing starts it.',
  policies: 'If nobody acts',
  policyOf: (steps: string) => `At ${steps}`,
  policyMissing: 'There is no such policy yet: these steps remind nobody.',
  policiesNone: 'No step follows a policy, so nobody is reminded.',
  toPolicies: 'All policies',
  openCases: (count: number) => plural(count, 'open case', 'open cases'),
  seeCases: 'See its cases',
  prefix: (prefix: string) => `Its cases are called ${prefix}-…`,
  compare: 'Compare versions and move cases',
} as const;

export const diagram = {
  label: (name: string, here: string) => `Diagram of ${name}. ${here}`,
  here: (names: string) => `The case is now at: ${names}.`,
  nowhere: 'Nothing is active in it.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit',
  broken: 'The diagram cannot be drawn',
  brokenHow: 'Everything else on this page is right. Reload the page; if it stays, tell whoever designs the process.',
  loading: 'Drawing the diagram',
} as const;
