/** What went wrong, and what to do about it. */

const byCode: Record<string, { title: string; advice: string } | undefined> = {
  NoSuchTask: {
    title: 'This task is no longer open.',
    advice: 'Somebody completed it, or the case moved on without it. Pick another task.',
  },
  AlreadyClaimed: {
    title: 'Somebody else claimed this task a moment ago.',
    advice: 'It has left your queue. Pick another task, or ask them to put it back.',
  },
  NotInTheTeam: {
    title: 'This task waits for a team you are not in.',
    advice: 'Somebody in that team can take it; or act as one of them, in the demo.',
  },
  NotTheHolder: { title: 'You do not hold this task.', advice: 'Claim it first, then try again.' },
  NoSuchCase: { title: 'There is no such case.', advice: 'Check the key, or look for it in the list of cases.' },
};

export const errors = {
  byCode,
  retry: 'Try again',
  stale: 'Not up to date: the server does not answer. Trying again…',
  offline: { title: 'The server does not answer.', advice: 'Check your connection. What you entered is kept; try again.' },
  signedOut: { title: 'You are no longer signed in.', advice: 'Sign in again; you come back to this page.' },
  forbidden: { title: 'You are not allowed to do this.', advice: 'Ask an administrator, or somebody in the team that holds it.' },
  notFound: { title: 'This does not exist, or not any more.', advice: 'Check the address, or go back to the list.' },
  conflict: { title: 'The case has moved on meanwhile.', advice: 'Look at where it stands now, then decide again.' },
  tooLarge: { title: 'That is too large.', advice: 'Send less, or keep the file elsewhere and give its address.' },
  invalid: { title: 'Some of what was entered cannot be accepted.', advice: 'Correct it and try again.' },
  tooMany: { title: 'Too many requests.', advice: 'Wait a minute, then try again.' },
  unavailable: { title: 'Baton cannot reach its database.', advice: 'Nothing was lost. Try again in a moment; if it lasts, tell whoever runs Baton.' },
  broken: { title: 'Something went wrong on the server.', advice: 'Nothing was changed. Try again; if it stays, tell whoever runs Baton.' },
  unexpected: { title: 'Something went wrong on this page.', advice: 'Reload the page. If it stays, tell whoever runs Baton.' },
  noPageTitle: 'There is nothing at this address',
  noPage: 'The link may be old. The inbox is a good place to start.',
  toInbox: 'Go to the inbox',
  reload: 'Reload',
} as const;
