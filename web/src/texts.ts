/** Every word the screens say. Nothing a person reads is written elsewhere, so a second language is a second file. */

import { calendars, company, durations, policies } from './texts/company';
import { appointments, buffer, cases, custody, due, oneCase, outside, standing, state, undos } from './texts/cases';
import { diagram, processes } from './texts/processes';
import { lists } from './texts/lists';
import { actAs, appearance, keys, nav, search, session } from './texts/shell';
import { errors } from './texts/errors';
import { firstSteps } from './texts/firstSteps';
import { tower } from './texts/tower';
import { acts, bulk, handoff, inbox, journal, ownerActs, task, variables } from './texts/work';

export { nodeType } from './texts/nodes';
export { inWords } from './texts/words';

export const texts = {
  product: 'Baton',
  skipToContent: 'Skip to content',
  and: ' and ',
  none: '—',

  firstSteps,
  nav,
  appearance,
  search,
  session,
  actAs,
  keys,
  lists,
  state,
  due,
  standing,
  cases,
  case: oneCase,
  appointments,
  undos,
  outside,
  /** Of one case; the page of the same name has its own. */
  ledger: custody,
  buffer,
  bulk,
  calendars,
  company,
  durations,
  policies,
  diagram,
  processes,
  errors,
  tower,
  acts,
  handoff,
  inbox,
  journal,
  ownerActs,
  task,
  variables,
  cancel: 'Cancel',
  undo: 'Undo',
  undone: 'Taken back.',
  save: 'Save',

  exported: {
    button: 'Export',
    of: (what: string) => `Export: ${what}`,
    csv: 'CSV',
    xlsx: 'Excel workbook (XLSX)',
    limit: 'As filtered here, at most 50,000 rows',
    progress: (bytes: number) => `${Math.ceil(bytes / 1024).toLocaleString('en')} KB · Cancel`,
  },

  outbox: {
    title: 'Outbox',
    lead: 'No mail server is set up, so no mail has left. This is what would have gone, as its recipient would have seen it.',
    emptyTitle: 'No mail yet',
    emptyHow: 'A mail appears here when somebody is asked for something, reminded, or told of a change.',
    more: 'Show older mails',
    to: 'To',
    at: 'Written',
    about: 'About',
    follow: 'Open the link as the recipient',
  },

  dates: { today: 'Today 17:00', tomorrow: 'Tomorrow', friday: 'Friday', nextMonday: 'Monday', inTwoWeeks: 'In two weeks' },

  account: {
    title: 'API tokens',
    lead: 'With a token a program acts in your name, with your rights. Baton keeps only a hash of it.',
    name: 'What it is for',
    nameHint: 'Warehouse connector',
    days: 'Days it is valid',
    create: 'Create a token',
    created: 'Created',
    expires: 'Expires',
    revoke: 'Revoke',
    revoked: (name: string) => `${name} is revoked.`,
    shownOnce: 'This is the only time that you see it:',
    none: 'You have no token',
    noneHow: 'Create one for each program, so that you can revoke it alone.',
  },

  people: { search: 'Part of a name', nobody: 'Nobody of that name' },

  close: 'Close',
  clear: 'Clear',
  loading: 'Loading',
} as const;
