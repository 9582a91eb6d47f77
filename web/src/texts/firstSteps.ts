/** What the list of first things to try says. */
type Said = Record<string, { what: string; how: string } | undefined>;

export const firstSteps = {
  title: 'First five minutes',
  count: (done: number, all: number) => `${done}/${all}`,
  dismiss: 'Put the list away',
  resume: 'First five minutes',
  isDone: 'done',
  allDone: 'That is the round. The guides on the project page say more, role by role.',
  demo: {
    tower: { what: 'See what needs you', how: 'The tower shows which cases will slip, and the one act that helps.' },
    number: { what: 'Open a number', how: 'Press any number of the tower: it opens the cases it counts.' },
    case: { what: 'Look into a case', how: 'Press a key like PAY-1042: who has it, since when, what comes next.' },
    actAs: { what: 'Act as somebody else', how: 'In the menu at your name. Choose somebody in Accounts payable.' },
    task: { what: 'Do a task of theirs', how: 'Choose one in their inbox, claim it, fill it in, complete it.' },
    outbox: { what: 'See what people outside get', how: 'The outbox has every mail, as its recipient sees it.' },
  } as Said,
  empty: {
    person: { what: 'Add somebody', how: 'Who works with you, with their e-mail address.' },
    team: { what: 'Add a team', how: 'Lanes of a process name teams; its members find its work in their inbox.' },
    publish: { what: 'Publish a process', how: 'Begin with a template, or take a BPMN file you have.' },
    start: { what: 'Start a case', how: 'One run of the process: fill in its form.' },
    task: { what: 'Complete its first task', how: 'It lies in the inbox of whoever it is for.' },
  } as Said,
};
