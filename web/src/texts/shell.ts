/** What the frame of the app says: navigation, search, keys, signing in. */
import { adminTabs } from './adminTabs';

export const nav = { label: 'Main', tower: 'Tower', inbox: 'Inbox', cases: 'Cases', processes: 'Processes', ledger: 'Ledger', company: 'Company', outbox: 'Outbox', admin: 'Administration' } as const;

export const appearance = {
  density: { comfortable: 'Comfortable', compact: 'Compact' },
  colours: { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' },
  densityIs: (density: string) => `Density: ${density.toLowerCase()}`,
} as const;

export const search = {
  title: 'Search everything',
  short: 'Search',
  placeholder: 'Key, name, amount, anything a case knows',
  searching: 'Searching',
  found: 'Found',
  cases: 'Cases',
  tasks: 'Tasks',
  people: 'People',
  parties: 'Teams and parties',
  processes: 'Processes',
  commands: 'Go to',
  moreCommands: 'Go to, too',
  nothing: (text: string) => `Nothing begins with “${text}”.`,
  more: 'There are more cases. Another word makes them fewer.',
  go: {
    tower: 'Control tower',
    inbox: 'Inbox',
    cases: 'Cases',
    processes: 'Processes',
    company: 'Company',
    tasks: 'All open tasks',
    incidents: 'Open incidents',
    ledger: 'Ledger: who had cases for how long',
    admin: adminTabs,
    of: (page: string, part: string) => `${page}: ${part.toLowerCase()}`,
    tokens: 'API tokens',
    keys: 'Keyboard shortcuts',
  },
} as const;

export const session = {
  title: 'Sign in to Baton',
  lead: 'See where every case stands, and what waits for you.',
  email: 'Email',
  password: 'Password',
  reveal: 'Show or hide what is typed',
  signIn: 'Sign in',
  wrong: 'The email or the password is wrong.',
  oneTimeLink: 'No password yet?',
  oneTimeLinkHow:
    'Open the one-time link you were given: it signs you in once, without a password. In the demo, Baton prints the link in the terminal when it starts.',
  signOut: 'Sign out',
  tokens: 'API tokens',
  menu: 'Account menu',
  keys: 'Keyboard shortcuts',
  loading: 'Loading Baton',
} as const;

export const actAs = {
  open: 'Act as…',
  title: 'Act as somebody else',
  lead: 'This is a demo: see the company through anybody’s eyes, and move its work.',
  search: 'Search people and teams',
  nobody: 'Nobody of that name. Try a part of a name or of a team.',
  noTeam: 'Without a team',
  banner: 'You act as ',
  stop: 'Stop acting',
  now: 'now',
} as const;

export const keys = {
  title: 'Keyboard shortcuts',
  groups: [
    {
      name: 'Everywhere',
      keys: [
        ['g t', 'Go to the control tower'],
        ['g i', 'Go to the inbox'],
        ['g c', 'Go to the cases'],
        ['g p', 'Go to the processes'],
        ['g l', 'Go to the ledger'],
        ['g o', 'Go to the company'],
        ['g a', 'Go to the administration'],
        ['/', 'Search everything (or Ctrl K)'],
        ['f', 'Search this page'],
        ['?', 'Show this map'],
      ],
    },
    {
      name: 'Inbox',
      keys: [
        ['j', 'Next task'],
        ['k', 'Previous task'],
        ['Enter', 'Work on the chosen task'],
        ['c', 'Claim or accept it'],
        ['m', 'Choose several'],
        ['d', 'Promise a date'],
        ['p', 'Pass it on'],
        ['b', 'Send it back'],
        ['s', 'Say that I am stuck'],
        ['o', 'Propose another due date'],
        ['x', 'Decline it'],
        ['Ctrl Enter', 'Complete it'],
        ['Esc', 'Back to the list'],
      ],
    },
    {
      name: 'Trying a draft',
      keys: [
        ['n', 'Wait for what happens next'],
        ['h', 'Wait an hour'],
        ['t', 'Wait a day'],
        ['u', 'Undo the last act'],
      ],
    },
  ] as { name: string; keys: [string, string][] }[],
} as const;
